import WatchwordCore

extension Engine {
    /// The caller's account. The principal was established a moment ago, from memory or the store.
    func whoAmI(_ caller: Caller) -> Outcome<Grant> {
        guard let principal = caller.principal else { return .refused(.missingToken) }
        var grant = Grant()
        grant.user = shown(principal.account)
        grant.session = principal.session
        return .granted(grant)
    }
}
