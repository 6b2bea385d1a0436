import WatchwordCore

/// The other end of a connection, as the socket states it.
struct Peer: Hashable, Sendable {
    /// Nothing for a peer without an IP address.
    var address: IPAddress?
    /// Whether this connection itself is TLS.
    var isEncrypted: Bool
}

/// Who a request comes from, after trusted proxies have had their say.
struct Client: Hashable, Sendable {
    var address: IPAddress?
    var transport: Transport

    enum Transport: Hashable, Sendable {
        case encrypted
        /// A trusted proxy said that a part of the way is in clear.
        case plain
        /// In clear as far as this server can see.
        case unstated
    }

    /// Whether a secret may travel this way: encrypted, or never leaving this machine.
    var mayCarrySecrets: Bool {
        switch transport {
        case .encrypted: true
        case .plain: false
        case .unstated: address?.isLoopback ?? false
        }
    }

    /// As the engine throttles and records it.
    var clientAddress: ClientAddress {
        guard let address else { return ClientAddress(text: "unknown", network: "unknown") }
        return ClientAddress(text: address.description, network: address.network)
    }
}
