import Synchronization
import WatchwordCore
import WatchwordRelay

/// A terminal of a person at an agent, as the server passes it on.
///
/// `receive` waits while too much waits for the agent, and `watch` for the agent to be late; nothing else waits. `receive`
/// is called by one caller at a time, and so are the agent's frames; the rest from any thread. No lock is held while an
/// outlet is called.
final class Terminal: Sendable {
    /// How many messages may stand in the person's outlet: of the largest, a window. What comes from the agent beyond
    /// that is put together here, so that a slow person costs a window of memory however small the pieces are.
    static let messagesInOutlet = RelayFrame.initialCredit / RelayFrame.largestData
    /// How many frames of one terminal may stand in the agent's outlet, beyond which its person is not read: of as many
    /// terminals as an agent may have, 3 MiB, which is less than an outlet holds before its peer counts as too slow.
    static let framesInOutlet = 3
    /// How many bytes of a person may wait for the agent, beyond which their socket is not read: enough to find a new
    /// token, a ping or a close behind what is typed while the agent gives no credit.
    static let readAhead = RelayFrame.initialCredit

    /// On the agent's connection.
    let number: UInt32
    let link: AgentLink
    let mode: TerminalMode
    let outlet: any SocketOutlet
    let offline: @Sendable () -> Void
    private let openedAt: Timestamp
    private let clock: any WallClock
    let state = Mutex(TerminalState(askedAt: .now))

    init(
        number: UInt32, link: AgentLink, mode: TerminalMode, outlet: any SocketOutlet, clock: any WallClock,
        offline: @escaping @Sendable () -> Void
    ) {
        self.number = number
        self.link = link
        self.mode = mode
        self.outlet = outlet
        self.clock = clock
        self.offline = offline
        openedAt = clock.now()
    }

    /// The person's connection is over; the agent is told, unless the terminal has ended before. Gives what is written
    /// down of it, the same however often it is asked.
    @discardableResult
    func detach() -> TerminalOutcome {
        end(.left)
        return state.withLock { state in
            TerminalOutcome(
                agent: link.agent, openedAt: openedAt, endedAt: state.ended?.at ?? openedAt, started: state.isStarted,
                bytesIn: state.bytesIn, bytesOut: state.bytesOut, end: state.ended?.how ?? .left)
        }
    }

    /// The first end counts. Whoever waits is released, the number is forgotten, and the person's outlet is closed
    /// as soon as it has taken the last bytes of the agent.
    func end(_ end: TerminalEnd) {
        let now = clock.now()
        guard let waiting = state.withLock({ $0.end(end, at: now) }) else { return }
        for each in waiting { each.resume() }
        link.forget(number)
        if end.isNews { link.send(RelayFrame(number, .close(end.word))) }
        drain()
    }
}
