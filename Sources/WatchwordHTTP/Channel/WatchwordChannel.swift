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
        let asyncChannel: NIOAsyncChannel<Incoming, Answer>
        let peer: Peer

        var channel: any Channel { asyncChannel.channel }
    }

    let responder: LiveResponder
    let limits: ListenerLimits
    /// Nothing for a listener in clear.
    let tls: NIOSSLContext?
    let clock: any WallClock
    let connections: ConnectionCount

    /// The generic classes of a pipeline, met once on one thread before there are connections: where two event loops meet
    /// one of them first at the same moment, the runtime can follow a superclass that is not there yet, and the process
    /// dies (swiftlang/swift#37656 closes a part of it).
    private static let pipelineTypes: [Any.Type] = [
        HTTPRequestDecoder.self, ByteToMessageHandler<HTTPRequestDecoder>.self,
        ByteToMessageHandler<SocketFrameDecoder>.self, NIOAsyncChannel<Incoming, Answer>.self,
    ]

    static func prepare() { precondition(!pipelineTypes.isEmpty) }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let peer = Peer(
                address: channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) }, isEncrypted: tls != nil)
            let isWelcome = connections.open(atMost: limits.connections)
            channel.closeFuture.whenComplete { _ in connections.close() }

            // What most requests fit into; NIO keeps it as long as the connection lives.
            try channel.syncOptions?.setOption(
                .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 64, initial: 1_024, maximum: 65_536))
            let pipeline = channel.pipeline.syncOperations
            if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
            var decoding = NIOHTTPDecoderLimitConfiguration()
            decoding.maxHeaderFieldSize = limits.headerBytes
            decoding.maxHeaderListSize = limits.headerBytes
            decoding.maxHeaderFieldCount = limits.headerFields
            try pipeline.addHandler(
                ByteToMessageHandler(
                    HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: decoding)))
            try pipeline.addHandler(ExchangeHandler(limits, isWelcome: isWelcome, clock: clock))
            let asyncChannel = try NIOAsyncChannel<Incoming, Answer>(
                wrappingChannelSynchronously: channel,
                // Requests come one by one; of messages, few are read before they are asked for.
                configuration: .init(backPressureStrategy: .init(lowWatermark: 1, highWatermark: 2)))
            return Value(asyncChannel: asyncChannel, peer: peer)
        }
    }

    func handle(value: Value, logger: Logger) async {
        do {
            try await value.asyncChannel.executeThenClose { inbound, outbound in
                var incoming = inbound.makeAsyncIterator()
                guard let upgrade = try await answer(&incoming, outbound, value.peer) else { return }
                await serve(upgrade, incoming, outbound, value.channel)
            }
        } catch {
            // Nobody is left to answer: the client went away, or the server was told to stop at once.
            logger.trace("connection ended", metadata: ["reason": "\(error)"])
        }
    }

    /// Answers requests until there are no more, or one becomes a WebSocket: a socket that is idle for days keeps
    /// nothing of them.
    private func answer(
        _ incoming: inout NIOAsyncChannelInboundStream<Incoming>.AsyncIterator,
        _ outbound: NIOAsyncChannelOutboundWriter<Answer>, _ peer: Peer
    ) async throws -> SocketUpgrade? {
        var view = LiveResponder.View(responder)
        while case .arrival(let arrival)? = try await incoming.next() {
            let answer = await view.latest().answer(arrival, from: peer)
            if case .upgrade(let upgrade) = answer { return upgrade }
            try await outbound.write(answer)
        }
        return nil
    }

    private func serve(
        _ upgrade: SocketUpgrade, _ incoming: NIOAsyncChannelInboundStream<Incoming>.AsyncIterator,
        _ outbound: NIOAsyncChannelOutboundWriter<Answer>, _ channel: any Channel
    ) async {
        let link = upgrade.link
        channel.closeFuture.whenComplete { _ in link.over(.lost) }
        do {
            try await outbound.write(.upgrade(upgrade))
        } catch {
            // The client has gone. It is served all the same: what was registered for it is taken back there.
            link.over(.lost)
        }
        var connection = SocketConnection(link, incoming)
        await withTaskCancellationHandler {
            await upgrade.serve(&connection)
        } onCancel: {
            // Told to stop at once, nobody waits for a farewell.
            link.abort()
        }
    }
}
