import WatchwordCore

extension RealmTransaction {
    private static let columns =
        "id, account_id, method, address, user_agent, created_at, expires_at, ended_at, end_reason, device"

    func session(_ id: Session.ID) throws -> Session? {
        try row("SELECT \(Self.columns) FROM session WHERE realm = $1 AND id = $2", [SQLValue(id)], as: Self.session)
    }

    func sessions(of account: Account.ID, liveAt now: Timestamp) throws -> [Session] {
        try rows(
            """
            SELECT \(Self.columns) FROM session
            WHERE realm = $1 AND account_id = $2 AND ended_at IS NULL AND expires_at > $3 ORDER BY position DESC
            """,
            [SQLValue(account), SQLValue(now)], as: Self.session)
    }

    func insert(_ session: Session) throws {
        try change(
            """
            INSERT INTO session (
                realm, id, account_id, method, address, user_agent, created_at, expires_at, ended_at, end_reason, device)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            [
                SQLValue(session.id), SQLValue(session.accountID), .text(session.method), SQLValue(session.address),
                SQLValue(session.userAgent), SQLValue(session.createdAt), SQLValue(session.expiresAt),
                SQLValue(session.ended?.at), SQLValue(session.ended?.reason.rawValue), SQLValue(session.device),
            ])
    }

    func endSession(_ id: Session.ID, _ end: Session.End) throws -> Bool {
        try change(
            """
            UPDATE session SET ended_at = $3, end_reason = $4
            WHERE realm = $1 AND id = $2 AND ended_at IS NULL AND expires_at > $3
            """,
            [SQLValue(id), SQLValue(end.at), .text(end.reason.rawValue)]) == 1
    }

    func endSessions(of account: Account.ID, except kept: Session.ID?, _ end: Session.End) throws -> [Session.ID] {
        // No id is empty, so the empty text keeps none.
        try rows(
            """
            UPDATE session SET ended_at = $4, end_reason = $5
            WHERE realm = $1 AND account_id = $2 AND id <> $3 AND ended_at IS NULL AND expires_at > $4 RETURNING id
            """,
            [SQLValue(account), .text(kept?.text ?? ""), SQLValue(end.at), .text(end.reason.rawValue)]
        ) { try $0.id(0) }
    }

    private static func session(_ row: SQLRow) throws -> Session {
        var end: Session.End?
        if let at = try row.optionalMoment(7) { end = Session.End(at: at, reason: try row.word(8)) }
        return Session(
            id: try row.id(0), accountID: try row.id(1), method: try row.text(2), address: try row.optionalText(3),
            userAgent: try row.optionalText(4), device: try row.optionalText(9), createdAt: try row.moment(5),
            expiresAt: try row.moment(6), ended: end)
    }
}
