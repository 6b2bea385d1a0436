import NIOCore
import NIOWebSocket

/// Puts the frames of a server together to messages (RFC 6455 section 5).
struct MessageAssembly {
    /// The most bytes of one message.
    static let longest = 64 * 1_024

    enum Heard: Equatable {
        case event(SocketEvent)
        /// To be answered by a pong of the same bytes.
        case ping(ByteBuffer)
        /// A pong, or part of a message.
        case nothing
    }

    private var opcode: WebSocketOpcode?
    private var bytes: [UInt8] = []

    /// Throws `SocketViolation` for what no server may send to a client that offered no extension.
    mutating func take(_ frame: WebSocketFrame) throws -> Heard {
        guard frame.maskKey == nil, !frame.rsv1, !frame.rsv2, !frame.rsv3 else { throw SocketViolation.malformed }
        switch frame.opcode {
        case .ping: return .ping(frame.data)
        case .pong: return .nothing
        case .connectionClose: return .event(try Self.closing(frame.data))
        case .text, .binary:
            guard opcode == nil else { throw SocketViolation.malformed }
            opcode = frame.opcode
        case .continuation:
            guard opcode != nil else { throw SocketViolation.malformed }
        default: throw SocketViolation.malformed
        }
        guard bytes.count + frame.data.readableBytes <= Self.longest else { throw SocketViolation.tooLong }
        bytes += frame.data.readableBytesView
        guard frame.fin else { return .nothing }
        defer {
            opcode = nil
            bytes = []
        }
        guard opcode == .text else { return .event(.binary(bytes)) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw SocketViolation.notText }
        return .event(.text(text))
    }

    private static func closing(_ data: ByteBuffer) throws -> SocketEvent {
        var data = data
        guard data.readableBytes > 0 else { return .closed(code: nil, reason: "") }
        guard let code = data.readInteger(as: UInt16.self),
            let reason = String(validating: data.readableBytesView, as: UTF8.self)
        else { throw SocketViolation.malformed }
        return .closed(code: Int(code), reason: reason)
    }
}
