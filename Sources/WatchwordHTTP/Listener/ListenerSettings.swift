/// Where a listener listens, whom it trusts and what it allows.
public struct ListenerSettings: Sendable {
    /// A name or address of this machine; `0.0.0.0` and `::` for all.
    public var host: String
    /// 0 for any free port, which `onReady` tells.
    public var port: Int
    /// Nothing for plain HTTP, which is answered on loopback and behind trusted proxies only.
    public var tls: ListenerTLS?
    /// Whether plain HTTP is refused where others could read it: off loopback, or stated by a trusted proxy.
    public var requireHTTPS = true
    public var proxies = TrustedProxies()
    public var limits = ListenerLimits()
    /// The web origins that may read answers, as browsers write them (`https://app.example`), or `*`; none by default.
    public var origins: [String] = []
    /// What its sockets share with those of the process's other listeners; nothing for its own.
    public var hub: SocketHub?
    /// Nothing where no reverse proxy asks whom to let pass.
    public var forwardAuth: ForwardAuthSettings?
    /// What answers where no dialect does; nothing for a listener without pages.
    public var site: Site?
    /// Called once with the port, when connections are accepted.
    public var onReady: @Sendable (Int) async -> Void = { _ in }
    /// Called once, when no more connections are accepted and the last requests are being answered.
    public var onDraining: @Sendable () -> Void = {}

    public init(host: String = "127.0.0.1", port: Int = 0) {
        self.host = host
        self.port = port
    }
}
