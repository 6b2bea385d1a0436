import WatchwordCore

extension RealmTransaction {
    func isShared(_ agent: Agent.ID, with account: Account.ID) throws -> Bool {
        try number(
            "SELECT COUNT(*) FROM agent_share WHERE realm = $1 AND agent_id = $2 AND account_id = $3",
            [SQLValue(agent), SQLValue(account)]) > 0
    }

    func share(_ agent: Agent.ID, with account: Account.ID, at now: Timestamp) throws -> Bool {
        try change(
            """
            INSERT INTO agent_share (realm, agent_id, account_id, created_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (realm, agent_id, account_id) DO NOTHING
            """,
            [SQLValue(agent), SQLValue(account), SQLValue(now)]) == 1
    }

    func unshare(_ agent: Agent.ID, with account: Account.ID) throws -> Bool {
        try change(
            "DELETE FROM agent_share WHERE realm = $1 AND agent_id = $2 AND account_id = $3",
            [SQLValue(agent), SQLValue(account)]) == 1
    }
}
