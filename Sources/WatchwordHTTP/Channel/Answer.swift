import WatchwordDialect

/// What a connection is answered: a response, or that from now on it is a WebSocket.
enum Answer: Sendable {
    case response(WireResponse)
    case upgrade(SocketUpgrade)
}

/// What a connection hands to the task that serves it.
enum Incoming: Sendable {
    case arrival(Arrival)
    /// Of its WebSocket, after the upgrade.
    case message(SocketMessage)
}
