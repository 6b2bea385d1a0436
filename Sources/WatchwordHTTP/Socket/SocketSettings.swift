/// What one WebSocket may take, and how long its client may keep it waiting.
struct SocketSettings: Sendable, Equatable {
    /// The bytes of a message that is read, its fragments together.
    var messageBytes = 64 * 1_024
    /// The bytes sent and not yet taken by the client: beyond them it is too slow.
    var pendingBytes = 4 * 1_024 * 1_024
    /// How long a client may be silent before it is pinged.
    var pingEvery = Duration.seconds(30)
    /// How long its answer to that is waited for.
    var pongWithin = Duration.seconds(15)
    /// For the client to take what was sent.
    var writeTime = Duration.seconds(30)
    /// For the client to answer a close frame, and to read a last one.
    var closeTime = Duration.seconds(5)
    /// From the upgrade until these settings are replaced by some that have nothing here.
    var authenticateWithin: Duration?
}
