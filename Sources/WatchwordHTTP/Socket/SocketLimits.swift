/// What one open socket may take of the server, and how long it may be silent.
public struct SocketLimits: Hashable, Sendable {
    /// The longest that a first message is waited for, whatever a dialect allows.
    public var authenticationTime = Duration.seconds(30)
    /// For an agent to start or refuse a terminal that it is asked for.
    public var terminalOpenTime = Duration.seconds(15)
    /// How long the input of a terminal may wait while the agent takes none of it.
    public var terminalInputTime = Duration.seconds(600)
    /// The largest message of an authenticated client. At least as large as a frame of the relay.
    public var messageBytes = 64 * 1_024
    /// How long a socket may be silent before it is pinged.
    public var pingEvery = Duration.seconds(30)
    /// How long the sign of life is waited for.
    public var pongWithin = Duration.seconds(15)
    /// Messages a second beside those of a relay; ten times as many at once.
    public var messagesPerSecond = 50

    public init() {}
}
