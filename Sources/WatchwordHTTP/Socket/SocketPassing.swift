import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordRelay

/// Where the messages of one socket go that are not the dialect's own.
enum SocketPassing: Sendable {
    /// Nowhere: they are counted and thrown away.
    case nowhere
    /// From an agent's program to the terminals of people.
    case agent(AgentLink)
    /// From a person to a terminal of the agent.
    case terminal(Terminal, TerminalMode)
    /// The terminal could not be had, and the person was told.
    case refused

    var isNowhere: Bool { if case .nowhere = self { true } else { false } }
    /// Whether text messages of it are control messages.
    var isControlled: Bool { if case .terminal(_, .controlled) = self { true } else { false } }
}

extension SocketSession {
    /// Connects the socket to the relay, where the dialect says so.
    func pass(_ grant: ConnectionGrant) -> SocketPassing {
        guard let agent = grant.record.agentID else { return .nowhere }
        let key = AgentKey(realm: grant.record.realm, agent: agent)
        let outlet = CountedOutlet(link, sockets)
        switch socket.socket.relay {
        case .person? where subprotocol == RelayFrame.subprotocol:
            return .agent(responder.hub.relay.attach(key, number: grant.record.number, outlet: outlet))
        case .agent?: return openTerminal(key, grant, outlet)
        case .person?, nil: return .nowhere
        }
    }

    private func openTerminal(_ key: AgentKey, _ grant: ConnectionGrant, _ outlet: CountedOutlet) -> SocketPassing {
        let mode: TerminalMode = subprotocol == TerminalControl.subprotocol ? .controlled : .plain
        let who = grant.grant.user.map { $0.username ?? $0.email ?? $0.id.text } ?? grant.record.accountID.text
        let opening = responder.hub.relay.open(key, size: size, who: who, mode: mode, outlet: outlet) { [link] in
            link.end(.agentOffline)
        }
        switch opening {
        case .opened(let terminal):
            responder.engine.recordTerminalOpen(grant.record)
            sockets.terminals.rise()
            // Whoever waits for the agent's credit is let go as soon as the person is gone.
            link.whenEnded { terminal.detach() }
            return .terminal(terminal, mode)
        case .offline: link.end(.agentOffline)
        case .unavailable: refuseTerminal("The agent gives no terminals", mode)
        case .busy: refuseTerminal("The agent has too many terminals", mode)
        }
        return .refused
    }

    private func refuseTerminal(_ why: String, _ mode: TerminalMode) {
        let last = mode == .controlled ? SocketMessage.text(TerminalControl.refused(why).text) : nil
        link.close(code: TerminalClose.refused.rawValue, reason: why, last: last)
    }

    /// Gives the relay one message. A violation of its protocol closes the socket.
    func give(_ message: SocketMessage, to standing: SocketStanding) async {
        switch standing.passing {
        case .nowhere, .refused: break
        case .terminal(let terminal, _): await terminal.receive(message)
        case .agent(let agent): pass(message, of: agent, standing)
        }
    }

    @inline(never)
    private func pass(_ message: SocketMessage, of agent: AgentLink, _ standing: SocketStanding) {
        let wasKnown = agent.hello != nil
        if let violation = agent.receive(message) {
            link.close(code: violation.closeCode, reason: violation.reason, last: nil)
        } else if !wasKnown, let hello = agent.hello {
            responder.engine.noteVersion(hello.version, of: standing.record)
        }
    }

    /// The socket is over.
    func detach(_ standing: SocketStanding) {
        switch standing.passing {
        case .nowhere, .refused: break
        case .agent(let agent): agent.detach()
        case .terminal(let terminal, _):
            let outcome = terminal.detach()
            sockets.terminals.fall()
            responder.engine.recordTerminalClose(
                standing.record, lasted: outcome.lasted, end: outcome.end.word)
        }
    }
}

extension TerminalOutcome {
    fileprivate var lasted: Lifetime { .seconds(max(endedAt.seconds - openedAt.seconds, 0)) }
}

/// An outlet whose messages are counted.
struct CountedOutlet: SocketOutlet {
    private let outlet: any SocketOutlet
    private let metrics: SocketMetrics

    init(_ outlet: any SocketOutlet, _ metrics: SocketMetrics) {
        self.outlet = outlet
        self.metrics = metrics
    }

    func send(_ message: SocketMessage, taken: (@Sendable (Bool) -> Void)?) {
        metrics.sent.add()
        outlet.send(message, taken: taken)
    }

    func close(code: Int, reason: String, last: SocketMessage?) { outlet.close(code: code, reason: reason, last: last) }
}
