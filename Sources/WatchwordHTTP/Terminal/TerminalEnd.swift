import WatchwordRelay

/// How a terminal came to its end.
enum TerminalEnd: Hashable, Sendable, CustomStringConvertible {
    /// The program ended, with its exit status, or the number of the signal as a negative.
    case exited(Int32)
    /// The agent did not start it, and says why.
    case refused(String)
    /// The agent's program gave it up without an exit status, and says why.
    case closed(String)
    /// The agent's connection ended.
    case agentOffline
    /// The person's connection ended.
    case left
    /// The person's client sent a text that is no control message.
    case misspoken

    /// Codes of its own where neither the RFC nor `ConnectionEnd` has one; as permanent as those.
    static let refusedCode = 4_012
    static let closedCode = 4_013
    /// The most bytes of the message of `refused`.
    static let longestMessage = 512
    /// The most bytes of a close frame's reason (RFC 6455 section 5.5 and 7.1.6).
    static let longestReason = 123

    /// The close frame for the person; nothing where the relay does not close their socket.
    var close: (code: Int, reason: String)? {
        switch self {
        case .exited(let status): (1_000, "exit \(status)")
        case .refused(let why): (Self.refusedCode, why.oneLine(atMost: Self.longestReason))
        case .closed(let why): (Self.closedCode, why.oneLine(atMost: Self.longestReason))
        case .misspoken: (1_003, "Not a control message")
        case .agentOffline, .left: nil
        }
    }

    /// For the audit: one line.
    var description: String {
        switch self {
        case .exited(let status): "exit \(status)"
        case .refused(let why): "refused: \(why.oneLine(atMost: Self.longestReason))"
        case .closed(let why): "closed: \(why.oneLine(atMost: Self.longestReason))"
        case .agentOffline: "agent offline"
        case .left: "left"
        case .misspoken: "misspoken"
        }
    }
}
