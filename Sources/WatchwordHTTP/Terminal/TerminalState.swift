import WatchwordCore
import WatchwordRelay

/// What a terminal's lock guards: decisions are taken here, and carried out by who asked.
struct TerminalState {
    private(set) var isStarted = false
    private(set) var ended: (how: TerminalEnd, at: Timestamp)?
    /// Bytes passed on from and to the person.
    private(set) var bytesIn = 0
    private(set) var bytesOut = 0

    private var window = CreditWindow()
    /// Of the person, for the agent: what there is no credit or no room for yet.
    private var input = ByteQueue()
    /// The last size that the agent has yet to be told.
    private var size: TerminalSize?
    /// Frames that the agent's outlet has and has not taken yet.
    private var framesInOutlet = 0
    /// Who waits for room in `input`.
    private var waiting: [CheckedContinuation<Void, Never>] = []
    /// When the agent was asked for it.
    private let askedAt: ContinuousClock.Instant
    /// Since when the first of `input` waits for an agent that has started the terminal.
    private var waitsSince: ContinuousClock.Instant

    /// Of the agent, for the person: what their outlet has no room for yet.
    private var output = ByteQueue()
    /// Messages that the person's outlet has and has not taken yet.
    private var messagesInOutlet = 0
    /// Whether somebody carries out steps now. It is one at a time, so that they keep their order without a lock.
    private var isStepping = false
    /// Whether the last step was taken.
    private var isClosed = false

    init(askedAt: ContinuousClock.Instant) {
        self.askedAt = askedAt
        waitsSince = askedAt
    }

    /// Whoever waited; nothing where it has ended before.
    mutating func end(_ end: TerminalEnd, at now: Timestamp) -> [CheckedContinuation<Void, Never>]? {
        guard ended == nil else { return nil }
        ended = (end, now)
        input.removeAll()
        if end == .left { output.removeAll() }
        return release()
    }

    /// False where it was started before.
    mutating func start(_ now: ContinuousClock.Instant) -> Bool {
        guard !isStarted else { return false }
        isStarted = true
        waitsSince = now
        return true
    }
}

// MARK: To the agent
extension TerminalState {
    mutating func put(_ bytes: [UInt8], _ now: ContinuousClock.Instant) {
        guard ended == nil else { return }
        if input.isEmpty { waitsSince = now }
        input.append(bytes)
    }

    mutating func resize(_ size: TerminalSize) { self.size = size }

    private var hasRoom: Bool { ended != nil || input.count <= Terminal.readAhead }

    var waitingForRoom: Int { waiting.count }

    /// Waits until no more input waits than may. False where nothing need be waited for.
    mutating func wait(_ continuation: CheckedContinuation<Void, Never>) -> Bool {
        guard !hasRoom else { return false }
        waiting.append(continuation)
        return true
    }

    mutating func release() -> [CheckedContinuation<Void, Never>] {
        defer { waiting = [] }
        return waiting
    }

    /// The next frame for the agent; nothing while it may have none. A size is told before what waits for credit.
    private mutating func frame(_ now: ContinuousClock.Instant) -> RelayFrame.Content? {
        guard ended == nil, framesInOutlet < Terminal.framesInOutlet else { return nil }
        if let size {
            self.size = nil
            framesInOutlet += 1
            return .resize(size)
        }
        let count = window.spend(input.count)
        guard count > 0 else { return nil }
        framesInOutlet += 1
        bytesIn += count
        waitsSince = now
        return .data(input.take(count))
    }

    mutating func frameTaken() { framesInOutlet -= 1 }

    /// False where that is more credit than can be.
    mutating func add(credit: UInt32) -> Bool { window.add(credit) }
}

// MARK: To the person
extension TerminalState {
    /// False where there was no credit for so many bytes.
    mutating func show(_ bytes: [UInt8]) -> Bool {
        guard window.receive(bytes.count) else { return false }
        if ended == nil { output.append(bytes) }
        return true
    }

    /// The credit to give the agent: 0 for none. Bytes that never left earn none.
    mutating func shown(_ count: Int, _ left: Bool) -> UInt32 {
        messagesInOutlet -= 1
        guard left else { return 0 }
        let credit = window.pass(count)
        return ended == nil ? credit : 0
    }
}

// MARK: Steps
extension TerminalState {
    enum Step {
        /// Whoever waited for room is let go with it.
        case tell(RelayFrame.Content, [CheckedContinuation<Void, Never>])
        case show([UInt8])
        case close(TerminalEnd)
    }

    /// Whether the caller is to carry out the steps, until there is none.
    mutating func beginStepping() -> Bool {
        guard !isStepping else { return false }
        isStepping = true
        return true
    }

    /// What to do next; nothing, and the stepping has ended, where there is nothing to do or no room.
    mutating func step(_ now: ContinuousClock.Instant) -> Step? {
        if let frame = frame(now) { return .tell(frame, hasRoom ? release() : []) }
        if !output.isEmpty, messagesInOutlet < Terminal.messagesInOutlet {
            messagesInOutlet += 1
            let piece = output.take(RelayFrame.largestData)
            bytesOut += piece.count
            return .show(piece)
        }
        // Not before the last bytes are taken: a closing handshake has less time than a slow person may need for them.
        if output.isEmpty, messagesInOutlet == 0, let ended, !isClosed {
            isClosed = true
            return .close(ended.how)
        }
        isStepping = false
        return nil
    }
}

// MARK: Deadlines
extension TerminalState {
    enum Due: Equatable {
        /// The agent is late.
        case end(TerminalEnd)
        /// To be looked at again then, and not before.
        case later(ContinuousClock.Instant)
        /// Nothing any more.
        case nothing
    }

    /// What is due of the agent. Whatever happens before the moment of `later`, nothing is late by then.
    func due(_ now: ContinuousClock.Instant, _ limits: SocketLimits) -> Due {
        if ended != nil { return .nothing }
        // What begins to wait after now is not late sooner.
        var next = now + limits.terminalInputTime
        if !isStarted {
            next = min(next, askedAt + limits.terminalOpenTime)
        } else if !input.isEmpty {
            next = min(next, waitsSince + limits.terminalInputTime)
        }
        if next > now { return .later(next) }
        return .end(isStarted ? .untaken : .unanswered)
    }
}
