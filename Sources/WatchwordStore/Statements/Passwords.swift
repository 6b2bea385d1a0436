import WatchwordCore

extension RealmTransaction {
    func passwordCredential(of account: Account.ID) throws -> PasswordCredential? {
        try row(
            "SELECT account_id, hash, version, changed_at FROM password WHERE realm = $1 AND account_id = $2",
            [SQLValue(account)]
        ) { row in
            PasswordCredential(
                accountID: try row.id(0), hash: try row.text(1), version: try row.int(2), changedAt: try row.moment(3))
        }
    }

    func setPassword(_ credential: PasswordCredential, replacing version: Int64?) throws -> Bool {
        var values: [SQLValue] = [
            SQLValue(credential.accountID), .text(credential.hash), .int(credential.version),
            SQLValue(credential.changedAt),
        ]
        guard let version else {
            return try change(
                """
                INSERT INTO password (realm, account_id, hash, version, changed_at) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT DO NOTHING
                """, values) == 1
        }
        values.append(.int(version))
        return try change(
            """
            UPDATE password SET hash = $3, version = $4, changed_at = $5
            WHERE realm = $1 AND account_id = $2 AND version = $6
            """, values) == 1
    }
}
