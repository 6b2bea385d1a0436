import Synchronization
import WatchwordCore
import WatchwordDialect
import WatchwordRelay

/// One open connection to the server: the agent signs in on it, stays, and serves terminals.
final class AgentLink: Sendable {
    /// The most terminals at once; the server's own bound is lower or the same.
    static let mostTerminals = 64
    /// How often the server is pinged; after three pings that nothing answered it is given up.
    static let pingEvery = Duration.seconds(20)

    private struct State {
        var isAccepted: Bool
        var farewell: ConnectionEnd?
        var terminals: [UInt32: LinkTerminal] = [:]
        var lastTerminal: UInt32 = 0
    }

    private let contract: AgentContract
    private let socket: ClientSocket
    private let origin: String
    private let hello: AgentHello
    private let firstMessage: String?
    private let host: any TerminalHost
    private let pace: any Pace
    private let log: AgentLog
    private let state: Mutex<State>

    init(
        contract: AgentContract, socket: ClientSocket, origin: String, hello: AgentHello, firstMessage: String?,
        host: any TerminalHost, pace: any Pace, log: AgentLog
    ) {
        self.contract = contract
        self.socket = socket
        self.origin = origin
        self.hello = hello
        self.firstMessage = firstMessage
        self.host = host
        self.pace = pace
        self.log = log
        // A dialect may accept without a word.
        state = Mutex(State(isAccepted: firstMessage == nil || contract.socket.socket.accepted == nil))
    }

    private var isRelay: Bool { socket.subprotocol == RelayFrame.subprotocol }

    /// Until the connection or the task ends; every terminal has ended then. A cancelled task says good-bye (1000).
    func run(_ messages: consuming ClientMessages) async -> LinkEnd {
        var messages = messages
        let end = await withDiscardingTaskGroup { group in
            // The server is pinged while it is listened to.
            group.addTask { await self.keepAlive() }
            let end = await self.listen(&messages) { terminal in
                // Each terminal has its own pace, and none waits for another.
                group.addTask { await self.serve(terminal) }
            }
            group.cancelAll()
            return end
        }
        await socket.close(code: 1_000)
        return end
    }

    // MARK: Messages

    private func listen(_ messages: inout ClientMessages, _ open: (LinkTerminal) -> Void) async -> LinkEnd {
        do {
            // Where nothing can be sent any more, what the server said before is still to be read.
            if let firstMessage { try? await socket.send(text: firstMessage) }
            if state.withLock(\.isAccepted) { await enter(as: nil) }
            while let event = try await messages.next() {
                switch event {
                case .closed(let code, let reason):
                    let (accepted, farewell) = state.withLock { ($0.isAccepted, $0.farewell) }
                    return .closed(
                        code: code, reason: reason.oneLine(atMost: 123), accepted: accepted, farewell: farewell)
                case .text(let text): await take(text)
                case .binary(let bytes): try take(bytes, open)
                }
            }
            return .lost(Task.isCancelled ? "stopped" : "it closed the connection")
        } catch let violation as RelayViolation {
            await socket.close(code: violation.closeCode, reason: violation.reason)
            return .lost("the server broke the relay's rules: \(violation.reason)")
        } catch {
            return .lost(ConnectionProblem.text(error))
        }
    }

    private func take(_ text: String) async {
        switch contract.socket.parse(text) {
        case .accepted(let facts):
            guard
                state.withLock({ state in
                    defer { state.isAccepted = true }
                    return !state.isAccepted
                })
            else { return }
            await enter(as: facts[.agent(.id)]?.string)
        case .ping(let answer):
            if let answer { try? await socket.send(text: answer) }
        case .farewell(let end): state.withLock { $0.farewell = end }
        case .refused, .other: break
        }
    }

    /// The server has let the agent in.
    private func enter(as id: String?) async {
        if isRelay { try? await socket.send(RelayFrame(0, .hello(hello.text)).bytes) }
        let isTerminal = contract.socket.socket.relay == .person && hello.terminal
        let note = !isTerminal || isRelay ? "" : "; the server has no terminals for it"
        log("online at \(origin) as \(id.map { "agent \($0.oneLine(atMost: 100))" } ?? hello.name)\(note)")
    }

    private func take(_ bytes: [UInt8], _ open: (LinkTerminal) -> Void) throws {
        // Without a relay a binary message means nothing to an agent.
        guard isRelay else { return }
        guard let frame = RelayFrame(bytes) else { throw RelayViolation.malformed }
        let terminal = state.withLock { $0.terminals[frame.terminal] }
        // What crosses the end of a terminal on its way is for none.
        switch frame.content {
        case .open(let size, let who): try take(frame.terminal, size, who, open)
        case .data(let bytes):
            guard terminal?.receive(bytes) ?? true else { throw RelayViolation.beyondCredit }
        case .credit(let count):
            guard terminal?.add(count) ?? true else { throw RelayViolation.beyondWindow }
        case .resize(let size): terminal?.resize(size)
        case .close: terminal?.end()
        case .hello, .opened, .refused, .exit: throw RelayViolation.misplaced
        }
    }

    private func take(
        _ number: UInt32, _ size: TerminalSize, _ who: String, _ open: (LinkTerminal) -> Void
    ) throws {
        let terminal = LinkTerminal(number, size: size, who: who.oneLine(atMost: 128))
        let isRoom = try state.withLock { state in
            guard number > state.lastTerminal else { throw RelayViolation.misplaced }
            state.lastTerminal = number
            guard state.terminals.count < Self.mostTerminals else { return false }
            state.terminals[number] = terminal
            return true
        }
        guard isRoom else {
            socket.sendLast(RelayFrame(number, .refused("This agent has as many terminals as it can")).bytes)
            return
        }
        open(terminal)
    }

    // MARK: Beside the messages

    private func serve(_ terminal: LinkTerminal) async {
        let start = pace.elapsed
        let end = await terminal.run(on: host, over: socket) {
            self.log("terminal \(terminal.number) opened by \(terminal.who)")
        }
        state.withLock { _ = $0.terminals.removeValue(forKey: terminal.number) }
        switch end {
        case .refused(let reason): log("terminal \(terminal.number) refused to \(terminal.who): \(reason)")
        case .ended(let status):
            let how = status < 0 ? "signal \(-status)" : "exit \(status)"
            log("terminal \(terminal.number) of \(terminal.who) ended after \((pace.elapsed - start).shown): \(how)")
        }
    }

    private func keepAlive() async {
        var unanswered = 0
        while (try? await pace.wait(Self.pingEvery)) != nil {
            unanswered = socket.takeHeard() ? 0 : unanswered + 1
            if unanswered >= 3 { return socket.abandon() }
            socket.ping()
        }
    }
}
