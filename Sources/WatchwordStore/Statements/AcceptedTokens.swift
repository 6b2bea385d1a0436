import WatchwordCore

extension RealmTransaction {
    func acceptedToken(_ digest: TokenDigest) throws -> Timestamp? {
        try row("SELECT expires_at FROM accepted_token WHERE realm = $1 AND digest = $2", [SQLValue(digest)]) {
            try $0.moment(0)
        }
    }

    func acceptToken(_ digest: TokenDigest, rememberedUntil end: Timestamp) throws -> Bool {
        try change(
            "INSERT INTO accepted_token (realm, digest, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            [SQLValue(digest), SQLValue(end)]) == 1
    }

    func distrust(of account: Account.ID) throws -> Timestamp? {
        try row("SELECT issued_until FROM distrust WHERE realm = $1 AND account_id = $2", [SQLValue(account)]) {
            try $0.moment(0)
        }
    }

    func distrustTokens(of account: Account.ID, until moment: Timestamp) throws {
        try change(
            """
            INSERT INTO distrust (realm, account_id, issued_until) VALUES ($1, $2, $3)
            ON CONFLICT (realm, account_id) DO UPDATE SET issued_until = excluded.issued_until
            WHERE distrust.issued_until < excluded.issued_until
            """,
            [SQLValue(account), SQLValue(moment)])
    }
}
