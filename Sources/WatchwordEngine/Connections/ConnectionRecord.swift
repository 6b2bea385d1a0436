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
    /// When the access token ends that opened it or was given in band last; nothing for an API key. Whether the socket
    /// closes then is the dialect's to say.
    public var expiresAt: Timestamp?
    /// When the session or API key that it rests on ends, and with it the socket; nothing for never.
    public var endsAt: Timestamp?

    public enum Role: String, Hashable, Sendable, CaseIterable { case person, agent }

    /// What it rests on.
    public enum Proof: Hashable, Sendable {
        case session(Session.ID)
        case apiKey(APIKey.ID)
    }

    public init(
        number: UInt64, realm: Realm.ID, route: String, accountID: Account.ID, agentID: Agent.ID?, role: Role,
        proof: Proof, address: ClientAddress, client: String?, openedAt: Timestamp, expiresAt: Timestamp?,
        endsAt: Timestamp? = nil
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
        self.endsAt = endsAt
    }

    /// The facts that it rests on: a change of one of them is a reason to look again.
    var concerns: [Change] {
        var changes: [Change] = [.account(accountID)]
        switch proof {
        case .session(let id): changes.append(.session(id))
        case .apiKey(let id): changes.append(.apiKey(id))
        }
        if let agentID { changes.append(.agent(agentID)) }
        return changes
    }

    /// What its hard end is called.
    var hardEnd: ConnectionEnd {
        switch proof {
        case .session: .sessionEnded
        case .apiKey: .keyEnded
        }
    }
}
