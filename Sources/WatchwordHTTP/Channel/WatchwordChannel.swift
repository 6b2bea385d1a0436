import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL
import WatchwordCore
import WatchwordDialect

/// One accepted connection of a listener: its pipeline, the task that answers its requests in order, and the one that
/// serves the WebSocket it may become.
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
    private let sockets: SocketTasks

    /// `tls`: nothing for a listener in clear.
    init(
        responder: LiveResponder, limits: ListenerLimits, tls: NIOSSLContext?, clock: any WallClock,
        connections: ConnectionCount, sockets: SocketTasks
    ) {
        self.responder = responder
        self.limits = limits
        self.tls = tls
        self.clock = clock
        self.connections = connections
        self.sockets = sockets
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
            let inbox = Inbox()
            // One that is closed before it has begun as well: it was accepted while the listener stopped.
            channel.closeFuture.whenComplete { [connections] _ in
                connections.close()
                inbox.end()
            }

            // What most requests that open a socket fit into: NIO keeps the first buffer as long as the connection lives.
            try channel.syncOptions?.setOption(
                .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 64, initial: 512, maximum: 65_536))
            let pipeline = channel.pipeline.syncOperations
            if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
            var decoding = NIOHTTPDecoderLimitConfiguration()
            decoding.maxHeaderFieldSize = limits.headerBytes
            decoding.maxHeaderListSize = limits.headerBytes
            decoding.maxHeaderFieldCount = limits.headerFields
            try pipeline.addHandler(
                ByteToMessageHandler(
                    HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: decoding)))
            try pipeline.addHandler(ExchangeHandler(limits, inbox, isWelcome: isWelcome, clock: clock))
            return Value(channel: channel, inbox: inbox, peer: peer)
        }
    }

    func handle(value: Value, logger: Logger) async {
        let socket = await withTaskCancellationHandler {
            await exchange(value)
        } onCancel: {
            stop(value.channel)
        }
        guard let (connection, serve) = socket else { return await close(value.channel) }
        let work: SocketTasks.Work = { [channel = value.channel] in await self.serve(connection, on: channel, serve) }
        if !sockets.add(work) { await work() }
    }

    /// Answers requests until there are no more, or one becomes a WebSocket of a known client; gives that.
    private func exchange(_ value: Value) async -> (SocketConnection, SocketUpgrade.Serve)? {
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
            let connection = SocketConnection(upgrade.link, value.inbox)
            return await upgrade.begin(connection).map { (connection, $0) }
        }
        return nil
    }

    private func serve(
        _ connection: SocketConnection, on channel: any Channel, _ serve: @escaping SocketUpgrade.Serve
    ) async {
        await withTaskCancellationHandler {
            await serve(connection)
        } onCancel: {
            stop(channel)
        }
        await close(channel)
    }

    private func stop(_ channel: any Channel) { channel.pipeline.fireUserInboundEventTriggered(StopAtOnce()) }

    /// A WebSocket takes its leave first.
    private func close(_ channel: any Channel) async {
        channel.close(promise: nil)
        try? await channel.closeFuture.get()
    }
}
