import WatchwordCore
import WatchwordDialect
import WatchwordRelay

/// The agent's program: registered once, then connected for as long as the server wants it.
struct AgentProgram: Sendable {
    /// How long opening the socket may take.
    static let openingLimit = Duration.seconds(25)

    let contract: AgentContract
    let dial: ServerDial
    let key: Secret
    let hello: AgentHello
    /// Nothing where the key says which agent it is.
    let state: StateFile?
    let host: any TerminalHost
    let pace: any Pace
    let random: any RandomSource
    let log: AgentLog

    /// Goes on until its task is cancelled, or throws `AgentFailure` where going on changes nothing.
    func run() async throws -> Never {
        var backoff = Backoff()
        let id = try await registered(&backoff)
        while true {
            let connection = try await connect(id)
            if let lasted = connection.lasted { backoff.lasted(lasted) }
            try await pause(connection.verdict, &backoff)
        }
    }

    /// The agent's id, kept for the next start.
    private func registered(_ backoff: inout Backoff) async throws -> String? {
        guard let route = contract.registration, let file = state else { return nil }
        let registration = Registration(
            route: route, contract: contract, dial: dial, name: hello.name, key: key, pace: pace)
        var state = try file.read()
        while true {
            let known = state[dial.address, contract.name]
            switch try await registration.answer(as: known) {
            case .agent(let id):
                if id != known {
                    state[dial.address, contract.name] = id
                    try file.write(state)
                    log("registered \(hello.name) as agent \(id.oneLine(atMost: 100))")
                }
                return id
            case .unknown:
                log("agent \(known ?? "") is not known to this key's account: registering this machine as a new one")
                state[dial.address, contract.name] = nil
            case .other(let verdict): try await pause(verdict, &backoff)
            }
        }
    }

    private func pause(_ verdict: Verdict, _ backoff: inout Backoff) async throws {
        try Task.checkCancellation()
        switch verdict {
        case .never(let failure): throw failure
        case .again(let why, let asked):
            let span = backoff.next(random, asked: asked)
            log("\(why.oneLine(atMost: 300)); next attempt in \(span.shown)")
            try await pace.wait(span)
        }
    }

    /// One connection, from opening it to what its end means, and how long it was open.
    private func connect(_ id: String?) async throws -> (verdict: Verdict, lasted: Duration?) {
        let credential = PresentedCredential(kind: .apiKey, text: key)
        guard let opening = contract.socket.opening(agentID: id, presenting: credential) else {
            return (.never(AgentFailure(.configuration, "the key has characters that no request can hold")), nil)
        }
        let offered = contract.socket.socket.relay == .person ? [RelayFrame.subprotocol] : []
        do {
            let outcome = try await dial.openSocket(
                opening.request, offering: offered, within: Self.openingLimit, by: pace
            ) { socket, messages in
                let start = pace.elapsed
                let link = AgentLink(
                    contract: contract, socket: socket, origin: dial.address.origin, hello: hello,
                    firstMessage: opening.firstMessage, host: host, pace: pace, log: log)
                let end = await link.run(messages)
                return (end, pace.elapsed - start)
            }
            switch outcome {
            case .opened((let end, let lasted)): return (Verdict(end, contract.socket), lasted)
            case .refused(let response):
                let reply = contract.dialect.parse(response, socket: contract.socket)
                if id != nil, reply?.refused == .notFound { return (.never(.removed), nil) }
                return (Verdict(response, reply, knownBefore: true), nil)
            }
        } catch {
            try Task.checkCancellation()
            return (.again("cannot reach \(dial.address.origin): \(ConnectionProblem.text(error))"), nil)
        }
    }
}

extension Duration {
    /// For people: `850 ms`, `12 s`, `3 min`, `5 h`.
    var shown: String {
        switch self {
        case ..<Duration.seconds(1): "\(components.attoseconds / 1_000_000_000_000_000) ms"
        case ..<Duration.seconds(120): "\(components.seconds) s"
        case ..<Duration.seconds(7_200): "\(components.seconds / 60) min"
        default: "\(components.seconds / 3_600) h"
        }
    }
}
