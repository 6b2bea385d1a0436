import WatchwordCore

/// What is written down of a terminal: when, how much and how it ended, and nothing of what was said.
struct TerminalOutcome: Hashable, Sendable {
    var agent: AgentKey
    var openedAt: Timestamp
    var endedAt: Timestamp
    /// Whether the agent ever started it.
    var started: Bool
    /// Bytes that were passed on from the person to the agent.
    var bytesIn: Int
    /// Bytes that were passed on from the agent to the person.
    var bytesOut: Int
    var end: TerminalEnd
}
