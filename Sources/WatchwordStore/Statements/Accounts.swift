import WatchwordCore

extension RealmTransaction {
    private static let columns = """
        id, email, username, email_verified, name, role, fields, usage_count, usage_limit, disabled, created_at, updated_at
        """

    func account(_ id: Account.ID) throws -> Account? {
        try row("SELECT \(Self.columns) FROM account WHERE realm = $1 AND id = $2", [SQLValue(id)], as: Self.account)
    }

    func account(_ identifier: Identifier) throws -> Account? {
        let column =
            switch identifier {
            case .email: "email_key"
            case .username: "username_key"
            }
        return try row(
            "SELECT \(Self.columns) FROM account WHERE realm = $1 AND \(column) = $2", [.text(identifier.key)],
            as: Self.account)
    }

    func accounts(limit: Int64, offset: Int64) throws -> [Account] {
        try rows(
            "SELECT \(Self.columns) FROM account WHERE realm = $1 ORDER BY position LIMIT $2 OFFSET $3",
            [.int(limit), .int(offset)], as: Self.account)
    }

    func accounts(after position: Int64, limit: Int64) throws -> [(position: Int64, account: Account)] {
        try rows(
            """
            SELECT \(Self.columns), position FROM account
            WHERE realm = $1 AND position > $2 ORDER BY position LIMIT $3
            """,
            [.int(position), .int(limit)]
        ) { row in (try row.int(12), try Self.account(row)) }
    }

    func accounts(sharing agent: Agent.ID, limit: Int64) throws -> [Account] {
        let columns = Self.columns.split(separator: ", ").map { "account.\($0)" }.joined(separator: ", ")
        return try rows(
            """
            SELECT \(columns) FROM agent_share
            JOIN account ON account.realm = agent_share.realm AND account.id = agent_share.account_id
            WHERE agent_share.realm = $1 AND agent_share.agent_id = $2
            ORDER BY agent_share.created_at, account.position LIMIT $3
            """,
            [SQLValue(agent), .int(limit)], as: Self.account)
    }

    func accountCount() throws -> Int64 { try number("SELECT COUNT(*) FROM account WHERE realm = $1", []) }

    func accounts(startingWith prefix: String, limit: Int64, offset: Int64) throws -> [Account] {
        try rows(
            """
            SELECT \(Self.columns) FROM account WHERE \(Self.begins) ORDER BY position LIMIT $4 OFFSET $5
            """,
            Self.range(prefix) + [.int(limit), .int(offset)], as: Self.account)
    }

    func accountCount(startingWith prefix: String) throws -> Int64 {
        try number("SELECT COUNT(*) FROM account WHERE \(Self.begins)", Self.range(prefix))
    }

    /// A range of each index and not a pattern, which no index serves; the columns compare byte by byte.
    private static let begins = ["email_key", "username_key", "name_key"]
        .map { "(realm = $1 AND \($0) >= $2 AND \($0) < $3)" }.joined(separator: " OR ")

    private static func range(_ prefix: String) -> [SQLValue] { [.text(prefix), .text(prefix + "\u{10FFFF}")] }

    func insert(_ account: Account) throws -> Identifier.Kind? {
        let inserted = try change(
            """
            INSERT INTO account (
                realm, id, email, email_key, username, username_key, email_verified, name, role, fields,
                usage_count, usage_limit, disabled, created_at, updated_at, name_key)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            ON CONFLICT DO NOTHING
            """,
            [
                SQLValue(account.id), SQLValue(account.email), SQLValue(account.email.map(Identifier.key)),
                SQLValue(account.username), SQLValue(account.username.map(Identifier.key)),
                SQLValue(account.emailVerified), SQLValue(account.name), SQLValue(account.role),
                .text(FieldsText.text(account.fields)), .int(account.usageCount), SQLValue(account.usageLimit),
                SQLValue(account.disabled), SQLValue(account.createdAt), SQLValue(account.updatedAt),
                SQLValue(account.name.map(Identifier.key)),
            ])
        guard inserted == 0 else { return nil }
        guard let taken = try taken(by: account) else {
            throw Fault(.invariant, "an account with the new account's id exists already")
        }
        return taken
    }

    func update(_ account: Account) throws -> Identifier.Kind? {
        if let taken = try taken(by: account) { return taken }
        try change(
            """
            UPDATE account SET email = $3, email_key = $4, username = $5, username_key = $6, email_verified = $7,
                name = $8, role = $9, fields = $10, usage_limit = $11, disabled = $12, updated_at = $13, name_key = $14
            WHERE realm = $1 AND id = $2
            """,
            [
                SQLValue(account.id), SQLValue(account.email), SQLValue(account.email.map(Identifier.key)),
                SQLValue(account.username), SQLValue(account.username.map(Identifier.key)),
                SQLValue(account.emailVerified), SQLValue(account.name), SQLValue(account.role),
                .text(FieldsText.text(account.fields)), SQLValue(account.usageLimit), SQLValue(account.disabled),
                SQLValue(account.updatedAt), SQLValue(account.name.map(Identifier.key)),
            ])
        return nil
    }

    func delete(_ account: Account.ID) throws {
        try change("DELETE FROM account WHERE realm = $1 AND id = $2", [SQLValue(account)])
    }

    func addUsage(_ count: Int64, to account: Account.ID) throws {
        try change(
            "UPDATE account SET usage_count = usage_count + $3 WHERE realm = $1 AND id = $2",
            [SQLValue(account), .int(count)])
    }

    /// The identifier of `account` that an account of another id has.
    private func taken(by account: Account) throws -> Identifier.Kind? {
        if let email = account.email, let other = try self.account(.email(email)), other.id != account.id {
            return .email
        }
        if let username = account.username, let other = try self.account(.username(username)), other.id != account.id {
            return .username
        }
        return nil
    }

    private static func account(_ row: SQLRow) throws -> Account {
        Account(
            id: try row.id(0), email: try row.optionalText(1), username: try row.optionalText(2),
            emailVerified: try row.flag(3), name: try row.optionalText(4), role: try row.optionalText(5),
            fields: try FieldsText.fields(try row.text(6)), usageCount: try row.int(7),
            usageLimit: try row.optionalInt(8), disabled: try row.flag(9), createdAt: try row.moment(10),
            updatedAt: try row.moment(11))
    }
}
