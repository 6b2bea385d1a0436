import WatchwordCore

/// A socket ready to serve: what opens it, what is said on it, and in which words it ends.
public final class CompiledSocket: Sendable {
    public let socket: Socket
    /// The request that opens it, with its carriers and its words for who does not authenticate.
    let route: CompiledRoute
    private let refusals: RefusalWords
    private let welcome: MessageTemplate?
    private let accepted: MessageTemplate?
    private let refused: MessageTemplate?
    /// Whether the words of a refusal say which it is, and so fit any.
    private let refusedFitsAll: Bool
    private let pong: MessageTemplate?
    private let farewells: [Socket.Event: (message: MessageTemplate?, closeCode: Int?)]

    init(_ socket: Socket, _ terms: AccountTerms, _ refusals: RefusalWords) {
        self.socket = socket
        self.refusals = refusals
        var opening = Route(method: "GET", path: socket.path, operation: .whoAmI, reply: Reply(status: 200))
        opening.carriers = socket.carriers
        if let words = socket.refused.reply {
            for code in RefusalCode.allCases where code.isAboutWho { opening.errors[code] = words }
        }
        route = CompiledRoute(opening, terms)
        welcome = socket.welcome.map(MessageTemplate.init)
        accepted = socket.accepted.map(MessageTemplate.init)
        refused = socket.refused.message.map(MessageTemplate.init)
        refusedFitsAll =
            socket.refused.message?.slots.contains { if case .error = $0 { true } else { false } } ?? false
        pong = socket.alive.pong.map(MessageTemplate.init)
        var farewells: [Socket.Event: (MessageTemplate?, Int?)] = [:]
        for closing in socket.closings ?? [] {
            farewells[closing.event] = (closing.message.map(MessageTemplate.init), closing.closeCode)
        }
        self.farewells = farewells
    }

    // MARK: The request that opens it

    /// The credentials of the request; each that is there must prove good.
    public func credentials(in contents: inout RequestContents) -> CarriedCredentials {
        route.credentials(in: &contents)
    }

    /// The ticket of the request; nothing where the socket takes none or the request has none. One that is there
    /// twice, or longer than any credential, is an empty one, which no engine grants.
    public func ticket(in contents: inout RequestContents) -> Secret? {
        guard let name = socket.ticket, let fields = contents.query() else { return nil }
        let values = fields.values(of: name)
        guard let first = values.first else { return fields.overflows ? Secret("") : nil }
        guard values.count == 1, !fields.overflows, let text = first,
            text.utf8.count <= CompiledRoute.maximumCredential
        else { return Secret("") }
        return text.isEmpty ? nil : Secret(text)
    }

    /// The agent that the path names, by what the path's parameters hold.
    public func agentID(in parameters: [(name: String, value: String)]) -> String? {
        socket.agentParameter.flatMap { name in parameters.first { $0.name == name }?.value }
    }

    /// The first of the offered subprotocols that the socket speaks (RFC 6455 section 4.2.2); nothing to be agreed on
    /// where it speaks none of them.
    public func subprotocol(offered: [String]) -> String? {
        let spoken = socket.subprotocols + (socket.relay.map { [Self.subprotocol(of: $0)] } ?? [])
        return offered.first(where: spoken.contains)
    }

    /// What a socket with a relay speaks without being told.
    public static func subprotocol(of relay: Socket.Relay) -> String {
        switch relay {
        case .agent: "watchword.terminal.v1"
        case .person: "watchword.relay.v1"
        }
    }

    /// The answer instead of the upgrade. Who does not authenticate gets the socket's own words, where it has some.
    public func response(refused refusal: Refusal, in context: ReplyContext) -> WireResponse {
        refusals.response(refusal, route: route, in: context)
    }

    // MARK: Messages of the client

    /// Bytes of the longest message taken.
    public func maximumMessage(authenticated: Bool) -> Int {
        authenticated ? socket.maximumMessage : min(socket.maximumMessage, Socket.maximumFirst)
    }

    /// The credential of a client's message, or nothing if it is not the one that has it.
    ///
    /// - Parameter again: whether the socket is authenticated already, and goes on with another credential.
    public func credential(inMessage text: String, again: Bool) -> PresentedCredential? {
        if again { return socket.again?.credential(in: text) }
        guard case .firstMessage(let pattern, _) = socket.opening else { return nil }
        return pattern.credential(in: text)
    }

    /// Whether a message is the client's sign of life, which `pong` answers.
    public func isPing(_ text: String) -> Bool {
        pong != nil && socket.alive.ping?.fits(text) ?? false
    }

    // MARK: Messages of the server

    public func welcome(in context: ReplyContext) -> String? { welcome?.text(scope(context)) }

    public func accepted(_ grant: Grant, in context: ReplyContext) -> String? { accepted?.text(scope(context, grant)) }

    public func pong(in context: ReplyContext) -> String? { pong?.text(scope(context)) }

    /// The server's own sign of life and how often it is sent; nothing where it sends none.
    public var ping: (text: String, every: Lifetime)? {
        guard let ping = socket.alive.ping, let every = socket.alive.every else { return nil }
        return (ping.message(""), every)
    }

    /// The last message and the close code (RFC 6455 section 7.4) of a socket that is open. What the server has too
    /// much of, or got wrong itself, is 1013 or 1011, and told only in words that say which refusal it is.
    public func refusal(_ refusal: Refusal, in context: ReplyContext) -> (message: String?, closeCode: Int) {
        let end: ConnectionEnd? =
            refusal.code == .internal ? .internal : refusal.code.descends(from: .rateLimited) ? .tooMany : nil
        let words = end == nil || refusedFitsAll ? refused : nil
        return (
            words?.text(refusals.scope(of: refusal, route, context)),
            end?.closeCode ?? socket.refused.closeCode ?? 1_008
        )
    }

    /// The last message, the close code and the reason (at most 123 bytes) of a socket that was open. Who did not
    /// authenticate in time is told so in the words of a refusal, where `close_when` has none.
    public func farewell(_ end: ConnectionEnd, in context: ReplyContext) -> (
        message: String?, closeCode: Int, reason: String
    ) {
        let own = farewells[Socket.Event(end)]
        let isOwn = own?.message != nil || own?.closeCode != nil
        if end == .authenticationDue, !isOwn, socket.refused.message != nil || socket.refused.closeCode != nil {
            let (message, closeCode) = refusal(Refusal(.missingToken), in: context)
            return (message, closeCode, end.reason)
        }
        return (own?.message?.text(scope(context)), own?.closeCode ?? end.closeCode, end.reason)
    }

    private func scope(_ context: ReplyContext, _ grant: Grant = Grant()) -> Scope {
        Scope(grant: grant, context: context, idsAreNumbers: refusals.idsAreNumbers)
    }
}

extension RefusalCode {
    /// Whether it is `code` or below it.
    func descends(from code: RefusalCode) -> Bool { sequence(first: self, next: \.parent).contains(code) }

    /// Whether it refuses who asks, and not what is asked.
    fileprivate var isAboutWho: Bool { descends(from: .unauthorized) }
}
