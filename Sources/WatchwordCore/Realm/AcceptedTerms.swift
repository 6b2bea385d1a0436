/// What the realm takes over from the system it replaces: without it, changing the server signs everybody out.
public struct AcceptedTerms: Hashable, Sendable {
    /// Kinds of old password hashes that import may bring; each is replaced at its first good sign-in.
    public var passwords: [PasswordHashFormat] = []
    /// JWTs of the old issuer, in the order tried.
    public var tokens: [AcceptedToken] = []
    /// Until when opaque tokens that import brought are good; nothing where none are taken.
    public var opaqueUntil: Timestamp?

    public init() {}
}

/// A JWT of the old issuer, good beside our own until its sunset.
public struct AcceptedToken: Hashable, Sendable {
    /// The verifying key's name among the realm's signing keys; it signs nothing.
    public var key: String
    /// Whether it stands for an access or a refresh token.
    public var kind: PresentedCredential.Kind
    /// The path of the claim that names the account: `["sub"]`, `["user", "id"]`.
    public var subject: [String]
    /// What that claim holds.
    public var names: Subject
    /// Claims that must have these values, such as `token_use: access`. Of `aud`, a text or a list of texts, the token
    /// must name at least one (RFC 7519 section 4.1.3); a token with an `aud` is no good where none is required.
    public var requires: [Value.Member]
    /// How long the old issuer's tokens last: by it the issue of one without `iat` is reckoned back from its `exp`.
    /// Without either it counts as issued when its account was made here, so that any later change of the password ends it.
    public var lifetime: Lifetime?
    /// After this moment none is good, whatever its own end.
    public var until: Timestamp

    public enum Subject: String, Hashable, Sendable, CaseIterable { case id, email, username }

    public init(
        key: String, kind: PresentedCredential.Kind = .access, subject: [String] = ["sub"], names: Subject = .id,
        requires: [Value.Member] = [], lifetime: Lifetime? = nil, until: Timestamp
    ) {
        self.key = key
        self.kind = kind
        self.subject = subject
        self.names = names
        self.requires = requires
        self.lifetime = lifetime
        self.until = until
    }
}
