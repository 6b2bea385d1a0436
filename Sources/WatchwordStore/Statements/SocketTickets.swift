import WatchwordCore

extension RealmTransaction {
    func socketTicket(_ digest: TokenDigest) throws -> SocketTicketRecord? {
        try row(
            """
            SELECT digest, session_id, path, origin, expires_at, used_at FROM socket_ticket
            WHERE realm = $1 AND digest = $2
            """,
            [SQLValue(digest)]
        ) { row in
            SocketTicketRecord(
                digest: try row.digest(0), sessionID: try row.id(1), path: try row.text(2),
                origin: try row.optionalText(3), expiresAt: try row.moment(4), usedAt: try row.optionalMoment(5))
        }
    }

    func insert(_ ticket: SocketTicketRecord) throws {
        try change(
            """
            INSERT INTO socket_ticket (realm, digest, session_id, path, origin, expires_at, used_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                SQLValue(ticket.digest), SQLValue(ticket.sessionID), .text(ticket.path), SQLValue(ticket.origin),
                SQLValue(ticket.expiresAt), SQLValue(ticket.usedAt),
            ])
    }

    func useSocketTicket(_ digest: TokenDigest, at now: Timestamp) throws -> Bool {
        try change(
            "UPDATE socket_ticket SET used_at = $3 WHERE realm = $1 AND digest = $2 AND used_at IS NULL",
            [SQLValue(digest), SQLValue(now)]) == 1
    }
}
