import WatchwordCore

extension RealmTransaction {
    func auditEvents(of account: Account.ID?, limit: Int64) throws -> [AuditEvent] {
        let ofAccount = account == nil ? "" : "AND account_id = $3"
        return try rows(
            """
            SELECT position, at, kind, account_id, session_id, address, outcome, detail FROM audit
            WHERE realm = $1 \(ofAccount) ORDER BY position DESC LIMIT $2
            """,
            [.int(limit)] + (account.map { [SQLValue($0)] } ?? [])
        ) { row in
            AuditEvent(
                sequence: try row.int(0), at: try row.moment(1), kind: try row.word(2),
                accountID: try row.optionalID(3),
                sessionID: try row.optionalID(4), address: try row.text(5), outcome: try row.text(6),
                detail: try row.text(7))
        }
    }

    func append(_ event: AuditEvent) throws {
        try change(
            """
            INSERT INTO audit (realm, at, kind, account_id, session_id, address, outcome, detail)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                SQLValue(event.at), .text(event.kind.rawValue), SQLValue(event.accountID), SQLValue(event.sessionID),
                .text(event.address), .text(event.outcome), .text(event.detail),
            ])
    }
}
