import WatchwordCore
import WatchwordDialect
import WatchwordRelay

@testable import WatchwordHTTP

/// Opens a socket on any path: on `/agent` the agent's, on all others a person's at a terminal of it.
struct RelayResponder: Responder {
    let relay: TerminalRelay
    /// What became of the terminals.
    let outcomes = AsyncStream<TerminalOutcome>.makeStream()

    func respond(to arrival: Arrival, from peer: Peer) async -> WireResponse { WireResponse(status: 404) }

    func answer(_ arrival: Arrival, from peer: Peer) async -> Answer {
        guard case .request(let request) = arrival, case .asked(let handshake) = SocketHandshake.read(request) else {
            return .response(await respond(to: arrival, from: peer))
        }
        let link = SocketLink()
        var settings = SocketSettings.patient
        settings.pingEvery = .milliseconds(200)
        let isAgent = request.path == "/agent"
        let serve: SocketUpgrade.Serve = { connection in
            if isAgent { await agent(connection) } else { await person(connection) }
        }
        return .upgrade(SocketUpgrade(handshake, settings: settings, link: link) { _ in serve })
    }

    private func agent(_ connection: SocketConnection) async {
        let agent = relay.attach(TerminalRig.agent, number: 1, outlet: connection.link)
        while let message = await connection.next() {
            if let violation = agent.receive(message) {
                connection.close(code: violation.closeCode, reason: violation.reason)
            }
        }
        agent.detach()
    }

    private func person(_ connection: SocketConnection) async {
        let link = connection.link
        let opening = relay.open(TerminalRig.agent, size: .usual, who: "ada", mode: .controlled, outlet: link) {
            link.end(.agentOffline)
        }
        guard case .opened(let terminal) = opening else { return link.end(.agentOffline) }
        link.whenEnded { terminal.detach() }
        while let message = await connection.next() { await terminal.receive(message) }
        outcomes.continuation.yield(terminal.detach())
    }
}

/// An agent's program in the hands of a test.
struct WireAgent {
    let client: WireClient

    func say(_ number: UInt32, _ content: RelayFrame.Content) async throws {
        try await client.say(ClientFrame(opcode: 2, payload: RelayFrame(number, content).bytes))
    }

    /// The next frame of the relay, pings answered; nothing for anything else.
    func hear() async throws -> RelayFrame? {
        guard let frame = try await client.message(), frame.opcode == 2 else { return nil }
        return RelayFrame(frame.payload)
    }

    /// Starts the terminal that is asked for next, and gives its number.
    func start() async throws -> UInt32 {
        guard let frame = try await hear(), case .open = frame.content else { throw WireClient.Gone() }
        try await say(frame.terminal, .opened)
        return frame.terminal
    }
}

extension WireClient {
    /// The next frame that is no ping; pings are answered.
    func message() async throws -> ServerFrame? {
        while let frame = try await frame() {
            guard frame.opcode == 9 else { return frame }
            try await say(ClientFrame(opcode: 10, payload: frame.payload))
        }
        return nil
    }
}
