import NIOCore

/// Throws away what a client sends after its last response, up to a bound, and closes when the client does.
final class InputDiscarder: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var left: Int

    init(bound: Int) { left = bound }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        left -= unwrapInboundIn(data).readableBytes
        if left < 0 { context.close(promise: nil) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }
}
