import WatchwordCore

extension RealmTransaction {
    private static let columns = "id, account_id, name, created_at, last_seen_at"

    func agent(_ id: Agent.ID) throws -> Agent? {
        try row("SELECT \(Self.columns) FROM agent WHERE realm = $1 AND id = $2", [SQLValue(id)], as: Self.agent)
    }

    func agents(of account: Account.ID, limit: Int64, offset: Int64) throws -> [Agent] {
        try rows(
            """
            SELECT \(Self.columns) FROM agent WHERE realm = $1 AND account_id = $2
            ORDER BY position LIMIT $3 OFFSET $4
            """,
            [SQLValue(account), .int(limit), .int(offset)], as: Self.agent)
    }

    func agentCount(of account: Account.ID) throws -> Int64 {
        try number("SELECT COUNT(*) FROM agent WHERE realm = $1 AND account_id = $2", [SQLValue(account)])
    }

    func insert(_ agent: Agent) throws {
        try change(
            """
            INSERT INTO agent (realm, id, account_id, name, created_at, last_seen_at) VALUES ($1, $2, $3, $4, $5, $6)
            """,
            [
                SQLValue(agent.id), SQLValue(agent.accountID), .text(agent.name), SQLValue(agent.createdAt),
                SQLValue(agent.lastSeenAt),
            ])
    }

    func update(_ agent: Agent) throws {
        try change(
            "UPDATE agent SET name = $3, last_seen_at = $4 WHERE realm = $1 AND id = $2",
            [SQLValue(agent.id), .text(agent.name), SQLValue(agent.lastSeenAt)])
    }

    func delete(_ agent: Agent.ID) throws {
        try change("DELETE FROM agent WHERE realm = $1 AND id = $2", [SQLValue(agent)])
    }

    /// Whether it is online is not the database's to know.
    private static func agent(_ row: SQLRow) throws -> Agent {
        Agent(
            id: try row.id(0), accountID: try row.id(1), name: try row.text(2), createdAt: try row.moment(3),
            lastSeenAt: try row.optionalMoment(4))
    }
}
