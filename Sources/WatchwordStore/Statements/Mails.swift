import WatchwordCore

extension RealmTransaction {
    private static let columns =
        "id, kind, recipient, account_id, sealed, created_at, attempts, due_at, sent_at, last_error, dead"

    func mail(_ id: Mail.ID) throws -> Mail? {
        try row("SELECT \(Self.columns) FROM mail WHERE realm = $1 AND id = $2", [SQLValue(id)], as: Self.mail)
    }

    func mails(limit: Int64) throws -> [Mail] {
        try rows(
            "SELECT \(Self.columns) FROM mail WHERE realm = $1 ORDER BY position DESC LIMIT $2", [.int(limit)],
            as: Self.mail)
    }

    func deadMails(limit: Int64) throws -> [Mail] {
        try rows(
            "SELECT \(Self.columns) FROM mail WHERE realm = $1 AND dead = 1 ORDER BY position DESC LIMIT $2",
            [.int(limit)], as: Self.mail)
    }

    func mailsDue(at now: Timestamp, limit: Int64) throws -> [Mail] {
        try rows(
            """
            SELECT \(Self.columns) FROM mail WHERE realm = $1 AND sent_at IS NULL AND dead = 0 AND due_at <= $2
            ORDER BY due_at, position LIMIT $3
            """,
            [SQLValue(now), .int(limit)], as: Self.mail)
    }

    func insert(_ mail: Mail) throws {
        try change(
            """
            INSERT INTO mail (
                realm, id, kind, recipient, account_id, sealed, created_at, attempts, due_at, sent_at, last_error, dead)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """,
            [
                SQLValue(mail.id), .text(mail.kind.rawValue), .text(mail.recipient), SQLValue(mail.accountID),
                .bytes(mail.sealed), SQLValue(mail.createdAt), .int(mail.attempts), SQLValue(mail.dueAt),
                SQLValue(mail.sentAt), SQLValue(mail.lastError), SQLValue(mail.dead),
            ])
    }

    func update(_ mail: Mail) throws {
        try change(
            """
            UPDATE mail SET attempts = $3, due_at = $4, sent_at = $5, last_error = $6, dead = $7
            WHERE realm = $1 AND id = $2
            """,
            [
                SQLValue(mail.id), .int(mail.attempts), SQLValue(mail.dueAt), SQLValue(mail.sentAt),
                SQLValue(mail.lastError), SQLValue(mail.dead),
            ])
    }

    func removeMail(_ id: Mail.ID) throws -> Bool {
        try change("DELETE FROM mail WHERE realm = $1 AND id = $2", [SQLValue(id)]) > 0
    }

    private static func mail(_ row: SQLRow) throws -> Mail {
        Mail(
            id: try row.id(0), kind: try row.word(1), recipient: try row.text(2), accountID: try row.optionalID(3),
            sealed: try row.bytes(4), createdAt: try row.moment(5), attempts: try row.int(6), dueAt: try row.moment(7),
            sentAt: try row.optionalMoment(8), lastError: try row.optionalText(9), dead: try row.flag(10))
    }
}
