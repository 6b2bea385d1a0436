/// The sockets by path. Their methods are all GET (RFC 6455 section 4.1), so a path is enough.
struct SocketTable: Sendable {
    private var literal: [String: CompiledSocket] = [:]
    /// The more a path says before its first parameter, the earlier it stands.
    private var patterns: [CompiledSocket] = []
    private let slash: Dialect.Slash

    init(_ sockets: [CompiledSocket], slash: Dialect.Slash) {
        self.slash = slash
        for socket in sockets {
            if socket.socket.path.allSatisfy(\.isLiteral) {
                literal[RouteTable.trimmed(socket.socket.pathText, slash)] = socket
            } else {
                patterns.append(socket)
            }
        }
        patterns = RouteTable.ordered(patterns) { $0.socket.path }
    }

    func match(_ path: String) -> (socket: CompiledSocket, parameters: [(name: String, value: String)])? {
        let path = RouteTable.trimmed(path, slash)
        if let socket = literal[path] { return (socket, []) }
        guard let segments = RouteTable.segments(path) else { return nil }
        if let socket = literal["/" + segments.joined(separator: "/")] { return (socket, []) }
        return patterns.first { RouteTable.fits(segments, $0.socket.path, slash) }
            .map { ($0, RouteTable.parameters(segments, $0.socket.path)) }
    }
}
