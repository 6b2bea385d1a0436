/// A non-human principal owned by an account: a server, a machine, an agent.
public struct Agent: Hashable, Sendable {
    public typealias ID = WatchwordCore.ID<Agent>

    public var id: ID
    public var accountID: Account.ID
    public var name: String
    public var createdAt: Timestamp
    /// When it was last connected or last known to be; nothing if never.
    public var lastSeenAt: Timestamp?
    /// The address that it connected from last.
    public var lastAddress: String?
    /// What its program called itself when it connected last.
    public var version: String?
    /// When the connection began that it has, or had last.
    public var connectedAt: Timestamp?
    /// Whether it is connected: to this process, or to another of the same database.
    public var online: Bool
    /// Whether it is another account's, shared with the one that asks.
    public var isShared: Bool

    public init(
        id: ID, accountID: Account.ID, name: String, createdAt: Timestamp, lastSeenAt: Timestamp? = nil,
        lastAddress: String? = nil, version: String? = nil, connectedAt: Timestamp? = nil, online: Bool = false,
        isShared: Bool = false
    ) {
        self.id = id
        self.accountID = accountID
        self.name = name
        self.createdAt = createdAt
        self.lastSeenAt = lastSeenAt
        self.lastAddress = lastAddress
        self.version = version
        self.connectedAt = connectedAt
        self.online = online
        self.isShared = isShared
    }
}
