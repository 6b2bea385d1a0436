import WatchwordCore

/// What an agent's program remembers between two starts: which agent it is, on each server. Never a key.
struct AgentState: Equatable, Sendable {
    /// The id that a server gave, by the server's origin and the dialect that it speaks.
    private(set) var agents: [String: String] = [:]

    init() {}

    /// Nothing for bytes that are no state.
    init?(_ bytes: [UInt8]) {
        guard case .success(let value) = JSON.parse(bytes), case .object(let members) = value["agents"] else {
            return nil
        }
        for member in members {
            guard let id = member.value.string, !id.isEmpty else { return nil }
            agents[member.name] = id
        }
    }

    subscript(server: ServerAddress, dialect: String) -> String? {
        get { agents[Self.key(server, dialect)] }
        set { agents[Self.key(server, dialect)] = newValue }
    }

    var bytes: [UInt8] {
        let members = agents.sorted { $0.key < $1.key }.map { Value.Member($0.key, .string($0.value)) }
        return Array((JSON.indented(.object([Value.Member("agents", .object(members))])) + "\n").utf8)
    }

    private static func key(_ server: ServerAddress, _ dialect: String) -> String { "\(server.origin) \(dialect)" }
}
