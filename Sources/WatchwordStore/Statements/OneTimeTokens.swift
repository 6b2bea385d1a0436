import WatchwordCore

extension RealmTransaction {
    private static let columns = "digest, purpose, account_id, email, created_at, expires_at, used_at"

    func oneTimeToken(_ digest: TokenDigest) throws -> OneTimeTokenRecord? {
        try row(
            "SELECT \(Self.columns) FROM one_time_token WHERE realm = $1 AND digest = $2", [SQLValue(digest)],
            as: Self.oneTimeToken)
    }

    func oneTimeToken(of account: Account.ID, purpose: OneTimeTokenRecord.Purpose) throws -> OneTimeTokenRecord? {
        try row(
            """
            SELECT \(Self.columns) FROM one_time_token
            WHERE realm = $1 AND account_id = $2 AND purpose = $3 AND used_at IS NULL
            ORDER BY created_at DESC LIMIT 1
            """,
            [SQLValue(account), .text(purpose.rawValue)], as: Self.oneTimeToken)
    }

    func failOneTimeToken(
        of account: Account.ID, purpose: OneTimeTokenRecord.Purpose, limit: Int64, at now: Timestamp
    ) throws {
        try change(
            """
            UPDATE one_time_token
            SET failures = failures + 1, used_at = CASE WHEN failures + 1 >= $4 THEN $5 ELSE used_at END
            WHERE realm = $1 AND account_id = $2 AND purpose = $3 AND used_at IS NULL
            """,
            [SQLValue(account), .text(purpose.rawValue), .int(limit), SQLValue(now)])
    }

    func insert(_ token: OneTimeTokenRecord) throws {
        try change(
            """
            INSERT INTO one_time_token (realm, digest, purpose, account_id, email, created_at, expires_at, used_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                SQLValue(token.digest), .text(token.purpose.rawValue), SQLValue(token.accountID), .text(token.email),
                SQLValue(token.createdAt), SQLValue(token.expiresAt), SQLValue(token.usedAt),
            ])
    }

    func voidOneTimeTokens(of account: Account.ID, purpose: OneTimeTokenRecord.Purpose, at now: Timestamp) throws {
        try change(
            """
            UPDATE one_time_token SET used_at = $4
            WHERE realm = $1 AND account_id = $2 AND purpose = $3 AND used_at IS NULL
            """,
            [SQLValue(account), .text(purpose.rawValue), SQLValue(now)])
    }

    func useOneTimeToken(_ digest: TokenDigest, at now: Timestamp) throws -> Bool {
        try change(
            "UPDATE one_time_token SET used_at = $3 WHERE realm = $1 AND digest = $2 AND used_at IS NULL",
            [SQLValue(digest), SQLValue(now)]) == 1
    }

    private static func oneTimeToken(_ row: SQLRow) throws -> OneTimeTokenRecord {
        OneTimeTokenRecord(
            digest: try row.digest(0), purpose: try row.word(1), accountID: try row.id(2), email: try row.text(3),
            createdAt: try row.moment(4), expiresAt: try row.moment(5), usedAt: try row.optionalMoment(6))
    }
}
