/// The sending side of one open socket. Everything may be called from any thread, and after its end, when it does
/// nothing.
protocol SocketOutlet: Sendable {
    /// Sends without waiting. `taken` is told once: that the bytes have left this process, or that they never will.
    func send(_ message: SocketMessage, taken: (@Sendable (Bool) -> Void)?)
    /// Sends `last`, then starts the closing handshake (RFC 6455 section 7.1.2). The first close counts.
    func close(code: Int, reason: String, last: SocketMessage?)
}

extension SocketOutlet {
    func send(_ message: SocketMessage) { send(message, taken: nil) }
}
