extension Migration {
    /// Who is connected and where, with whom agents are shared, and tickets that open sockets.
    static let connections = Migration(
        number: 5,
        common: [
            "ALTER TABLE agent ADD COLUMN last_address TEXT",
            "ALTER TABLE agent ADD COLUMN version TEXT",
            "ALTER TABLE agent ADD COLUMN connected_at BIGINT",
            // The process that it is connected to; no foreign key, for a process may come to know its agents first.
            "ALTER TABLE agent ADD COLUMN node TEXT",
            "CREATE INDEX agent_node ON agent (realm, node) WHERE node IS NOT NULL",
            """
            CREATE TABLE node (
                realm TEXT NOT NULL, id TEXT NOT NULL, seen_at BIGINT NOT NULL,
                PRIMARY KEY (realm, id))
            """,
            """
            CREATE TABLE agent_share (
                realm TEXT NOT NULL, agent_id TEXT NOT NULL, account_id TEXT NOT NULL, created_at BIGINT NOT NULL,
                PRIMARY KEY (realm, agent_id, account_id),
                FOREIGN KEY (realm, agent_id) REFERENCES agent (realm, id) ON DELETE CASCADE,
                FOREIGN KEY (realm, account_id) REFERENCES account (realm, id) ON DELETE CASCADE)
            """,
            "CREATE INDEX agent_share_account ON agent_share (realm, account_id)",
            """
            CREATE TABLE socket_ticket (
                realm TEXT NOT NULL, digest {bytes} NOT NULL, session_id TEXT NOT NULL, path TEXT NOT NULL,
                origin TEXT, token_expires_at BIGINT, expires_at BIGINT NOT NULL, used_at BIGINT,
                PRIMARY KEY (realm, digest),
                FOREIGN KEY (realm, session_id) REFERENCES session (realm, id) ON DELETE CASCADE)
            """,
            "CREATE INDEX socket_ticket_session ON socket_ticket (realm, session_id)",
            "CREATE INDEX socket_ticket_expiry ON socket_ticket (realm, expires_at)",
        ],
        sqlite: [])
}
