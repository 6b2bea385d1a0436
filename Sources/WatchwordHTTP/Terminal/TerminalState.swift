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
    /// Frames that the agent's outlet has and has not taken yet.
    private var framesInOutlet = 0
    /// Who waits for the agent.
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Bytes for the person that their outlet has no room for, in pieces of at most `RelayFrame.largestData`.
    private var pieces: [[UInt8]] = []
    /// Messages that the person's outlet has and has not taken yet.
    private var messagesInOutlet = 0
    /// Whether somebody carries out steps now. It is one at a time, so that they keep their order without a lock.
    private var isStepping = false
    /// Whether the last step was taken.
    private var isClosed = false

    /// Whoever waited; nothing where it has ended before.
    mutating func end(_ end: TerminalEnd, at now: Timestamp) -> [CheckedContinuation<Void, Never>]? {
        guard ended == nil else { return nil }
        ended = (end, now)
        if end == .left { pieces = [] }
        defer { waiting = [] }
        return waiting
    }

    /// False where it was started before.
    mutating func start() -> Bool {
        guard !isStarted else { return false }
        isStarted = true
        return true
    }
}

// MARK: To the agent
extension TerminalState {
    enum Turn { case go(Int), wait, over }

    /// Whether the next frame may go, and with how many of `count` bytes.
    mutating func turn(_ count: Int) -> Turn {
        if ended != nil { return .over }
        guard framesInOutlet < Terminal.framesInOutlet else { return .wait }
        let spent = window.spend(count)
        guard spent > 0 || count == 0 else { return .wait }
        framesInOutlet += 1
        bytesIn += spent
        return .go(spent)
    }

    /// Waits until something changes that `turn(count)` depends on. False where nothing need be waited for.
    mutating func wait(_ count: Int, _ continuation: CheckedContinuation<Void, Never>) -> Bool {
        guard ended == nil, framesInOutlet >= Terminal.framesInOutlet || (count > 0 && window.toSend == 0) else {
            return false
        }
        waiting.append(continuation)
        return true
    }

    mutating func release() -> [CheckedContinuation<Void, Never>] {
        defer { waiting = [] }
        return waiting
    }

    mutating func frameTaken() -> [CheckedContinuation<Void, Never>] {
        framesInOutlet -= 1
        return release()
    }

    /// Nothing where that is more credit than can be.
    mutating func add(credit: UInt32) -> [CheckedContinuation<Void, Never>]? {
        window.add(credit) ? release() : nil
    }
}

// MARK: To the person
extension TerminalState {
    enum Step { case show([UInt8]), close(TerminalEnd) }

    /// False where there was no credit for so many bytes.
    mutating func show(_ bytes: [UInt8]) -> Bool {
        guard window.receive(bytes.count) else { return false }
        if bytes.isEmpty || ended != nil { return true }
        if let last = pieces.indices.last, pieces[last].count + bytes.count <= RelayFrame.largestData {
            pieces[last] += bytes
        } else {
            pieces.append(bytes)
        }
        return true
    }

    /// Whether the caller is to carry out the steps, until there is none.
    mutating func beginStepping() -> Bool {
        guard !isStepping else { return false }
        isStepping = true
        return true
    }

    /// What to do next; nothing, and the stepping has ended, where there is nothing to do or no room.
    mutating func step() -> Step? {
        if !pieces.isEmpty, messagesInOutlet < Terminal.messagesInOutlet {
            messagesInOutlet += 1
            let piece = pieces.removeFirst()
            bytesOut += piece.count
            return .show(piece)
        }
        // Not before the last bytes are taken: a closing handshake has less time than a slow person may need for them.
        if pieces.isEmpty, messagesInOutlet == 0, let ended, !isClosed {
            isClosed = true
            return .close(ended.how)
        }
        isStepping = false
        return nil
    }

    /// The credit to give the agent: 0 for none. Bytes that never left earn none.
    mutating func shown(_ count: Int, _ left: Bool) -> UInt32 {
        messagesInOutlet -= 1
        guard left else { return 0 }
        let credit = window.pass(count)
        return ended == nil ? credit : 0
    }
}
