import Glibc
import UnixSignals
import WatchwordCore
import WatchwordDialect
import WatchwordRelay

/// A person's terminal on an agent: signs in, finds the agent, opens the socket, and joins the two sides.
struct PersonProgram: Sendable {
    /// How long opening the socket may take.
    static let limit = Duration.seconds(30)

    /// How the person proves who they are.
    enum Proof: Sendable {
        case token(Secret)
        /// The password is asked for.
        case user(String)
    }

    let server: PersonServer
    let agent: String
    let proof: Proof
    let local: LocalTerminal

    /// Also ends with a signal, whose number it then gives: SIGINT, SIGTERM or SIGHUP.
    func run() async -> (result: TerminalResult, signal: Int32?) {
        let (sizes, resized) = AsyncStream.makeStream(of: TerminalSize.self, bufferingPolicy: .bufferingNewest(1))
        return await withTaskGroup(of: Ending.self) { group in
            let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup, .sigwinch)
            // Signals are waited for beside the work, which they end.
            group.addTask { .result(await self.terminal(sizes)) }
            group.addTask {
                for await signal in signals {
                    guard signal == .sigwinch else { return .signal(signal.rawValue) }
                    resized.yield(self.local.size)
                }
                return .signal(SIGTERM)
            }
            defer { group.cancelAll() }
            var signal: Int32?
            for await ending in group {
                switch ending {
                case .result(let result): return (result, signal)
                case .signal(let number):
                    signal = signal ?? number
                    group.cancelAll()
                }
            }
            return (.left, signal)
        }
    }

    private enum Ending: Sendable {
        case result(TerminalResult)
        case signal(Int32)
    }

    func terminal(_ sizes: AsyncStream<TerminalSize>) async -> TerminalResult {
        do {
            let token = try await token()
            let id = try await server.agent(agent, token)
            var opening = try await opening(id, token)
            let size = local.size
            opening.request.query =
                (opening.request.query.map { "\($0)&" } ?? "") + "cols=\(size.columns)&rows=\(size.rows)"
            return try await open(opening, sizes)
        } catch let failure as TerminalFailure {
            return .failed(failure)
        } catch {
            return .failed(TerminalFailure("stopped"))
        }
    }

    private func token() async throws -> Secret {
        switch proof {
        case .token(let token): return token
        case .user(let user):
            let password = try await PasswordPrompt.ask("Password for \(user.oneLine(atMost: 100)): ")
            return try await server.signIn(user, password: password)
        }
    }

    /// By a ticket where there are any, so that no token stands in a URL.
    private func opening(_ id: String, _ token: Secret) async throws -> PrintedOpening {
        let socket = server.contract.socket
        if let ticket = try await server.ticket(agentID: id, token),
            let opening = socket.opening(agentID: id, ticket: ticket)
        {
            return opening
        }
        guard let opening = socket.opening(agentID: id, presenting: server.credential(token)) else {
            throw TerminalFailure("no request of the dialect \(server.contract.name) can hold that agent or token")
        }
        return opening
    }

    private func open(_ opening: PrintedOpening, _ sizes: AsyncStream<TerminalSize>) async throws -> TerminalResult {
        let (contract, dial) = (server.contract, server.dial)
        do {
            let opened = try await dial.openSocket(
                opening.request, offering: [TerminalControl.subprotocol], within: Self.limit, by: server.pace
            ) { socket, messages in
                guard socket.subprotocol == TerminalControl.subprotocol else {
                    throw TerminalFailure("\(dial.address.origin) does not speak \(TerminalControl.subprotocol)")
                }
                let session = TerminalSession(socket, contract, local, sizes: sizes, pace: server.pace)
                return await session.run(messages, firstMessage: opening.firstMessage)
            }
            switch opened {
            case .opened(let result): return result
            case .refused(let response): throw refusal(response)
            }
        } catch let failure as TerminalFailure {
            throw failure
        } catch {
            try Task.checkCancellation()
            throw TerminalFailure("cannot reach \(dial.address.origin): \(ConnectionProblem.text(error))")
        }
    }

    private func refusal(_ response: WireResponse) -> TerminalFailure {
        let refused = server.contract.dialect.parse(response, socket: server.contract.socket)?.refused
        let words = refused?.words ?? "the server answered with status \(response.status)"
        return TerminalFailure("no terminal on \(agent.oneLine(atMost: 100)): \(words)")
    }
}
