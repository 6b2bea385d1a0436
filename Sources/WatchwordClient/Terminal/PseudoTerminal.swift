import CPTY
import Glibc
import Synchronization
import WatchwordRelay

/// A program on a pseudo-terminal of its own, which this process started and will reap.
final class PseudoTerminal: HostedTerminal {
    /// How long a program has to end after a hang-up before it is killed.
    static let grace = Duration.seconds(5)
    /// How long one that has closed its terminal may take to end by itself.
    private static let farewell = Duration.milliseconds(500)

    private struct State: Equatable {
        /// Nothing after the hang-up.
        var side: Int32?
        /// Nothing after the program was reaped.
        var end: Int32?
        var status: Int32?
        var killAt: ContinuousClock.Instant?
    }

    private enum Output {
        case bytes([UInt8])
        case nothing(State)
        case end
    }

    private let process: pid_t
    private let grace: Duration
    private let readiness: Readiness
    /// Held through every call on the descriptors, none of which waits, so that none is closed in use.
    private let state: Mutex<State>

    init(
        _ program: TerminalProgram, _ size: TerminalSize, _ readiness: Readiness, grace: Duration = PseudoTerminal.grace
    ) throws(TerminalRefused) {
        let started = try program.start(size)
        process = started.process
        state = Mutex(State(side: started.side, end: started.end))
        self.readiness = readiness
        self.grace = grace
    }

    deinit {
        // Only where the rule was broken that whoever starts a terminal hangs up and asks for its status.
        state.withLock { state in
            if let side = state.side { close(side) }
            guard let end = state.end else { return }
            kill(process, SIGKILL)
            while waitpid(process, nil, 0) < 0, errno == EINTR { continue }
            close(end)
        }
    }

    func read() async throws -> [UInt8]? {
        while true {
            try Task.checkCancellation()
            switch available() {
            case .bytes(let bytes): return bytes
            case .end:
                // Some programs close their terminal a moment before they end: hung up then, they would seem killed.
                _ = await status(by: .now + Self.farewell)
                return nil
            case .nothing(let seen): await wait(seen, for: [seen.side, seen.end].compactMap(\.self), POLLIN)
            }
        }
    }

    func write(_ bytes: [UInt8]) async throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            try Task.checkCancellation()
            let (count, seen) = state.withLock { state in (Self.give(rest, to: state.side), state) }
            guard let count else { return }
            rest = rest.dropFirst(count)
            if count == 0 { await wait(seen, for: [seen.side].compactMap(\.self), POLLOUT) }
        }
    }

    func resize(_ size: TerminalSize) {
        state.withLock { state in
            guard let side = state.side else { return }
            _ = cpty_resize(side, size.columns, size.rows)
        }
    }

    func hangUp() {
        let before = state.withLock { state in
            let before = state
            guard let side = state.side else { return before }
            state.side = nil
            state.killAt = .now + grace
            if state.end != nil {
                // The kernel tells the session of a terminal that is closed, but not a leader that has left it.
                kill(process, SIGHUP)
                kill(process, SIGCONT)
            }
            close(side)
            return before
        }
        wake(before)
    }

    func status() async -> Int32 {
        while true {
            if let status = await status(by: nil) { return status }
        }
    }

    /// Nothing if it runs on by then, or was hung up meanwhile.
    private func status(by deadline: ContinuousClock.Instant?) async -> Int32? {
        while true {
            let (status, seen) = state.withLock { state in (reap(&state), state) }
            if let status { return status }
            if let deadline, deadline <= .now || seen.side == nil { return nil }
            let next = [deadline, seen.killAt].compactMap(\.self).min()
            await wait(seen, for: [seen.end].compactMap(\.self), POLLIN, until: next, anyway: true)
        }
    }

    /// As long as nothing has changed since `seen`: a descriptor that is closed may have become another's.
    private func wait(
        _ seen: State, for descriptors: [Int32], _ events: Int32, until deadline: ContinuousClock.Instant? = nil,
        anyway: Bool = false
    ) async {
        let interests = descriptors.map { Readiness.Interest(descriptor: $0, events: events) }
        await readiness.wait(for: interests, until: deadline, anyway: anyway) { state.withLock { $0 == seen } }
    }

    private func wake(_ before: State) {
        for descriptor in [before.side, before.end].compactMap(\.self) { readiness.wake(descriptor) }
    }

    /// What can be read without waiting.
    private func available() -> Output {
        let before = state.withLock(\.self)
        defer { if before != state.withLock(\.self) { wake(before) } }
        return state.withLock { state in
            guard let side = state.side else { return .end }
            switch Self.take(from: side) {
            case .some(let bytes) where !bytes.isEmpty: return .bytes(bytes)
            case nil: return .end
            default: break
            }
            // What it wrote before it ended is there by now; whoever else has the terminal open is not waited for.
            guard reap(&state) != nil else { return .nothing(state) }
            guard let bytes = Self.take(from: side), !bytes.isEmpty else { return .end }
            return .bytes(bytes)
        }
    }

    /// Up to the size of a frame; empty if there is nothing yet, nothing if there will be nothing more.
    private static func take(from side: Int32) -> [UInt8]? {
        var isOver = false
        let bytes = [UInt8](unsafeUninitializedCapacity: RelayFrame.largestData) { buffer, filled in
            while filled < buffer.count {
                let count = Glibc.read(side, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
                if count < 0, errno == EINTR { continue }
                // EIO: every other side of it is closed.
                isOver = count == 0 || count < 0 && errno != EAGAIN
                guard count > 0 else { return }
                filled += count
            }
        }
        return bytes.isEmpty && isOver ? nil : bytes
    }

    /// How many were taken; nothing after the end.
    private static func give(_ bytes: ArraySlice<UInt8>, to side: Int32?) -> Int? {
        guard let side else { return nil }
        while true {
            let count = bytes.withUnsafeBytes { Glibc.write(side, $0.baseAddress, $0.count) }
            if count >= 0 { return count }
            if errno == EAGAIN { return 0 }
            if errno != EINTR { return nil }
        }
    }

    /// The status of a program that has ended; one that is overdue is killed.
    private func reap(_ state: inout State) -> Int32? {
        guard let end = state.end else { return state.status }
        var raw: Int32 = 0
        let found = waitpid(process, &raw, WNOHANG)
        if found == 0 {
            if let killAt = state.killAt, killAt <= .now {
                kill(process, SIGKILL)
                state.killAt = nil
            }
            return nil
        }
        close(end)
        state.end = nil
        // With SIGCHLD ignored, which this process may have been started with, nobody knows how it ended.
        state.status = found == process ? Self.status(raw) : 255
        return state.status
    }

    /// Of what `waitpid` tells: the low seven bits are the signal that ended it, the second byte what it exits with.
    private static func status(_ raw: Int32) -> Int32 {
        let signal = raw & 0x7F
        return signal == 0 ? raw >> 8 & 0xFF : -signal
    }
}
