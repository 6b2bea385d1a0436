import WatchwordCore

/// What a token says, after its signature, its times and its claims were found good.
public struct VerifiedToken: Sendable, Equatable {
    /// Every claim, as the issuer ordered them.
    public let claims: Value
    /// Whose it is: the text of the claim that `TokenRequirements.subject` names, a number as its digits.
    public let subject: String?
    /// Seconds since 1970.
    public let expiresAt: Int64?
    public let issuedAt: Int64?

    /// The claim of that name, or of that path: `verified["user", "role"]`.
    public subscript(path: String...) -> Value? { path.reduce(Optional(claims)) { $0?[$1] } }
}
