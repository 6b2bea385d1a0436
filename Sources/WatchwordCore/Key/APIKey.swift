/// A key for a program: an opaque string with a prefix and a checksum, stored as its digest.
public struct APIKey: Hashable, Sendable {
    public typealias ID = WatchwordCore.ID<APIKey>

    public var id: ID
    public var accountID: Account.ID
    /// The agent it opens for, where keys hang on agents; nothing for a key of the account.
    public var agentID: Agent.ID?
    public var name: String?
    public var digest: TokenDigest
    /// The first characters, by which its owner recognises it; too few to guess the rest from.
    public var hint: String
    /// Of a derived key: which derivation; it grows by one at rotation. Nothing for a random key.
    public var generation: Int64?
    public var createdAt: Timestamp
    public var expiresAt: Timestamp?
    public var lastUsedAt: Timestamp?
    public var revokedAt: Timestamp?
    /// When it got a successor, beside which it is still good to its end; nothing for one that has none.
    public var rotatedAt: Timestamp?

    public init(
        id: ID, accountID: Account.ID, agentID: Agent.ID? = nil, name: String? = nil, digest: TokenDigest, hint: String,
        generation: Int64? = nil, createdAt: Timestamp, expiresAt: Timestamp? = nil, lastUsedAt: Timestamp? = nil,
        revokedAt: Timestamp? = nil, rotatedAt: Timestamp? = nil
    ) {
        self.id = id
        self.accountID = accountID
        self.agentID = agentID
        self.name = name
        self.digest = digest
        self.hint = hint
        self.generation = generation
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
        self.revokedAt = revokedAt
        self.rotatedAt = rotatedAt
    }

    public func isLive(at now: Timestamp) -> Bool { revokedAt == nil && expiresAt.map { now < $0 } ?? true }
}

/// A key with its secret, in the one answer that may show it.
public struct IssuedAPIKey: Sendable, Equatable {
    public var key: APIKey
    public var secret: Secret?

    public init(key: APIKey, secret: Secret?) {
        self.key = key
        self.secret = secret
    }
}
