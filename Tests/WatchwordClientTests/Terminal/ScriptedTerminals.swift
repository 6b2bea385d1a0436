import Synchronization
import WatchwordRelay

@testable import WatchwordClient

/// Terminals without programs: a test says what they write, and sees what they were told.
final class ScriptedTerminals: TerminalHost {
    private let started = Mutex<[ScriptedTerminal]>([])
    private let refusal: String?

    /// - Parameter refusal: why every terminal is refused, if so.
    init(refusal: String? = nil) { self.refusal = refusal }

    /// Those started so far.
    var all: [ScriptedTerminal] { started.withLock(\.self) }

    func start(_ size: TerminalSize, who: String) async throws -> any HostedTerminal {
        if let refusal { throw TerminalRefused(reason: refusal) }
        let terminal = ScriptedTerminal(size, who: who)
        started.withLock { $0.append(terminal) }
        return terminal
    }
}

/// One of them: what is written to it comes back, unless the test asks otherwise.
final class ScriptedTerminal: HostedTerminal {
    let who: String
    private struct State {
        var sizes: [TerminalSize]
        var written: [UInt8] = []
        var isHungUp = false
        var status: Int32?
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>
    private let output: AsyncStream<[UInt8]>
    private let speaking: AsyncStream<[UInt8]>.Continuation
    private let isEcho: Bool

    init(_ size: TerminalSize, who: String = "somebody", isEcho: Bool = true) {
        self.who = who
        self.isEcho = isEcho
        state = Mutex(State(sizes: [size]))
        (output, speaking) = AsyncStream.makeStream()
    }

    var sizes: [TerminalSize] { state.withLock(\.sizes) }
    var written: [UInt8] { state.withLock(\.written) }
    var isHungUp: Bool { state.withLock(\.isHungUp) }

    /// The program writes.
    func say(_ text: String) { speaking.yield(Array(text.utf8)) }

    /// The program ends.
    func end(_ status: Int32) {
        let waiting = state.withLock { state in
            if state.status == nil { state.status = status }
            defer { state.waiting = [] }
            return state.waiting
        }
        speaking.finish()
        for continuation in waiting { continuation.resume() }
    }

    func read() async throws -> [UInt8]? {
        for await bytes in output { return bytes }
        try Task.checkCancellation()
        return nil
    }

    func write(_ bytes: [UInt8]) async throws {
        state.withLock { $0.written += bytes }
        if isEcho { speaking.yield(bytes) }
    }

    func resize(_ size: TerminalSize) { state.withLock { $0.sizes.append(size) } }

    func hangUp() {
        state.withLock { $0.isHungUp = true }
        end(-1)
    }

    func status() async -> Int32 {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                guard state.status == nil else { return true }
                state.waiting.append(continuation)
                return false
            }
            if isOver { continuation.resume() }
        }
        return state.withLock(\.status) ?? 0
    }
}
