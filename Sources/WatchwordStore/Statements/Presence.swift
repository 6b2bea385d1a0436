import WatchwordCore
import WatchwordEngine

extension RealmTransaction {
    func onlineAgents(
        among ids: [Agent.ID], since moment: Timestamp, except node: String
    ) throws -> Set<Agent.ID> {
        guard !ids.isEmpty else { return [] }
        let places = ids.indices.map { "$\($0 + 4)" }.joined(separator: ", ")
        return Set(
            try rows(
                """
                SELECT agent.id FROM agent JOIN node ON node.realm = agent.realm AND node.id = agent.node
                WHERE agent.realm = $1 AND node.seen_at > $2 AND node.id <> $3 AND agent.id IN (\(places))
                """,
                [SQLValue(moment), .text(node)] + ids.map { SQLValue($0) }
            ) { try $0.id(0) })
    }

    func noteArrival(of agent: Agent.ID, _ arrival: AgentArrival) throws {
        try change(
            """
            UPDATE agent SET last_seen_at = $3, connected_at = $3, last_address = $4, version = $5, node = $6
            WHERE realm = $1 AND id = $2
            """,
            [
                SQLValue(agent), SQLValue(arrival.at), .text(arrival.address), SQLValue(arrival.version),
                .text(arrival.node),
            ])
    }

    func noteDeparture(of agent: Agent.ID, from node: String, connectedAt: Timestamp, at now: Timestamp) throws {
        try change(
            """
            UPDATE agent SET last_seen_at = $5, node = NULL
            WHERE realm = $1 AND id = $2 AND node = $3 AND connected_at = $4
            """,
            [SQLValue(agent), .text(node), SQLValue(connectedAt), SQLValue(now)])
    }

    func noteLife(of node: String, at now: Timestamp) throws {
        try change(
            """
            INSERT INTO node (realm, id, seen_at) VALUES ($1, $2, $3)
            ON CONFLICT (realm, id) DO UPDATE SET seen_at = excluded.seen_at
            """,
            [.text(node), SQLValue(now)])
    }

    func noteEnd(of node: String, at now: Timestamp) throws {
        try change(
            "UPDATE agent SET last_seen_at = $3, node = NULL WHERE realm = $1 AND node = $2",
            [.text(node), SQLValue(now)])
        try change("DELETE FROM node WHERE realm = $1 AND id = $2", [.text(node)])
    }

    /// Nodes that ended without a word: what was last heard of them is what is known of their agents.
    func forgetNodes(silentSince moment: Timestamp) throws -> Int {
        let nodes = try rows("SELECT id, seen_at FROM node WHERE realm = $1 AND seen_at <= $2", [SQLValue(moment)]) {
            (try $0.text(0), try $0.moment(1))
        }
        for (node, seenAt) in nodes { try noteEnd(of: node, at: seenAt) }
        return nodes.count
    }
}
