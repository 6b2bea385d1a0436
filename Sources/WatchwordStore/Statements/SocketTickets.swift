import WatchwordCore

extension RealmTransaction {
    func socketTicket(_ digest: TokenDigest) throws -> SocketTicketRecord? {
        try row(
            """
            SELECT digest, session_id, path, origin, token_expires_at, expires_at, used_at FROM socket_ticket
            WHERE realm = $1 AND digest = $2
            """,
            [SQLValue(digest)]
        ) { row in
            SocketTicketRecord(
                digest: try row.digest(0), sessionID: try row.id(1), path: try row.text(2),
                origin: try row.optionalText(3), tokenExpiresAt: try row.optionalMoment(4),
                expiresAt: try row.moment(5), usedAt: try row.optionalMoment(6))
        }
    }

    func insert(_ ticket: SocketTicketRecord) throws {
        try change(
            """
            INSERT INTO socket_ticket (
                realm, digest, session_id, path, origin, token_expires_at, expires_at, used_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                SQLValue(ticket.digest), SQLValue(ticket.sessionID), .text(ticket.path), SQLValue(ticket.origin),
                SQLValue(ticket.tokenExpiresAt), SQLValue(ticket.expiresAt), SQLValue(ticket.usedAt),
            ])
    }

    func useSocketTicket(_ digest: TokenDigest, at now: Timestamp) throws -> Bool {
        try change(
            "UPDATE socket_ticket SET used_at = $3 WHERE realm = $1 AND digest = $2 AND used_at IS NULL",
            [SQLValue(digest), SQLValue(now)]) == 1
    }
}
