import WatchwordCore

/// What the sockets of all listeners of a process share: their limits, and the relay between people and agents.
public struct SocketHub: Sendable {
    public let limits: SocketLimits
    let relay: TerminalRelay

    public init(limits: SocketLimits = SocketLimits(), clock: any WallClock) {
        self.limits = limits
        relay = TerminalRelay(clock: clock)
    }
}
