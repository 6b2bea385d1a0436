import WatchwordCore
import WatchwordDialect

/// What a person's terminal needs of a dialect: the socket that it opens, and how one signs in, finds an agent and gets
/// a ticket.
struct TerminalContract: Sendable {
    let dialect: CompiledDialect
    let socket: CompiledSocket
    /// What the socket is opened with.
    let kind: PresentedCredential.Kind
    /// Nothing where nobody signs in by a password alone.
    let signIn: CompiledRoute?
    let agents: CompiledRoute?
    let ticket: CompiledRoute?

    var name: String { dialect.dialect.name }

    /// Throws `TerminalFailure` for a dialect that has no terminals.
    init(_ dialect: Dialect) throws(TerminalFailure) {
        let compiled = CompiledDialect(dialect)
        let sockets = compiled.sockets.filter { $0.socket.operation == .connectUser && $0.socket.relay == .agent }
        guard let socket = sockets.first, let kind = Self.kind(socket) else {
            throw TerminalFailure("the dialect \(dialect.name) has no socket that is a person's terminal")
        }
        self.dialect = compiled
        self.socket = socket
        self.kind = kind
        let routes = compiled.routes
        signIn = routes.first { $0.operation == .signIn && Self.handle($0, "a@b") != nil && $0.takes(.password) }
        agents = routes.first { $0.operation == .listAgents && $0.carries(kind) }
        ticket =
            socket.socket.ticket == nil
            ? nil : routes.first { $0.operation == .createTicket && $0.carries(kind) }
    }

    private static func kind(_ socket: CompiledSocket) -> PresentedCredential.Kind? {
        switch socket.socket.opening {
        case .handshake(let carriers): carriers.first?.takes
        case .firstMessage(let pattern, _): pattern.takes.first
        }
    }

    /// The input of a sign-in that this name of an account goes to.
    static func handle(_ route: CompiledRoute, _ user: String) -> InputName? {
        let byForm: [InputName] = user.contains("@") ? [.email, .username] : [.username, .email]
        return ([.identity] + byForm).first(where: route.takes)
    }
}

extension CompiledRoute {
    func takes(_ input: InputName) -> Bool { route.bindings.contains { $0.input == input } }

    fileprivate func carries(_ kind: PresentedCredential.Kind) -> Bool {
        route.carriers?.contains { $0.takes == kind } ?? false
    }
}
