import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL
import WatchwordCore
import WatchwordDialect

/// One accepted connection of a listener: its pipeline, and the task that answers its requests in order.
///
/// One object, which every open connection points to.
final class WatchwordChannel: ServerChildChannel {
    struct Value: ServerChildChannelValue {
        let channel: any Channel
        let inbox: Inbox
        let peer: Peer
    }

    private let responder: LiveResponder
    private let limits: ListenerLimits
    private let tls: NIOSSLContext?
    private let clock: any WallClock
    private let connections: ConnectionCount

    /// `tls`: nothing for a listener in clear.
    init(
        responder: LiveResponder, limits: ListenerLimits, tls: NIOSSLContext?, clock: any WallClock,
        connections: ConnectionCount
    ) {
        self.responder = responder
        self.limits = limits
        self.tls = tls
        self.clock = clock
        self.connections = connections
    }

    /// The generic classes of a pipeline, met once on one thread before there are connections: where two event loops meet
    /// one of them first at the same moment, the runtime can follow a superclass that is not there yet, and the process
    /// dies (swiftlang/swift#37656 closes a part of it).
    private static let pipelineTypes: [Any.Type] = [
        HTTPRequestDecoder.self, ByteToMessageHandler<HTTPRequestDecoder>.self,
        ByteToMessageHandler<SocketFrameDecoder>.self,
    ]

    static func prepare() { precondition(!pipelineTypes.isEmpty) }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let peer = Peer(
                address: channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) }, isEncrypted: tls != nil)
            let isWelcome = connections.open(atMost: limits.connections)
            channel.closeFuture.whenComplete { [connections] _ in connections.close() }

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
            let inbox = Inbox()
            try pipeline.addHandler(ExchangeHandler(limits, inbox, isWelcome: isWelcome, clock: clock))
            return Value(channel: channel, inbox: inbox, peer: peer)
        }
    }

    func handle(value: Value, logger: Logger) async {
        await withTaskCancellationHandler {
            guard let (link, serve) = await upgrade(value) else { return }
            await serve(SocketConnection(link, value.inbox))
        } onCancel: {
            value.channel.pipeline.fireUserInboundEventTriggered(StopAtOnce())
        }
        await close(value.channel)
    }

    /// What serves the WebSocket that the connection has become; nothing if it never did.
    private func upgrade(_ value: Value) async -> (SocketLink, SocketUpgrade.Serve)? {
        // In a task of its own: a task keeps the memory of its deepest call as long as it lives, and a socket may be idle
        // for days.
        async let upgrade = exchange(value)
        return await upgrade
    }

    /// Answers requests until there are no more, or one becomes a WebSocket.
    private func exchange(_ value: Value) async -> (SocketLink, SocketUpgrade.Serve)? {
        var view = LiveResponder.View(responder)
        while case .arrival(let arrival)? = await value.inbox.next() {
            let answer = await view.latest().answer(arrival, from: value.peer)
            guard case .upgrade(let upgrade) = answer else {
                value.channel.writeAndFlush(answer, promise: nil)
                continue
            }
            // If the client has gone it is served all the same: what was registered for it is taken back there.
            value.channel.closeFuture.whenComplete { [link = upgrade.link] _ in link.over(.lost) }
            value.channel.writeAndFlush(answer, promise: nil)
            return (upgrade.link, upgrade.serve)
        }
        return nil
    }

    /// A WebSocket takes its leave first.
    private func close(_ channel: any Channel) async {
        channel.close(promise: nil)
        try? await channel.closeFuture.get()
    }
}
