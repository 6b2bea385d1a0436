import WatchwordCore

extension RealmTransaction {
    func refreshToken(_ digest: TokenDigest) throws -> RefreshTokenRecord? {
        try row(
            """
            SELECT digest, session_id, expires_at, used_at, successor FROM refresh_token
            WHERE realm = $1 AND digest = $2
            """,
            [SQLValue(digest)]
        ) { row in
            RefreshTokenRecord(
                digest: try row.digest(0), sessionID: try row.id(1), expiresAt: try row.moment(2),
                usedAt: try row.optionalMoment(3), successor: try row.optionalBytes(4))
        }
    }

    func insert(_ token: RefreshTokenRecord) throws {
        try change(
            """
            INSERT INTO refresh_token (realm, digest, session_id, expires_at, used_at, successor)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            [
                SQLValue(token.digest), SQLValue(token.sessionID), SQLValue(token.expiresAt), SQLValue(token.usedAt),
                SQLValue(token.successor),
            ])
    }

    func useRefreshToken(_ digest: TokenDigest, at now: Timestamp, successor: [UInt8]?) throws -> Bool {
        try change(
            """
            UPDATE refresh_token SET used_at = $3, successor = $4
            WHERE realm = $1 AND digest = $2 AND used_at IS NULL
            """,
            [SQLValue(digest), SQLValue(now), SQLValue(successor)]) == 1
    }
}
