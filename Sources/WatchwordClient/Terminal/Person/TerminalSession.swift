import Synchronization
import WatchwordCore
import WatchwordDialect
import WatchwordRelay

/// A person's open socket and the terminal where they sit, joined.
final class TerminalSession: Sendable {
    /// How often the server is pinged; after three pings that nothing answered it is given up.
    static let pingEvery = Duration.seconds(20)
    /// How often the end of an input that is no terminal is told, until the program has ended.
    static let endEvery = Duration.seconds(1)
    static let help = "~. leaves, ~~ types a tilde, ~? shows this; each at the start of a line\r\n"

    private struct State {
        var isLeaving = false
        var status: Int32?
        var refusal: String?
    }

    private let socket: ClientSocket
    private let contract: TerminalContract
    private let local: LocalTerminal
    private let sizes: AsyncStream<TerminalSize>
    private let pace: any Pace
    private let state = Mutex(State())

    init(
        _ socket: ClientSocket, _ contract: TerminalContract, _ local: LocalTerminal,
        sizes: AsyncStream<TerminalSize>, pace: any Pace
    ) {
        self.socket = socket
        self.contract = contract
        self.local = local
        self.sizes = sizes
        self.pace = pace
    }

    /// Until the program ends, the person leaves, the connection or the task ends. The terminal where they sit is as
    /// it was then.
    func run(_ messages: consuming ClientMessages, firstMessage: String?) async -> TerminalResult {
        var messages = messages
        defer { local.restore() }
        return await withDiscardingTaskGroup { group in
            // The server is pinged while it is listened to.
            group.addTask { await self.keepAlive() }
            let result = await self.listen(&messages, firstMessage) {
                // What is typed and how large the window is goes one way while output comes the other.
                group.addTask { await self.passInput() }
                group.addTask { await self.passSizes() }
            }
            group.cancelAll()
            return result
        }
    }

    // MARK: From the server

    private func listen(
        _ messages: inout ClientMessages, _ firstMessage: String?, _ opened: () -> Void
    ) async -> TerminalResult {
        do {
            if let firstMessage { try await socket.send(text: firstMessage) }
            while let event = try await messages.next() {
                switch event {
                case .binary(let bytes): try await local.write(bytes)
                case .text(let text): try await take(text, opened)
                case .closed(let code, let reason):
                    return ended(TerminalFailure(closeCode: code, reason: reason, contract.socket))
                }
            }
            return ended(TerminalFailure("the connection is lost"))
        } catch is LocalTerminal.OutputClosed {
            await socket.close(code: 1_000)
            return .failed(TerminalFailure("nobody takes the output any more"))
        } catch {
            return ended(TerminalFailure("the connection is lost: \(ConnectionProblem.text(error))"))
        }
    }

    private func take(_ text: String, _ opened: () -> Void) async throws {
        switch TerminalControl(text) {
        case .opened:
            local.enterRaw()
            opened()
        case .exit(let status): state.withLock { $0.status = status }
        case .refused(let why): state.withLock { $0.refusal = why }
        case .resize, .authenticate, nil:
            if case .ping(let answer?) = contract.socket.parse(text) { try await socket.send(text: answer) }
        }
    }

    /// What was said before it ended tells more than how it ended.
    private func ended(_ failure: TerminalFailure) -> TerminalResult {
        let state = state.withLock(\.self)
        if let status = state.status { return .exited(status) }
        if state.isLeaving { return .left }
        guard let refusal = state.refusal else { return .failed(failure) }
        return .failed(TerminalFailure("the agent gives no terminal: \(refusal.oneLine(atMost: 512))"))
    }

    // MARK: To the server

    private func passInput() async {
        var escape = EscapeReader()
        let isTerminal = local.isTerminal
        var last: UInt8 = 10
        do {
            while let typed = try await local.read() {
                last = typed.last ?? last
                for meaning in isTerminal ? escape.take(typed) : [.bytes(typed)] {
                    switch meaning {
                    case .bytes(let bytes): try await socket.send(bytes)
                    case .help: try await local.write(Array(Self.help.utf8))
                    case .leave: return await leave()
                    }
                }
            }
            guard !isTerminal else { return await leave() }
            // A terminal knows an end only as Ctrl-D, which ends a line that is begun and only then the input, and that
            // for one of the programs that read it.
            try await socket.send(last == 10 ? [4] : [4, 4])
            while true {
                try await pace.wait(Self.endEvery)
                try await socket.send([4])
            }
        } catch {
            // The socket or the task has ended, which the listener sees.
        }
    }

    private func leave() async {
        state.withLock { $0.isLeaving = true }
        await socket.close(code: 1_000)
        socket.abandon()
    }

    private func passSizes() async {
        for await size in sizes {
            guard (try? await socket.send(text: TerminalControl.resize(size).text)) != nil else { return }
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
