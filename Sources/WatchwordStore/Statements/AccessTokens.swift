import WatchwordCore

extension RealmTransaction {
    func accessToken(_ digest: TokenDigest) throws -> AccessTokenRecord? {
        try row(
            """
            SELECT digest, session_id, account_id, issued_second, expires_at FROM access_token
            WHERE realm = $1 AND digest = $2
            """,
            [SQLValue(digest)]
        ) { row in
            AccessTokenRecord(
                digest: try row.digest(0), sessionID: try row.id(1), accountID: try row.id(2),
                issuedSecond: try row.int(3), expiresAt: try row.moment(4))
        }
    }

    func freeIssueSecond(of account: Account.ID, notAfter second: Int64) throws -> Int64 {
        // The latest taken second whose predecessor is free ends the run of taken ones that `second` may stand in.
        let taken = try number(
            "SELECT COUNT(*) FROM access_token WHERE realm = $1 AND account_id = $2 AND issued_second = $3",
            [SQLValue(account), .int(second)])
        guard taken > 0 else { return second }
        return try number(
            """
            SELECT taken.issued_second - 1 FROM access_token AS taken
            WHERE taken.realm = $1 AND taken.account_id = $2 AND taken.issued_second <= $3 AND NOT EXISTS (
                SELECT 1 FROM access_token AS before
                WHERE before.realm = $1 AND before.account_id = $2 AND before.issued_second = taken.issued_second - 1)
            ORDER BY taken.issued_second DESC LIMIT 1
            """,
            [SQLValue(account), .int(second)])
    }

    func insert(_ token: AccessTokenRecord) throws {
        try change(
            """
            INSERT INTO access_token (realm, digest, session_id, account_id, issued_second, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            [
                SQLValue(token.digest), SQLValue(token.sessionID), SQLValue(token.accountID), .int(token.issuedSecond),
                SQLValue(token.expiresAt),
            ])
    }
}
