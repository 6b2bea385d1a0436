import WatchwordCore

extension RealmTransaction {
    func agent(_ id: Agent.ID) throws -> Agent? {
        try row("\(Self.selection) WHERE agent.realm = $1 AND agent.id = $2", [SQLValue(id)], as: Self.agent)
    }

    func agents(of account: Account.ID, limit: Int64, offset: Int64) throws -> [Agent] {
        try rows(
            """
            \(Self.selection) WHERE agent.realm = $1 AND agent.account_id = $2
            ORDER BY agent.position LIMIT $3 OFFSET $4
            """,
            [SQLValue(account), .int(limit), .int(offset)], as: Self.agent)
    }

    func agentCount(of account: Account.ID) throws -> Int64 {
        try number("SELECT COUNT(*) FROM agent WHERE realm = $1 AND account_id = $2", [SQLValue(account)])
    }

    func agents(limit: Int64, offset: Int64) throws -> [Agent] {
        try rows(
            "\(Self.selection) WHERE agent.realm = $1 ORDER BY agent.position LIMIT $2 OFFSET $3",
            [.int(limit), .int(offset)], as: Self.agent)
    }

    func reachableAgents(of account: Account.ID, limit: Int64, offset: Int64) throws -> [Agent] {
        try rows(
            """
            \(Self.selection) WHERE agent.realm = $1 AND \(Self.isReachable)
            ORDER BY agent.account_id <> $2, agent.position LIMIT $3 OFFSET $4
            """,
            [SQLValue(account), .int(limit), .int(offset)]
        ) { row in
            var agent = try Self.agent(row)
            agent.isShared = agent.accountID != account
            return agent
        }
    }

    func reachableAgentCount(of account: Account.ID) throws -> Int64 {
        try number("SELECT COUNT(*) FROM agent WHERE realm = $1 AND \(Self.isReachable)", [SQLValue(account)])
    }

    func insert(_ agent: Agent) throws {
        try change(
            """
            INSERT INTO agent (
                realm, id, account_id, name, created_at, last_seen_at, last_address, version, connected_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            [
                SQLValue(agent.id), SQLValue(agent.accountID), .text(agent.name), SQLValue(agent.createdAt),
                SQLValue(agent.lastSeenAt), SQLValue(agent.lastAddress), SQLValue(agent.version),
                SQLValue(agent.connectedAt),
            ])
    }

    func update(_ agent: Agent) throws {
        try change("UPDATE agent SET name = $3 WHERE realm = $1 AND id = $2", [SQLValue(agent.id), .text(agent.name)])
    }

    func delete(_ agent: Agent.ID) throws {
        try change("DELETE FROM agent WHERE realm = $1 AND id = $2", [SQLValue(agent)])
    }

    /// As long as its process is heard of, an agent that is connected to it is seen.
    private static let selection = """
        SELECT agent.id, agent.account_id, agent.name, agent.created_at,
            CASE WHEN node.seen_at > agent.last_seen_at THEN node.seen_at ELSE agent.last_seen_at END,
            agent.last_address, agent.version, agent.connected_at
        FROM agent LEFT JOIN node ON node.realm = agent.realm AND node.id = agent.node
        """

    private static let isReachable = """
        (agent.account_id = $2
            OR agent.id IN (SELECT agent_id FROM agent_share WHERE realm = $1 AND account_id = $2))
        """

    /// Whether it is online depends on the moment, and is asked for by itself.
    private static func agent(_ row: SQLRow) throws -> Agent {
        Agent(
            id: try row.id(0), accountID: try row.id(1), name: try row.text(2), createdAt: try row.moment(3),
            lastSeenAt: try row.optionalMoment(4), lastAddress: try row.optionalText(5),
            version: try row.optionalText(6), connectedAt: try row.optionalMoment(7))
    }
}
