import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL
import WatchwordCore
import WatchwordDialect

/// One accepted connection of a listener: its pipeline, and the task that answers its requests in order.
struct WatchwordChannel: ServerChildChannel {
    struct Value: ServerChildChannelValue {
        let asyncChannel: NIOAsyncChannel<Arrival, WireResponse>
        let peer: Peer

        var channel: any Channel { asyncChannel.channel }
    }

    let responder: LiveResponder
    let limits: ListenerLimits
    /// Nothing for a listener in clear.
    let tls: NIOSSLContext?
    let clock: any WallClock
    let connections: ConnectionCount

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let peer = Peer(
                address: channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) }, isEncrypted: tls != nil)
            let isWelcome = connections.open(atMost: limits.connections)
            channel.closeFuture.whenComplete { _ in connections.close() }

            let pipeline = channel.pipeline.syncOperations
            if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
            var decoding = NIOHTTPDecoderLimitConfiguration()
            decoding.maxHeaderFieldSize = limits.headerBytes
            decoding.maxHeaderListSize = limits.headerBytes
            decoding.maxHeaderFieldCount = limits.headerFields
            try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder(limitConfiguration: decoding)))
            try pipeline.addHandler(ExchangeHandler(limits, isWelcome: isWelcome, clock: clock))
            let asyncChannel = try NIOAsyncChannel<Arrival, WireResponse>(wrappingChannelSynchronously: channel)
            return Value(asyncChannel: asyncChannel, peer: peer)
        }
    }

    func handle(value: Value, logger: Logger) async {
        do {
            try await value.asyncChannel.executeThenClose { inbound, outbound in
                var view = LiveResponder.View(responder)
                for try await arrival in inbound {
                    try await outbound.write(await view.latest().respond(to: arrival, from: value.peer))
                }
            }
        } catch {
            // Nobody is left to answer: the client went away, or the server was told to stop at once.
            logger.trace("connection ended", metadata: ["reason": "\(error)"])
        }
    }
}
