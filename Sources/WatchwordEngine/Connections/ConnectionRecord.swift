import WatchwordCore

/// What is known of an open, authenticated socket: whose it is, by what, and from where.
public struct ConnectionRecord: Sendable {
    /// Unique in the life of this process, from 1.
    public var number: UInt64
    public var realm: Realm.ID
    /// The path of the socket in the dialect: `/api/terminal/{agent_id}/ws`. Never what a client wrote.
    public var route: String
    public var accountID: Account.ID
    /// The agent that is connected, or whose terminal a person is connected to.
    public var agentID: Agent.ID?
    public var role: Role
    public var proof: Proof
    public var address: ClientAddress
    /// What the client calls itself: its User-Agent, or the version its agent's program states.
    public var client: String?
    public var openedAt: Timestamp
    /// When what it rests on ends; nothing for never.
    public var expiresAt: Timestamp?

    public enum Role: String, Hashable, Sendable, CaseIterable { case person, agent }

    /// What it rests on.
    public enum Proof: Hashable, Sendable {
        case session(Session.ID)
        case apiKey(APIKey.ID)
    }

    public init(
        number: UInt64, realm: Realm.ID, route: String, accountID: Account.ID, agentID: Agent.ID?, role: Role,
        proof: Proof, address: ClientAddress, client: String?, openedAt: Timestamp, expiresAt: Timestamp?
    ) {
        self.number = number
        self.realm = realm
        self.route = route
        self.accountID = accountID
        self.agentID = agentID
        self.role = role
        self.proof = proof
        self.address = address
        self.client = client
        self.openedAt = openedAt
        self.expiresAt = expiresAt
    }
}
