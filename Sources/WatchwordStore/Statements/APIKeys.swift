import WatchwordCore

extension RealmTransaction {
    private static let columns = """
        id, account_id, agent_id, name, digest, hint, generation, created_at, expires_at, last_used_at, revoked_at,
        rotated_at
        """

    func apiKey(_ id: APIKey.ID) throws -> APIKey? {
        try row("SELECT \(Self.columns) FROM api_key WHERE realm = $1 AND id = $2", [SQLValue(id)], as: Self.apiKey)
    }

    func apiKey(_ digest: TokenDigest) throws -> APIKey? {
        try row(
            "SELECT \(Self.columns) FROM api_key WHERE realm = $1 AND digest = $2", [SQLValue(digest)], as: Self.apiKey)
    }

    func apiKeys(of account: Account.ID, agent: Agent.ID?) throws -> [APIKey] {
        let ofAgent = agent == nil ? "" : "AND agent_id = $3"
        return try rows(
            """
            SELECT \(Self.columns) FROM api_key
            WHERE realm = $1 AND account_id = $2 AND revoked_at IS NULL \(ofAgent) ORDER BY position
            """,
            [SQLValue(account)] + (agent.map { [SQLValue($0)] } ?? []), as: Self.apiKey)
    }

    func insert(_ key: APIKey) throws {
        try change(
            """
            INSERT INTO api_key (
                realm, id, account_id, agent_id, name, digest, hint, generation, created_at, expires_at, last_used_at,
                revoked_at, rotated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """,
            [
                SQLValue(key.id), SQLValue(key.accountID), SQLValue(key.agentID), SQLValue(key.name),
                SQLValue(key.digest), .text(key.hint), SQLValue(key.generation), SQLValue(key.createdAt),
                SQLValue(key.expiresAt), SQLValue(key.lastUsedAt), SQLValue(key.revokedAt),
                SQLValue(key.rotatedAt),
            ])
    }

    func revokeAPIKey(_ id: APIKey.ID, at now: Timestamp) throws -> Bool {
        // An expired key is marked as well, so that its owner can clear it from the list.
        let expiries = try rows(
            """
            UPDATE api_key SET revoked_at = $3 WHERE realm = $1 AND id = $2 AND revoked_at IS NULL RETURNING expires_at
            """,
            [SQLValue(id), SQLValue(now)]
        ) { try $0.optionalMoment(0) }
        return expiries.contains { expiry in expiry.map { now < $0 } ?? true }
    }

    func supersedeAPIKey(_ id: APIKey.ID, at now: Timestamp, until end: Timestamp) throws -> Bool {
        try change(
            """
            UPDATE api_key
            SET rotated_at = $3, expires_at = CASE WHEN expires_at < $4 THEN expires_at ELSE $4 END
            WHERE realm = $1 AND id = $2 AND revoked_at IS NULL AND rotated_at IS NULL
                AND (expires_at IS NULL OR expires_at > $3)
            """,
            [SQLValue(id), SQLValue(now), SQLValue(end)]) == 1
    }

    func touchAPIKey(_ id: APIKey.ID, at now: Timestamp) throws {
        try change(
            """
            UPDATE api_key SET last_used_at = $3
            WHERE realm = $1 AND id = $2 AND (last_used_at IS NULL OR last_used_at < $3)
            """,
            [SQLValue(id), SQLValue(now)])
    }

    private static func apiKey(_ row: SQLRow) throws -> APIKey {
        APIKey(
            id: try row.id(0), accountID: try row.id(1), agentID: try row.optionalID(2), name: try row.optionalText(3),
            digest: try row.digest(4), hint: try row.text(5), generation: try row.optionalInt(6),
            createdAt: try row.moment(7), expiresAt: try row.optionalMoment(8), lastUsedAt: try row.optionalMoment(9),
            revokedAt: try row.optionalMoment(10), rotatedAt: try row.optionalMoment(11))
    }
}
