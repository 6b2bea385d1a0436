import WatchwordRelay

/// How a terminal came to its end.
enum TerminalEnd: Hashable, Sendable {
    /// The program ended, with its exit status, or the number of the signal as a negative.
    case exited(Int32)
    /// The agent did not start it, and says why.
    case refused(String)
    /// The agent's program gave it up without an exit status, and says why.
    case givenUp(String)
    /// The agent neither started nor refused it in time.
    case unanswered
    /// The agent took none of the input that waited for it, for too long.
    case untaken
    /// The agent's connection ended.
    case agentOffline
    /// The person's connection ended.
    case left
    /// The person's client sent a text that is no control message.
    case misspoken

    /// The most bytes of the message of `refused`.
    static let longestMessage = 512
    /// The most bytes of a close frame's reason (RFC 6455 section 5.5 and 7.1.6).
    static let longestReason = 123

    /// The close frame for the person; nothing where the relay does not close their socket.
    var close: (code: Int, reason: String)? {
        switch self {
        case .exited(let status): (1_000, "exit \(status)")
        case .refused(let why): (TerminalClose.refused.rawValue, why.oneLine(atMost: Self.longestReason))
        case .givenUp(let why): (TerminalClose.givenUp.rawValue, why.oneLine(atMost: Self.longestReason))
        case .unanswered: (TerminalClose.unanswered.rawValue, TerminalClose.unanswered.reason)
        case .untaken: (TerminalClose.untaken.rawValue, TerminalClose.untaken.reason)
        case .misspoken: (1_003, "Not a control message")
        case .agentOffline, .left: nil
        }
    }

    /// Whether the agent is to be told: it does not know.
    var isNews: Bool {
        switch self {
        case .unanswered, .untaken, .left, .misspoken: true
        case .exited, .refused, .givenUp, .agentOffline: false
        }
    }

    /// For the audit and for the agent: of ours, never of the agent's words.
    var word: String {
        switch self {
        case .exited(let status): "exit \(status)"
        case .refused: "refused"
        case .givenUp: "given up"
        case .unanswered: "not answered"
        case .untaken: "input not taken"
        case .agentOffline: "agent offline"
        case .left: "left"
        case .misspoken: "misspoken"
        }
    }
}
