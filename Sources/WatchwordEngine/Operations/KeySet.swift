import WatchwordCore

extension Engine {
    /// The realm's public keys, by which others check its tokens (RFC 7517 section 5); none where it signs with shared secrets.
    func keySet() -> Outcome<Grant> {
        var grant = Grant()
        grant.keySet = signer.keySet()
        return .granted(grant)
    }
}
