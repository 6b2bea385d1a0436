/// How a request becomes a WebSocket, and what is done with it.
struct SocketUpgrade: Sendable {
    let handshake: SocketHandshake
    /// One of those that the client offers; nothing for none.
    var subprotocol: String?
    var settings: SocketSettings
    /// The connection's other end. It may be sent to, and ended, before the upgrade: that is done when it is open.
    let link: SocketLink
    /// Finds out who the client is, where that is not known yet. Run once, even if the client has gone meanwhile. Gives
    /// what serves it from then on; nothing if it is not to be served.
    let begin: Begin

    typealias Begin = @Sendable (SocketConnection) async -> Serve?
    /// When it returns, the connection is closed (1000, unless it was closed otherwise).
    typealias Serve = @Sendable (SocketConnection) async -> Void

    init(
        _ handshake: SocketHandshake, subprotocol: String? = nil, settings: SocketSettings = SocketSettings(),
        link: SocketLink = SocketLink(), begin: @escaping Begin
    ) {
        self.handshake = handshake
        self.subprotocol = subprotocol
        self.settings = settings
        self.link = link
        self.begin = begin
    }
}
