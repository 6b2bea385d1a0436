/// The close codes of a person's socket that are a terminal's own: of the private range (RFC 6455 section 7.4.2), beside
/// those of `ConnectionEnd` and as permanent. A terminal whose program ends is closed with 1000.
public enum TerminalClose: Int, Hashable, Sendable, CaseIterable {
    /// The agent did not start it. The reason is the agent's.
    case refused = 4_012
    /// The agent gave it up without an exit status. The reason is the agent's.
    case givenUp = 4_013
    /// The agent neither started nor refused it in time.
    case unanswered = 4_014
    /// Input waited too long for the agent to take any of it.
    case untaken = 4_015

    /// The reason in the close frame where the agent has none of its own.
    public var reason: String {
        switch self {
        case .refused: "The agent did not start it"
        case .givenUp: "The agent gave it up"
        case .unanswered: "The agent did not answer in time"
        case .untaken: "The agent takes no input"
        }
    }
}
