import WatchwordCore

extension Engine {
    /// Puts on record that a person has opened a terminal of an agent.
    public func recordTerminalOpen(_ record: ConnectionRecord) {
        audit.record(event(.terminalOpen, record, at: clock.now()))
    }

    /// Puts on record that it is over, how long it lasted and how it ended.
    public func recordTerminalClose(_ record: ConnectionRecord, lasted: Lifetime, end: String) {
        var event = event(.terminalClose, record, at: clock.now())
        event.detail += ", \(lasted.seconds) s, \(end)"
        audit.record(event)
    }
}
