import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordRelay

/// The opening of one socket: whether the request may become one, and by what.
struct SocketOpening {
    private let responder: DialectResponder
    private let socket: CompiledSocket
    private let caller: Caller
    private var contents: RequestContents
    let context: ReplyContext
    /// What is wrong with the handshake.
    private(set) var flaw: SocketHandshake.Flaw?

    init(
        _ responder: DialectResponder, _ socket: CompiledSocket, _ caller: Caller, _ contents: RequestContents
    ) {
        self.responder = responder
        self.socket = socket
        self.caller = caller
        self.contents = contents
        context = responder.context(contents, isNamed: true)
    }

    /// `isSafe`: whether a secret may travel the way that the request came.
    mutating func decide(isSafe: Bool) async -> Outcome<SocketUpgrade> {
        guard isSafe else { return .refused(Refusal(.insecureTransport)) }
        let handshake: SocketHandshake
        switch SocketHandshake.read(contents.request) {
        case .asked(let asked): handshake = asked
        case .flawed(let flaw):
            self.flaw = flaw
            return .refused(Refusal(flaw == .malformed ? .badRequest : .upgradeRequired))
        }
        guard responder.crossSite.admits(socket: contents.request, cookies: socket.socket.cookies) else {
            return .refused(Refusal(.forbidden))
        }
        do {
            switch proof() {
            case .refused(let refusal): return .refused(refusal)
            case .granted(nil): return try await openUnproven(handshake)
            case .granted(let proof?): return try await open(handshake, by: proof)
            }
        } catch is CancellationError {
            return .refused(Refusal(.busy, retryAfter: 1))
        } catch {
            return .refused(Refusal(.internal, faultID: responder.report(error, "socket")))
        }
    }

    /// What the request proves itself by; nothing where that comes in the first message.
    private mutating func proof() -> Outcome<SocketProof?> {
        let ticket = socket.ticket(in: &contents)
        guard socket.socket.isHandshake else { return .granted(ticket.map(SocketProof.ticket)) }
        switch (ticket, socket.credentials(in: &contents)) {
        case (nil, .none): return .refused(Refusal(.missingToken))
        case (let ticket?, .none): return .granted(.ticket(ticket))
        case (nil, .presented(let presented)): return .granted(.presented(presented))
        // Each of two proofs would have to be good, and a ticket is not spent to find out.
        case (_, .malformed), (_?, .presented): return .refused(Refusal(.invalidToken))
        }
    }

    private mutating func open(_ handshake: SocketHandshake, by proof: SocketProof) async throws -> Outcome<
        SocketUpgrade
    > {
        let session = session(handshake)
        switch try await responder.engine.connect(session.opening, by: proof, caller, session.link) {
        case .refused(let refusal): return .refused(refusal)
        case .granted(let grant):
            session.welcome()
            let standing = session.accept(grant)
            return .granted(upgrade(handshake, session, session.settings) { _ in session.serving(standing) })
        }
    }

    private mutating func openUnproven(_ handshake: SocketHandshake) async throws -> Outcome<SocketUpgrade> {
        let session = session(handshake)
        switch responder.engine.memory.connections.admit(caller.address) {
        case .refused(let refusal): return .refused(refusal)
        case .granted(let admission):
            var settings = SocketSettings()
            settings.messageBytes = socket.maximumMessage(authenticated: false)
            settings.pingEvery = responder.hub.limits.pingEvery
            settings.pongWithin = responder.hub.limits.pongWithin
            if case .firstMessage(_, let within) = socket.socket.opening {
                settings.authenticateWithin = min(.seconds(within.seconds), responder.hub.limits.authenticationTime)
            }
            return .granted(
                upgrade(handshake, session, settings) { connection in
                    await session.establish(connection, admission).map(session.serving)
                })
        }
    }

    private mutating func session(_ handshake: SocketHandshake) -> SocketSession {
        let request = contents.request
        return SocketSession(
            responder, socket,
            ConnectionOpening(
                role: socket.socket.operation == .connectAgent ? .agent : .person, route: socket.socket.pathText,
                path: request.path, agentID: socket.agentID(in: contents.parameters)),
            caller, subprotocol: socket.subprotocol(offered: handshake.subprotocols), size: size, context)
    }

    /// `?cols=120&rows=40`, as terminal pages have it.
    private var size: TerminalSize {
        mutating get {
            let texts = [contents.queryText("cols"), contents.queryText("rows")]
            let numbers = texts.map { $0.flatMap { UInt16($0) } }
            guard let columns = numbers[0], let rows = numbers[1] else { return .usual }
            return TerminalSize(columns: columns, rows: rows)
        }
    }

    private func upgrade(
        _ handshake: SocketHandshake, _ session: SocketSession, _ settings: SocketSettings,
        _ begin: @escaping SocketUpgrade.Begin
    ) -> SocketUpgrade {
        SocketUpgrade(
            handshake, subprotocol: session.subprotocol, settings: settings, link: session.link, begin: begin)
    }
}

extension Socket {
    /// The cookies that can prove the request that opens it.
    var cookies: [String] {
        carriers.compactMap { if case .cookie(let name) = $0.place { name } else { nil } }
    }
}
