import WatchwordCore

/// Signs and verifies JWTs in compact form (RFC 7515 section 3.1) with the realm's keys.
public protocol TokenSigner: Sendable {
    /// A JWT with these claims in this order and the header `{"alg":...,"typ":"JWT"}`. Throws `Fault` for an unknown key.
    func sign(_ claims: [Value.Member], with key: String) throws -> Secret
    /// The claims of a token that this key signed, its algorithm pinned; nothing for any other text.
    /// Time is not looked at.
    func verify(_ token: Secret, with key: String) -> [Value.Member]?
    /// An array with the JWK of every public key that verifies or soon will, in a stable order: the `keys` of a JWK
    /// Set (RFC 7517 section 5.1). Shared secrets have no public half, so a realm that has only those has none.
    func keySet() -> Value
}
