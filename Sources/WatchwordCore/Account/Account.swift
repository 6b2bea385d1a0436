/// The durable record of a person in a realm.
public struct Account: Hashable, Sendable {
    public typealias ID = WatchwordCore.ID<Account>

    public var id: ID
    /// As typed, for display; compared by `Identifier.key`.
    public var email: String?
    public var username: String?
    public var emailVerified: Bool
    public var name: String?
    /// One of the realm's roles; nothing where the realm has none.
    public var role: String?
    /// The dialect's typed extras, by name; only the operator and inputs named by the dialect set them.
    public var fields: [String: Value]
    /// Uses counted against `usageLimit`, as last written; memory may be ahead of it (see Usage).
    public var usageCount: Int64
    /// Uses of API keys allowed in all; nothing for no limit.
    public var usageLimit: Int64?
    public var disabled: Bool
    public var createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(
        id: ID, email: String? = nil, username: String? = nil, emailVerified: Bool = false, name: String? = nil,
        role: String? = nil, fields: [String: Value] = [:], usageCount: Int64 = 0, usageLimit: Int64? = nil,
        disabled: Bool = false, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.email = email
        self.username = username
        self.emailVerified = emailVerified
        self.name = name
        self.role = role
        self.fields = fields
        self.usageCount = usageCount
        self.usageLimit = usageLimit
        self.disabled = disabled
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
