import WatchwordCore
import WatchwordDialect
import WatchwordRelay

/// What follows from an attempt that came to its end.
enum Verdict: Equatable, Sendable {
    /// Try again, and why it ended.
    case again(String, asked: Duration? = nil)
    /// Trying again changes nothing.
    case never(AgentFailure)
}

/// How an open connection came to its end.
enum LinkEnd: Equatable, Sendable {
    /// By the server's close frame. Whether it had accepted the agent before, and said a last word.
    case closed(code: Int?, reason: String, accepted: Bool, farewell: ConnectionEnd?)
    /// Without one.
    case lost(String)
}

extension Verdict {
    /// What the answer to a registration or to opening the socket means, unless it grants it.
    init(_ response: WireResponse, _ reply: ParsedReply?, knownBefore: Bool) {
        let asked = response.header("retry-after").flatMap(Int64.init).map { Duration.seconds($0) }
        switch response.status {
        case 401, 403: self = .never(.keyRefused("the server does not take this API key"))
        case 429, 500...: self = .again("the server answers \(response.status)", asked: asked)
        case 400 where reply?.refused != nil, 422 where reply?.refused != nil:
            self = .never(
                AgentFailure(
                    .configuration, "the server does not take the agent as it is named: give another by --name"))
        case 300..<400:
            let place = response.header("location").map { " to \($0.oneLine(atMost: 200))" } ?? ""
            self = .unfit("it redirects\(place)", knownBefore)
        default: self = .unfit("it answers \(response.status)", knownBefore)
        }
    }

    init(_ end: LinkEnd, _ socket: CompiledSocket) {
        switch end {
        case .lost(let reason): self = .again("connection lost: \(reason)")
        case .closed(let code, let reason, let accepted, let farewell):
            let shown = "the server closed the connection: \(code.map(String.init) ?? "no code") \(reason)"
            if !accepted, !socket.socket.isHandshake, code == socket.refusalCloseCode {
                self = .never(.keyRefused("the server does not take this API key"))
                return
            }
            switch farewell ?? code.flatMap(socket.end(closeCode:)) {
            case .keyEnded: self = .never(.keyRefused("the API key was revoked or has expired"))
            case .accountClosed: self = .never(.keyRefused("the key's account is closed"))
            case .sessionEnded, .tokenExpired: self = .never(.keyRefused("what the agent signed in with has ended"))
            case .agentRemoved: self = .never(.removed)
            case .replaced:
                self = .never(
                    AgentFailure(
                        .gone,
                        "another program has connected as this agent and took its place: let only one run, "
                            + "with a state file of its own on each machine"))
            default: self = .again(shown)
            }
        }
    }

    /// A server that knew this agent before may be in the middle of something; one that never did is the wrong one.
    private static func unfit(_ what: String, _ knownBefore: Bool) -> Verdict {
        knownBefore
            ? .again("\(what), which is no answer of its dialect")
            : .never(
                AgentFailure(
                    .configuration,
                    "the server does not register agents as its dialect says (\(what)): check --host and --dialect"))
    }
}

extension AgentFailure {
    static func keyRefused(_ what: String) -> AgentFailure {
        AgentFailure(.keyRefused, "\(what): start again with a key of the account that is good")
    }

    static let removed = AgentFailure(
        .gone, "this agent was removed on the server: start again to register this machine as a new one")
}
