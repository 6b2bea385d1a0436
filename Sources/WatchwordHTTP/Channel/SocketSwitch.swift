import NIOCore
import NIOHTTP1
import NIOWebSocket
import WatchwordCore

/// Makes a WebSocket of an HTTP connection: RFC 6455 section 4.2.2.
struct SocketSwitch {
    private let upgrade: SocketUpgrade
    private let inbox: Inbox
    private let clock: any WallClock

    /// Works out Sec-WebSocket-Accept; whether to upgrade has been decided, and what the pipeline becomes is ours.
    private static let upgrader = NIOTypedWebSocketServerUpgrader<Void>(
        shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture([:]) },
        upgradePipelineHandler: { channel, _ in channel.eventLoop.makeSucceededVoidFuture() })

    init(_ upgrade: SocketUpgrade, _ inbox: Inbox, clock: any WallClock) {
        self.upgrade = upgrade
        self.inbox = inbox
        self.clock = clock
    }

    /// Writes the 101, and puts frames in the place of requests: the parser and `exchanges` leave the pipeline, and the
    /// bytes that came behind the request are the first of the frames.
    func perform(_ exchanges: ExchangeHandler, _ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        let head = HTTPRequestHead(
            version: .http1_1, method: .GET, uri: "/",
            headers: [
                "Sec-WebSocket-Key": upgrade.handshake.key, "Sec-WebSocket-Version": SocketHandshake.version,
            ])
        let headers = Self.upgrader.buildUpgradeResponse(
            channel: context.channel, upgradeRequest: head, initialResponseHeaders: [:])
        // Known already: nothing of it waits.
        headers.assumeIsolated().whenComplete { result in
            do {
                // At once: what is asked of the socket next may be to drop it.
                context.writeAndFlush(NIOAny(response(try result.get())), promise: promise)
                try replace(exchanges, context)
            } catch {
                context.close(promise: nil)
            }
        }
    }

    private func response(_ headers: HTTPHeaders) -> ByteBuffer {
        var buffer = ByteBuffer(string: "HTTP/1.1 101 Switching Protocols\r\n")
        for (name, value) in headers { buffer.writeString("\(name): \(value)\r\n") }
        if let chosen = upgrade.subprotocol, upgrade.handshake.subprotocols.contains(chosen) {
            buffer.writeString("Sec-WebSocket-Protocol: \(chosen)\r\n")
        }
        buffer.writeStaticString("\r\n")
        return buffer
    }

    private func replace(_ exchanges: ExchangeHandler, _ context: ChannelHandlerContext) throws {
        let handover = exchanges.handover
        let pipeline = context.pipeline.syncOperations
        let frames = SocketFrameDecoder(bound: upgrade.settings.messageBytes)
        let reader = ByteToMessageHandler(frames)
        let socket = SocketHandler(upgrade, inbox, frames, clock: clock, owesRead: handover.owesRead)
        let parser = try pipeline.context(handlerType: ByteToMessageHandler<HTTPRequestDecoder>.self)
        try pipeline.addHandler(reader, position: .after(exchanges))
        try pipeline.addHandler(socket, position: .after(reader))
        // A read of many small frames is taken up before the next.
        try context.channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
        try context.channel.syncOptions?.setOption(.recvAllocator, value: SocketReadBuffers())
        pipeline.removeHandler(exchanges, promise: nil)
        pipeline.removeHandler(context: parser).assumeIsolated().whenComplete { _ in
            socket.begin(isLost: handover.isLost, isDraining: handover.isDraining)
        }
    }
}
