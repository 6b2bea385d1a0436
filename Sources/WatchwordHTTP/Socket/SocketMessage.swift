/// A whole message of an open WebSocket (RFC 6455 section 5.6), its fragments put together.
enum SocketMessage: Sendable, Equatable {
    case text(String)
    case binary([UInt8])
}
