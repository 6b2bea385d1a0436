import WatchwordCore

extension RealmTransaction {
    func removeExpired(at now: Timestamp, limit: Int64) throws -> Int {
        let dayAgo = now - .days(1)
        var removed: Int64 = 0
        for sweep in Self.sweeps where removed < limit {
            let bound = sweep.kept ? dayAgo : now
            removed += Int64(try change(sweep.sql, [SQLValue(bound), .int(limit - removed)]))
        }
        removed += Int64(try forgetNodes(silentSince: dayAgo))
        // Changes carry no time of their own, for no transaction looks at the clock: the first sweep that sees one stamps it.
        try change("UPDATE change SET noted_at = $2 WHERE realm = $1 AND noted_at IS NULL", [SQLValue(now)])
        return Int(removed)
    }

    /// Children go before their parents, so that the limit bounds what a cascade can take along.
    /// The newest change stays, so that the sequence a watcher remembers never runs backwards.
    private static let sweeps: [(kept: Bool, sql: String)] = [
        (false, sweep("access_token", "digest", "expires_at <= $2")),
        (false, sweep("refresh_token", "digest", "expires_at <= $2")),
        (false, sweep("accepted_token", "digest", "expires_at <= $2")),
        (false, sweep("socket_ticket", "digest", "expires_at <= $2")),
        (false, sweep("one_time_token", "digest", "expires_at <= $2")),
        (false, sweep("session", "id", "expires_at <= $2")),
        (false, sweep("signing_key", "id", "expires_at <= $2")),
        (true, sweep("mail", "id", "sent_at <= $2")),
        (
            true,
            sweep(
                "change", "position",
                "noted_at <= $2 AND position < (SELECT MAX(position) FROM change WHERE realm = $1)")
        ),
    ]

    private static func sweep(_ table: String, _ key: String, _ condition: String) -> String {
        """
        DELETE FROM \(table) WHERE realm = $1 AND \(key) IN (
            SELECT \(key) FROM \(table) WHERE realm = $1 AND \(condition) LIMIT $3)
        """
    }
}
