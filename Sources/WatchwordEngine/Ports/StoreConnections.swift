import WatchwordCore

/// What is known of agents that connect, of those who may reach them, and of tickets.
public protocol ConnectionReading {
    /// All of the realm, in order of creation.
    func agents(limit: Int64, offset: Int64) throws -> [Agent]
    /// The account's own in order of creation, then those shared with it, marked so.
    func reachableAgents(of account: Account.ID, limit: Int64, offset: Int64) throws -> [Agent]
    func reachableAgentCount(of account: Account.ID) throws -> Int64
    /// Whether the owner shares the agent with that account.
    func isShared(_ agent: Agent.ID, with account: Account.ID) throws -> Bool
    /// With whom it is shared, in the order in which that began.
    func accounts(sharing agent: Agent.ID, limit: Int64) throws -> [Account]
    /// Those connected to a process, other than `node`, that was heard of after `moment`.
    func onlineAgents(
        among ids: [Agent.ID], since moment: Timestamp, except node: String
    ) throws -> Set<Agent.ID>
    func socketTicket(_ digest: TokenDigest) throws -> SocketTicketRecord?
}

/// What can be changed of it.
public protocol ConnectionTransaction {
    /// Says whether it was not shared before.
    func share(_ agent: Agent.ID, with account: Account.ID, at now: Timestamp) throws -> Bool
    /// Says whether it was shared until now.
    func unshare(_ agent: Agent.ID, with account: Account.ID) throws -> Bool

    /// Notes that an agent has connected.
    func noteArrival(of agent: Agent.ID, _ arrival: AgentArrival) throws
    /// Notes that the connection of an agent that began then, at that node, is over; a newer one stands.
    func noteDeparture(of agent: Agent.ID, from node: String, connectedAt: Timestamp, at now: Timestamp) throws
    /// Notes that a process is alive: its agents are seen at that moment.
    func noteLife(of node: String, at now: Timestamp) throws
    /// Notes that a process is over, and with it every connection it had.
    func noteEnd(of node: String, at now: Timestamp) throws

    func insert(_ ticket: SocketTicketRecord) throws
    /// Marks the ticket used if it was not; says whether it did.
    func useSocketTicket(_ digest: TokenDigest, at now: Timestamp) throws -> Bool
}

/// How and where an agent has connected.
public struct AgentArrival: Hashable, Sendable {
    /// The process that it is connected to.
    public var node: String
    public var at: Timestamp
    public var address: String
    /// What its program calls itself.
    public var version: String?

    public init(node: String, at: Timestamp, address: String, version: String?) {
        self.node = node
        self.at = at
        self.address = address
        self.version = version
    }
}
