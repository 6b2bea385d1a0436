import WatchwordCore
import WatchwordDialect

/// What the realm's contracts let people do with their agents.
struct AgentAbilities: Sendable {
    /// Whether a person makes one; otherwise an agent's program registers itself.
    var registers: Bool
    /// Whether API keys hang on agents.
    var hasKeys: Bool
    var shares: Bool
    var hasTerminal: Bool
    /// How an agent's program comes online.
    var connecting: Connecting?

    enum Connecting: Sendable, Equatable {
        /// `vsay-agent`, told to speak that dialect where it is not its own.
        case program(dialect: String?)
        /// Any program, by a socket of this path; `message` is the first that it sends.
        case socket(path: String, message: String?)
    }

    init(_ settings: SiteSettings, _ dialects: [Dialect]) {
        let routes = dialects.flatMap(\.routes)
        // A route for people: who registers by a key is the agent itself.
        registers = routes.contains { route in
            route.operation == .registerAgent && (route.carriers ?? []).contains { $0.takes == .access }
        }
        hasKeys = dialects.lazy.compactMap(\.terms.apiKeys).first?.boundToAgent ?? false
        shares = routes.contains { $0.operation == .shareAgent }
        hasTerminal = settings.terminal != nil
        for dialect in dialects where connecting == nil {
            guard let socket = dialect.sockets.first(where: { $0.operation == .connectAgent }) else { continue }
            if socket.relay == .person {
                connecting = .program(dialect: dialect.name == "vsay" ? nil : dialect.name)
            } else if case .firstMessage(let pattern, _) = socket.opening {
                connecting = .socket(path: socket.pathText, message: pattern.message("…"))
            } else {
                connecting = .socket(path: socket.pathText, message: nil)
            }
        }
    }
}
