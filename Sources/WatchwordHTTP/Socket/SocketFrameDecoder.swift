import NIOCore
import NIOWebSocket

/// NIO's reader of frames, which is asked once a frame's length has been looked at: NIO has one bound for its whole
/// life, where what an unknown client may send is little, and takes lengths that are written longer than they need.
///
/// Its errors are `SocketClose.Flawed`.
final class SocketFrameDecoder: ByteToMessageDecoder {
    typealias InboundOut = WebSocketFrame

    /// The largest frame from now on, in bytes.
    var bound: Int
    private let frames = WebSocketFrameDecoder(maxFrameSize: Int(UInt32.max))
    /// Whether the length of the frame in hand is known to be good.
    private var isInside = false

    init(bound: Int) { self.bound = bound }

    func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        if !isInside {
            guard let length = try Self.length(buffer) else { return .needMoreData }
            guard length <= bound else { throw SocketClose.Flawed(answer: .tooBig) }
        }
        isInside = true
        do {
            let state = try frames.decode(context: context, buffer: &buffer)
            if state == .continue { isInside = false }
            return state
        } catch is NIOWebSocketError {
            // Fragments or long payloads of control frames.
            throw SocketClose.Flawed(answer: .protocolError)
        }
    }

    /// A frame cut off by the connection's end is none.
    func decodeLast(context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool) -> DecodingState {
        .needMoreData
    }

    /// The length of a frame that begins here, in as few bytes as it can be (RFC 6455 section 5.2); nothing while it has
    /// not come.
    private static func length(_ buffer: ByteBuffer) throws -> UInt64? {
        let start = buffer.readerIndex
        guard let second = buffer.getInteger(at: start + 1, as: UInt8.self) else { return nil }
        let length: UInt64?
        let least: UInt64
        switch second & 0x7F {
        case 126: (length, least) = (buffer.getInteger(at: start + 2, as: UInt16.self).map { UInt64($0) }, 126)
        case 127: (length, least) = (buffer.getInteger(at: start + 2, as: UInt64.self), 0x1_0000)
        case let short: (length, least) = (UInt64(short), 0)
        }
        if let length, length < least { throw SocketClose.Flawed(answer: .protocolError) }
        return length
    }
}
