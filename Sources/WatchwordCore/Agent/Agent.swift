/// A non-human principal owned by an account: a server, a machine, an agent.
public struct Agent: Hashable, Sendable {
    public typealias ID = WatchwordCore.ID<Agent>

    public var id: ID
    public var accountID: Account.ID
    public var name: String
    public var createdAt: Timestamp
    /// When it last authenticated; nothing if never.
    public var lastSeenAt: Timestamp?
    /// Whether a connection of it is open on this process.
    public var online: Bool

    public init(
        id: ID, accountID: Account.ID, name: String, createdAt: Timestamp, lastSeenAt: Timestamp? = nil,
        online: Bool = false
    ) {
        self.id = id
        self.accountID = accountID
        self.name = name
        self.createdAt = createdAt
        self.lastSeenAt = lastSeenAt
        self.online = online
    }
}
