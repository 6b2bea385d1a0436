/// What a client hears on an open WebSocket.
enum SocketEvent: Hashable, Sendable {
    case text(String)
    case binary([UInt8])
    /// The other side closes; nothing where its close frame says no code (RFC 6455 section 7.1.5).
    case closed(code: Int?, reason: String)
}

/// The other side broke RFC 6455, and how it is told.
struct SocketViolation: Error, Hashable {
    var closeCode: Int
    var reason: String

    static let malformed = SocketViolation(closeCode: 1_002, reason: "Not RFC 6455")
    static let notText = SocketViolation(closeCode: 1_007, reason: "Not UTF-8")
    static let tooLong = SocketViolation(closeCode: 1_009, reason: "Too long")
}
