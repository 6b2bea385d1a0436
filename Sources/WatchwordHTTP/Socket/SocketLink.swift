import NIOCore
import Synchronization
import WatchwordCore
import WatchwordEngine

/// One WebSocket as the rest of the process holds it: to send by, to end, and to be told when it expires.
///
/// Everything may be called from any thread, before the upgrade and after the end. What is asked for is done on the
/// connection's event loop in the order of the asking; several askings wake it once.
final class SocketLink: SocketOutlet, LiveConnection {
    /// What is said to a client at an end of ours: a last message, the close code and its reason.
    typealias Farewell = @Sendable (ConnectionEnd) -> (message: String?, closeCode: Int, reason: String)

    enum Command: Sendable {
        case send(ByteBuffer, taken: (@Sendable (Bool) -> Void)?)
        case close(SocketClose, last: ByteBuffer?)
        case end(ConnectionEnd)
        case expire(Timestamp?)
        case adjust(SocketSettings)
        case abort
    }

    private struct State {
        var handler: NIOLoopBound<SocketHandler>?
        var commands: [Command] = []
        /// Whether the event loop has been told that there are commands.
        var isAwaited = false
        /// Sent and not taken.
        var pendingBytes = 0
        var pendingBound: Int
        /// Whether it was ended from this side.
        var isEnded = false
        /// Whether the connection is gone.
        var isOver = false
        var ending: SocketEnding?
        var farewell: Farewell?
        var watcher: (@Sendable () -> Void)?

        /// Whom to tell that it has come to its end, if nobody has been told.
        mutating func ended(_ ending: SocketEnding) -> (@Sendable () -> Void)? {
            self.ending = self.ending ?? ending
            defer { watcher = nil }
            return watcher
        }

        /// Whether there is anybody left to do it, and what to wake if it is not awake already.
        mutating func post(_ command: Command) -> (Bool, NIOLoopBound<SocketHandler>?) {
            guard !isOver else { return (false, nil) }
            commands.append(command)
            guard !isAwaited, let handler else { return (true, nil) }
            isAwaited = true
            return (true, handler)
        }
    }

    private let state: Mutex<State>

    init(pendingBytes: Int = SocketSettings().pendingBytes) { state = Mutex(State(pendingBound: pendingBytes)) }

    deinit {
        // Without an upgrade nobody else would tell those who wait for what was sent.
        over(.lost)
    }

    /// Whether it was ended from this side: what a client sent since is not to be acted on.
    var isEnded: Bool { state.withLock { $0.isEnded } }

    /// How it came to its end; nothing while it has not.
    var ending: SocketEnding? { state.withLock { $0.ending } }

    /// The words of the ends that come from now on. Without, each cause has its own code and reason.
    func onEnd(_ farewell: @escaping Farewell) {
        state.withLock { if !$0.isOver { $0.farewell = farewell } }
    }

    /// Calls `act` once, as soon as it has come to its end, whoever ended it: at once if it has. For whoever waits for
    /// something else than the next message.
    func whenEnded(_ act: @escaping @Sendable () -> Void) {
        let isEnded = state.withLock { state in
            guard state.ending == nil else { return true }
            state.watcher = act
            return false
        }
        if isEnded { act() }
    }

    // MARK: To the client

    func send(_ message: SocketMessage, taken: (@Sendable (Bool) -> Void)?) {
        let bytes = SocketFrame.bytes(message)
        let cost = Self.cost(bytes)
        let fits = state.withLock { state in
            guard !state.isEnded, !state.isOver else { return nil as Bool? }
            guard state.pendingBytes + cost <= state.pendingBound else { return false }
            state.pendingBytes += cost
            return true
        }
        if fits == true { return post(.send(bytes, taken: taken)) }
        if fits == false { end(.tooSlow) }
        taken?(false)
    }

    func close(code: Int, reason: String, last: SocketMessage?) {
        end(.closed(code), .close(SocketClose(code, reason), last: last.map(SocketFrame.bytes)))
    }

    func end(_ end: ConnectionEnd) { self.end(.byServer(end), .end(end)) }

    /// At once and without a word.
    func abort() { end(.lost, .abort) }

    func expire(at moment: Timestamp?) { post(.expire(moment)) }

    /// Other bounds from now on: those of a client that has authenticated.
    func adjust(_ settings: SocketSettings) {
        state.withLock { $0.pendingBound = settings.pendingBytes }
        post(.adjust(settings))
    }

    private func end(_ ending: SocketEnding, _ command: Command) {
        let watcher = state.withLock { state -> (@Sendable () -> Void)?? in
            guard !state.isEnded || ending == .lost else { return nil }
            state.isEnded = true
            return .some(state.ended(ending))
        }
        guard let watcher else { return }
        post(command)
        watcher?()
    }

    private func post(_ command: Command) {
        let (isPosted, handler) = state.withLock { $0.post(command) }
        wake(handler)
        if !isPosted, case .send(_, let taken?) = command { taken(false) }
    }

    private func wake(_ handler: NIOLoopBound<SocketHandler>?) {
        handler?.eventLoop.execute { handler?.value.obey() }
    }
}

// MARK: For the handler, on its event loop

extension SocketLink {
    /// From now on what is asked for is done.
    func bind(_ handler: NIOLoopBound<SocketHandler>) {
        state.withLock { if !$0.isOver { $0.handler = handler } }
    }

    /// What was asked for since.
    func takeCommands() -> [Command] {
        state.withLock { state in
            state.isAwaited = false
            defer { state.commands = [] }
            return state.commands
        }
    }

    /// What was sent is taken, or never will be.
    func release(_ cost: Int) { state.withLock { $0.pendingBytes -= cost } }

    /// What a message takes until it is taken: its bytes, and what is kept about it.
    static func cost(_ bytes: ByteBuffer) -> Int { bytes.readableBytes + 512 }

    func farewell(_ end: ConnectionEnd) -> (message: String?, closeCode: Int, reason: String) {
        // Called without the lock: it is the words of somebody else.
        let farewell = state.withLock { $0.farewell }
        return farewell?(end) ?? (nil, end.closeCode, end.reason)
    }

    /// It has come to its end. `isHeard`: whether what the client sent before is still to be handed out.
    func ended(_ ending: SocketEnding, isHeard: Bool) {
        let watcher = state.withLock { state in
            if !isHeard { state.isEnded = true }
            return state.ended(ending)
        }
        watcher?()
    }

    /// The connection is gone, or will never be. What was not sent by now never will be.
    func over(_ ending: SocketEnding) {
        let (left, watcher) = state.withLock { state in
            state.isOver = true
            state.handler = nil
            state.farewell = nil
            defer { state.commands = [] }
            return (state.commands, state.ended(ending))
        }
        for case .send(_, let taken?) in left { taken(false) }
        watcher?()
    }
}
