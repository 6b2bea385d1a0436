/// What comes of asking for a terminal.
enum TerminalOpening: Sendable {
    /// Asked of the agent, which has yet to start or refuse it.
    case opened(Terminal)
    /// The agent is not connected to this process, or has not said what it is yet.
    case offline
    /// The agent's program gives no terminals.
    case unavailable
    /// The agent has as many as it may.
    case busy
}
