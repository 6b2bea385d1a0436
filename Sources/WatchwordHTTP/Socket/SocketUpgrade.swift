/// How a request becomes a WebSocket, and what is done with it.
struct SocketUpgrade: Sendable {
    let handshake: SocketHandshake
    /// One of those that the client offers; nothing for none.
    var subprotocol: String?
    var settings: SocketSettings
    /// The connection's other end. It may be sent to, and ended, before the upgrade: that is done when it is open.
    let link: SocketLink
    /// Run by the connection's task, once, even if the client has gone meanwhile. When it returns, the connection is
    /// closed (1000, unless it was closed otherwise).
    let serve: Serve

    typealias Serve = @Sendable (SocketConnection) async -> Void

    init(
        _ handshake: SocketHandshake, subprotocol: String? = nil, settings: SocketSettings = SocketSettings(),
        link: SocketLink = SocketLink(), serve: @escaping Serve
    ) {
        self.handshake = handshake
        self.subprotocol = subprotocol
        self.settings = settings
        self.link = link
        self.serve = serve
    }
}
