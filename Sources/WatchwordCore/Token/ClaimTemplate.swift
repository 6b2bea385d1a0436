/// What a token's claims are made of: a tree with holes, declared by the dialect, filled by the engine.
public indirect enum ClaimTemplate: Hashable, Sendable {
    case literal(Value)
    case source(ClaimSource)
    /// The id as text even where ids are integers: a string `sub` (RFC 7519 section 4.1.2).
    case text(ClaimSource)
    case array([ClaimTemplate])
    /// In the order written. A member whose source is absent is left out if `optional`, else null.
    case object([ClaimMember])
    /// One string made of pieces.
    case joined([ClaimPiece])
    /// By presence and truth of the source; a member without `otherwise` is left out.
    case conditional(ClaimSource, then: ClaimTemplate, otherwise: ClaimTemplate?)
}

public enum ClaimPiece: Hashable, Sendable {
    case text(String)
    case source(ClaimSource)
}

public struct ClaimMember: Hashable, Sendable {
    public var name: String
    public var template: ClaimTemplate
    public var optional: Bool

    public init(_ name: String, _ template: ClaimTemplate, optional: Bool = false) {
        self.name = name
        self.template = template
        self.optional = optional
    }
}

/// The facts a claim may state.
public enum ClaimSource: Hashable, Sendable {
    case accountID, email, username, name, role, emailVerified
    case field(String)
    case active, createdAt, updatedAt
    case issuedAt, expiresAt, tokenID, sessionID, issuer
}

/// The holes of a claim template, filled for one token.
public struct ClaimFacts: Sendable {
    public var account: Account
    public var sessionID: Session.ID
    /// The `jti`, unique to the token; nothing where the contract's claim set is closed.
    public var tokenID: String?
    public var issuedAt: Timestamp
    public var expiresAt: Timestamp
    public var issuer: String

    public init(
        account: Account, sessionID: Session.ID, tokenID: String?, issuedAt: Timestamp, expiresAt: Timestamp,
        issuer: String
    ) {
        self.account = account
        self.sessionID = sessionID
        self.tokenID = tokenID
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.issuer = issuer
    }
}
