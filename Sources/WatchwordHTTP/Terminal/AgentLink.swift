import Synchronization
import WatchwordCore
import WatchwordRelay

/// The connection of one agent, and the terminals that go over it.
///
/// `receive` is called by one caller at a time, in the order in which messages came; the rest from any thread. No lock
/// that others want is held while an outlet is called.
final class AgentLink: Sendable {
    let agent: AgentKey
    /// Of the connection's record.
    let number: UInt64
    private let outlet: any SocketOutlet
    private let clock: any WallClock
    private let detached: @Sendable (AgentLink) -> Void

    private struct State {
        var hello: AgentHello?
        var isDetached = false
        var lastNumber: UInt32 = 0
        var terminals: [UInt32: Terminal] = [:]
    }
    private let state = Mutex(State())
    /// Held from the giving of a number until the agent is asked, so that numbers come to it in ascending order.
    private let openings = Mutex(())

    init(
        agent: AgentKey, number: UInt64, outlet: any SocketOutlet, clock: any WallClock,
        detached: @escaping @Sendable (AgentLink) -> Void
    ) {
        self.agent = agent
        self.number = number
        self.outlet = outlet
        self.clock = clock
        self.detached = detached
    }

    /// What the agent's program says of itself; nothing before it has.
    var hello: AgentHello? { state.withLock { $0.hello } }

    /// A message of the agent. What it gives back ends the connection, with its close code and reason. Frames of a
    /// terminal that has ended are passed over: they crossed its end on their way.
    func receive(_ message: SocketMessage) -> RelayViolation? {
        guard case .binary(let bytes) = message else { return .notBinary }
        guard let frame = RelayFrame(bytes) else { return .malformed }
        if case .hello(let text) = frame.content { return greet(text, frame.terminal) }
        let (greeted, terminal) = state.withLock { ($0.hello != nil, $0.terminals[frame.terminal]) }
        guard greeted, frame.terminal != 0 else { return .misplaced }
        switch frame.content {
        case .hello, .open, .resize: return .misplaced
        case .opened: return terminal?.started()
        case .refused(let why): return terminal?.refused(why)
        case .data(let bytes): return terminal?.take(bytes)
        case .credit(let count): return terminal?.add(credit: count)
        case .exit(let status): return terminal?.exited(status)
        case .close(let why):
            terminal?.end(.givenUp(why))
            return nil
        }
    }

    /// The connection is over: every terminal's person is told. Once or more often.
    func detach() {
        let terminals = state.withLock { state in
            state.isDetached = true
            defer { state.terminals = [:] }
            return state.terminals.values
        }
        detached(self)
        for terminal in terminals { terminal.end(.agentOffline) }
    }

    func open(
        size: TerminalSize, who: String, mode: TerminalMode, outlet: any SocketOutlet,
        offline: @escaping @Sendable () -> Void
    ) -> TerminalOpening {
        openings.withLock { _ in
            let opening = add { number in
                Terminal(number: number, link: self, mode: mode, outlet: outlet, clock: clock, offline: offline)
            }
            if case .opened(let terminal) = opening {
                send(RelayFrame(terminal.number, .open(size, who: who.oneLine(atMost: AgentHello.longestMember))))
            }
            return opening
        }
    }

    private func add(_ terminal: (UInt32) -> Terminal) -> TerminalOpening {
        state.withLock { state in
            guard let hello = state.hello, !state.isDetached else { return .offline }
            guard hello.terminal else { return .unavailable }
            // A number is given once, so what is late for one terminal never reaches another.
            guard state.terminals.count < TerminalRelay.terminalsPerAgent, state.lastNumber < .max else { return .busy }
            state.lastNumber += 1
            let terminal = terminal(state.lastNumber)
            state.terminals[state.lastNumber] = terminal
            return .opened(terminal)
        }
    }

    func send(_ frame: RelayFrame, taken: (@Sendable (Bool) -> Void)? = nil) {
        outlet.send(.binary(frame.bytes), taken: taken)
    }

    /// The terminal has ended: its number means nothing from now on.
    func forget(_ number: UInt32) { state.withLock { $0.terminals[number] = nil } }

    private func greet(_ text: String, _ terminal: UInt32) -> RelayViolation? {
        guard terminal == 0 else { return .misplaced }
        guard let hello = AgentHello(text) else { return .malformed }
        return state.withLock { state in
            guard state.hello == nil else { return .misplaced }
            state.hello = hello
            return nil
        }
    }
}
