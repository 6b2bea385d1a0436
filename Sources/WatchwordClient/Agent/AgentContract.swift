import WatchwordBuiltIn
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
        let isFile = name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
        let folder = name.contains("/") ? String(name[..<(name.lastIndex(of: "/") ?? name.endIndex)]) : "."
        guard let bytes = isFile ? file(name) : builtIn(name) else {
            let known = BuiltInDialect.all.map(\.name).sorted().joined(separator: ", ")
            throw AgentFailure(
                .configuration,
                isFile
                    ? "--dialect \(name) cannot be read: give a readable file"
                    : "there is no dialect \(name): give a file or one of \(known)")
        }
        // Secrets and lifetimes of the server are nothing to its client.
        let loading = Dialect.load(
            bytes: bytes, file: name, extending: { builtIn($0) ?? file("\(folder)/\($0)") }, environment: { _ in nil })
        guard let dialect = loading.dialect else {
            let first = loading.diagnostics.first.map { "\($0)" } ?? "it is empty"
            throw AgentFailure(.configuration, "--dialect \(name) has mistakes (see watchword dialect check): \(first)")
        }
        return try AgentContract(dialect)
    }

    private static func builtIn(_ name: String) -> [UInt8]? {
        BuiltInDialect.all.first { $0.name == name }.map { Array($0.text.utf8) }
    }

    private static func file(_ path: String) -> [UInt8]? {
        FileBytes.read(path, atMost: 1 << 20)
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
