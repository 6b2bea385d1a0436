import WatchwordCore
import WatchwordDialect

/// What an agent needs of a dialect: how it is registered, and the socket that it opens.
struct AgentContract: Sendable {
    let dialect: CompiledDialect
    let socket: CompiledSocket
    /// Nothing where agents are made by people, and a key is one agent's.
    let registration: CompiledRoute?

    var name: String { dialect.dialect.name }

    /// Throws `AgentFailure` for a dialect on which no agent can connect by an API key.
    init(_ dialect: Dialect) throws {
        let compiled = CompiledDialect(dialect)
        self.dialect = compiled
        let sockets = compiled.sockets.filter { $0.socket.operation == .connectAgent && $0.takesKey }
        // One that carries terminals goes before one that does not.
        guard let socket = sockets.first(where: { $0.socket.relay == .person }) ?? sockets.first else {
            throw Self.unfit(dialect, "it has no socket that an agent opens by an API key")
        }
        self.socket = socket
        registration = compiled.routes.first { route in
            route.operation == .registerAgent && route.route.carriers?.contains { $0.takes == .apiKey } ?? false
        }
        guard socket.socket.agentParameter == nil || registration != nil else {
            throw Self.unfit(dialect, "it has no route that registers an agent by an API key")
        }
    }

    /// Reads the dialect of a file (a path with a slash or `.yaml`), or a built-in one by its name.
    static func read(_ name: String) throws -> AgentContract {
        try AgentContract(try DialectFile.read(name))
    }

    private static func unfit(_ dialect: Dialect, _ why: String) -> AgentFailure {
        AgentFailure(.configuration, "the dialect \(dialect.name) is for no agent: \(why)")
    }
}

extension CompiledSocket {
    fileprivate var takesKey: Bool {
        switch socket.opening {
        case .handshake(let carriers): carriers.contains { $0.takes == .apiKey }
        case .firstMessage(let pattern, _): pattern.takes == [.apiKey]
        }
    }
}
