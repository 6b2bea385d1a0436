import WatchwordCore

/// How a WebSocket came to its end.
enum SocketEnding: Sendable, Equatable {
    /// The server had a cause.
    case byServer(ConnectionEnd)
    /// Whoever serves it closed it.
    case closed(Int)
    /// The client closed it, with a code or without.
    case byClient(Int?)
    /// The client broke the protocol, and was told so with this code.
    case violation(Int)
    /// The connection broke.
    case lost
}
