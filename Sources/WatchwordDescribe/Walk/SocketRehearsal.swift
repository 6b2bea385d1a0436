import WatchwordCore
import WatchwordDialect

/// One socket of a rehearsal: the request that opens it, a conversation on it, and every way it ends.
public struct SocketRehearsal: Sendable {
    public let socket: Socket
    /// The request that opens it, with a credential where it takes one there.
    public let request: SampleRequest
    public let messages: [Message]
    /// The last words to who did not authenticate, once it is open.
    public let refused: Ending
    /// The answer to the same before it is open; nothing where nobody authenticates there.
    public let answer: WireResponse?
    /// The ends that this socket can come to, by their codes.
    public let ends: [Ending]

    public struct Message: Sendable, Equatable {
        public enum Speaker: String, Sendable { case client, server }
        public var speaker: Speaker
        public var text: String
    }

    public struct Ending: Sendable, Equatable {
        /// Its name in `close_when`; nothing for a refusal.
        public var event: Socket.Event?
        public var message: String?
        public var closeCode: Int
        public var reason: String
    }

    init?(_ socket: Socket, of dialect: Dialect, baseURL: String) {
        let sample = SampleText(dialect)
        var route = Route(method: "GET", path: socket.path, operation: .getAgent, reply: Reply(status: 200))
        route.carriers = socket.carriers
        if let name = socket.agentParameter { route.bindings = [Binding(.agentID, [.path(name)])] }
        var request = SampleRequest(route, of: dialect)
        if socket.carriers.isEmpty, let ticket = socket.ticket {
            request.query.append(SampleRequest.Field(name: ticket, value: "$TICKET"))
        }
        let (stage, context) = Refusals.stage(nil, of: dialect, baseURL: baseURL, request)
        guard let (compiled, _) = stage.socket(path: request.path) else { return nil }
        self.socket = socket
        self.request = request
        messages = Self.conversation(compiled, sample, context)
        let (message, closeCode) = compiled.refusal(Refusal(.invalidToken), in: context)
        refused = Ending(event: nil, message: message, closeCode: closeCode, reason: "")
        answer =
            socket.isHandshake || socket.ticket != nil
            ? compiled.response(refused: Refusal(.invalidToken), in: context) : nil
        ends = socket.ends.map { end in
            let (message, closeCode, reason) = compiled.farewell(end, in: context)
            return Ending(event: Socket.Event(end), message: message, closeCode: closeCode, reason: reason)
        }.sorted { $0.closeCode < $1.closeCode }
    }

    private static func conversation(
        _ compiled: CompiledSocket, _ sample: SampleText, _ context: ReplyContext
    ) -> [Message] {
        var messages: [Message] = []
        func say(_ speaker: Message.Speaker, _ text: String?) {
            if let text { messages.append(Message(speaker: speaker, text: text)) }
        }
        func credential(_ pattern: MessagePattern) -> String {
            pattern.message(pattern.takes.first.map(SampleText.variable) ?? "")
        }
        let socket = compiled.socket
        say(.server, compiled.welcome(in: context))
        var first: MessagePattern?
        if case .firstMessage(let pattern, _) = socket.opening {
            first = pattern
            say(.client, credential(pattern))
        }
        say(.server, compiled.accepted(sample.grant(opening: socket), in: context))
        if let ping = socket.alive.ping {
            if let pong = compiled.pong(in: context) {
                say(.client, ping.message(""))
                say(.server, pong)
            } else {
                say(.server, ping.message(""))
            }
        }
        if let again = socket.again, again != first { say(.client, credential(again)) }
        return messages
    }
}

extension Socket {
    /// The kinds of credential that open it or keep it open.
    var takes: Set<PresentedCredential.Kind> {
        var kinds = Set(carriers.map(\.takes) + (again?.takes ?? []))
        if case .firstMessage(let pattern, _) = opening { kinds.formUnion(pattern.takes) }
        if ticket != nil { kinds.insert(.access) }
        return kinds
    }

    /// What can end it.
    var ends: [ConnectionEnd] {
        ConnectionEnd.allCases.filter { end in
            switch end {
            case .sessionEnded: takes.contains(.access)
            case .tokenExpired: takes.contains(.access) && closesAtTokenExpiry
            case .keyEnded: takes.contains(.apiKey)
            case .agentRemoved: operation == .connectAgent || agentParameter != nil
            case .replaced: operation == .connectAgent
            case .agentOffline: relay == .agent
            case .authenticationDue: !isHandshake
            case .serverStopping, .accountClosed, .silent, .tooSlow, .operatorClosed, .tooMany, .internal: true
            }
        }
    }
}
