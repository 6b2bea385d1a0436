import WatchwordCore
import WatchwordEngine

extension RealmTransaction {
    func networkSeen(_ network: TokenDigest, of account: Account.ID) throws -> Timestamp? {
        try row(
            "SELECT seen_at FROM known_network WHERE realm = $1 AND account_id = $2 AND digest = $3",
            [SQLValue(account), SQLValue(network)]
        ) { try $0.moment(0) }
    }

    func noteNetwork(
        _ network: TokenDigest, of account: Account.ID, at now: Timestamp, keeping limit: Int64
    ) throws -> NetworkStanding {
        let key = [SQLValue(account), SQLValue(network)]
        let isKnown =
            try change(
                """
                UPDATE known_network SET seen_at = CASE WHEN seen_at < $4 THEN $4 ELSE seen_at END
                WHERE realm = $1 AND account_id = $2 AND digest = $3
                """,
                key + [SQLValue(now)]) == 1
        if isKnown { return .known }
        let count = try number(
            "SELECT COUNT(*) FROM known_network WHERE realm = $1 AND account_id = $2", [SQLValue(account)])
        // This one stays, whatever its clock said.
        try change(
            """
            DELETE FROM known_network WHERE realm = $1 AND account_id = $2 AND digest IN (
                SELECT digest FROM known_network WHERE realm = $1 AND account_id = $2
                ORDER BY seen_at, digest LIMIT $3)
            """,
            [SQLValue(account), .int(max(0, count - limit + 1))])
        try change(
            "INSERT INTO known_network (realm, account_id, digest, seen_at) VALUES ($1, $2, $3, $4)",
            key + [SQLValue(now)])
        return count == 0 ? .first : .new
    }
}
