import WatchwordEngine
import WatchwordHTTP

extension Configuration {
    /// What open sockets may take, in all realms together.
    public struct Sockets: Sendable, Equatable {
        public var connections = 16_384
        public var perAccount = 1_024
        public var perAddress = 1_024
        public var unauthenticatedPerAddress = 64
        /// Of each of them.
        public var each = SocketLimits()

        public init() {}
    }
}

extension ConfigurationLoader {
    mutating func sockets() -> Configuration.Sockets {
        var sockets = Configuration.Sockets()
        if let count = source.integer("sockets.connections") { sockets.connections = count }
        if let count = source.integer("sockets.per_account") { sockets.perAccount = count }
        if let count = source.integer("sockets.per_address") { sockets.perAddress = count }
        if let count = source.integer("sockets.unauthenticated_per_address") {
            sockets.unauthenticatedPerAddress = count
        }
        if let seconds = source.integer("sockets.authentication_seconds") {
            sockets.each.authenticationTime = .seconds(seconds)
        }
        if let seconds = source.integer("sockets.ping_seconds") { sockets.each.pingEvery = .seconds(seconds) }
        if let seconds = source.integer("sockets.pong_seconds") { sockets.each.pongWithin = .seconds(seconds) }
        if let seconds = source.integer("sockets.terminal_open_seconds") {
            sockets.each.terminalOpenTime = .seconds(seconds)
        }
        if let seconds = source.integer("sockets.terminal_input_seconds") {
            sockets.each.terminalInputTime = .seconds(seconds)
        }
        if let size = source.integer("sockets.message_kib") { sockets.each.messageBytes = size * 1_024 }
        if let count = source.integer("sockets.messages_per_second") { sockets.each.messagesPerSecond = count }
        return sockets
    }
}

extension ConnectionLimits {
    init(_ sockets: Configuration.Sockets) {
        self.init(
            all: sockets.connections, perAccount: sockets.perAccount, perAddress: sockets.perAddress,
            unauthenticatedPerAddress: sockets.unauthenticatedPerAddress)
    }
}
