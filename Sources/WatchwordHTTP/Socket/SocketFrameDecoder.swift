import NIOCore
import NIOWebSocket

/// NIO's reader of frames, with a bound that can be moved: what an unknown client may send is little.
final class SocketFrameDecoder: ByteToMessageDecoder {
    typealias InboundOut = WebSocketFrame

    /// The largest frame, in bytes.
    var bound: Int
    private let frames = WebSocketFrameDecoder(maxFrameSize: largest)

    /// More than a frame ever needs to hold, whatever is configured.
    private static let largest = 16 * 1_024 * 1_024

    init(bound: Int) { self.bound = bound }

    func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        let state = try frames.decode(context: context, buffer: &buffer)
        // NIO's reader leaves the payload here until it is whole.
        if state == .needMoreData, buffer.readableBytes > bound { throw NIOWebSocketError.invalidFrameLength }
        return state
    }

    /// A frame cut off by the connection's end is none.
    func decodeLast(context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool) -> DecodingState {
        .needMoreData
    }
}
