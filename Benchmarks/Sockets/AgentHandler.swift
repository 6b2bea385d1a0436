import NIOCore
import NIOPosix

/// One agent: upgrades, authenticates by its first message, answers pings, and notes its end.
///
/// It reads frames by hand, so that ten thousand of them take as little as can be from the server beside it.
final class AgentHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    struct Refused: Error { var text: String }

    private enum State { case upgrading, authenticating, open, closed }

    private let key: String
    private let opened: EventLoopPromise<Void>
    private let ends: Ends
    private var state = State.upgrading
    private var input = ByteBuffer()

    init(key: String, opened: EventLoopPromise<Void>, ends: Ends) {
        self.key = key
        self.opened = opened
        self.ends = ends
    }

    /// Connects one agent; returns when the server has taken its key.
    static func connect(_ key: String, port: Int, on loop: any EventLoop, _ ends: Ends) async throws {
        let opened = loop.makePromise(of: Void.self)
        do {
            _ = try await ClientBootstrap(group: loop)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let handler = AgentHandler(key: key, opened: opened, ends: ends)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                }
                .connect(host: Target.host, port: port).get()
        } catch {
            opened.fail(error)
        }
        try await opened.futureResult.get()
    }

    func channelActive(context: ChannelHandlerContext) {
        let request = """
            GET /api/v1/agents/ws HTTP/1.1\r
            Host: \(Target.host)\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r

            """
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var piece = unwrapInboundIn(data)
        input.writeBuffer(&piece)
        if state == .upgrading { upgrade(context) }
        while state != .upgrading, let frame = ServerFrame.next(in: &input) { receive(frame, context) }
        // What was read is given back at once: most of them wait for a long time.
        if input.readableBytes == 0 { input = ByteBuffer() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(code: 1_006)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func upgrade(_ context: ChannelHandlerContext) {
        let view = input.readableBytesView
        guard let end = view.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
        let head = String(buffer: input.readSlice(length: end.upperBound - input.readerIndex) ?? ByteBuffer())
        guard head.hasPrefix("HTTP/1.1 101") else {
            opened.fail(Refused(text: head))
            context.close(promise: nil)
            return
        }
        state = .authenticating
        send(ServerFrame.Opcode.text, Array(#"{"type":"auth","api_key":"\#(key)"}"#.utf8), context)
    }

    private func receive(_ frame: ServerFrame, _ context: ChannelHandlerContext) {
        switch frame.opcode {
        case ServerFrame.Opcode.ping: send(ServerFrame.Opcode.pong, frame.payload.readableBytesView, context)
        case ServerFrame.Opcode.close:
            // Before the answer: what is measured is when the agent knew.
            end(code: frame.payload.getInteger(at: frame.payload.readerIndex, as: UInt16.self).map(Int.init) ?? 1_005)
            send(ServerFrame.Opcode.close, frame.payload.readableBytesView.prefix(2), context)
        case ServerFrame.Opcode.text where state == .authenticating:
            let text = String(buffer: frame.payload)
            guard text.contains(#""auth_success""#) else { return opened.fail(Refused(text: text)) }
            state = .open
            ends.opened()
            opened.succeed()
        case ServerFrame.Opcode.text where String(buffer: frame.payload).contains(#""ping""#):
            send(ServerFrame.Opcode.text, Array(#"{"type":"pong"}"#.utf8), context)
        default: break
        }
    }

    private func send(_ opcode: UInt8, _ payload: some Collection<UInt8>, _ context: ChannelHandlerContext) {
        let frame = ServerFrame.fromClient(opcode, payload, context.channel.allocator)
        context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    }

    private func end(code: Int) {
        switch state {
        case .open: ends.ended(code: code)
        case .upgrading, .authenticating: opened.fail(Refused(text: "closed with \(code)"))
        case .closed: break
        }
        state = .closed
    }
}
