import NIOCore
import NIOWebSocket

/// Frames as this side sends them: whole, unmasked, without extensions (RFC 6455 section 5.2).
enum SocketFrame {
    static func bytes(_ message: SocketMessage) -> ByteBuffer {
        switch message {
        case .text(let text): bytes(.text, text.utf8)
        case .binary(let bytes): Self.bytes(.binary, bytes)
        }
    }

    static func bytes(_ close: SocketClose) -> ByteBuffer { bytes(.connectionClose, close.payload) }

    static func bytes(_ opcode: WebSocketOpcode, _ payload: some Collection<UInt8>) -> ByteBuffer {
        let length = payload.count
        var buffer = ByteBufferAllocator().buffer(capacity: length + 10)
        buffer.writeInteger(0x80 | UInt8(webSocketOpcode: opcode))
        switch length {
        case ...125: buffer.writeInteger(UInt8(length))
        case ...0xFFFF:
            buffer.writeInteger(UInt8(126))
            buffer.writeInteger(UInt16(length))
        default:
            buffer.writeInteger(UInt8(127))
            buffer.writeInteger(UInt64(length))
        }
        buffer.writeBytes(payload)
        return buffer
    }
}
