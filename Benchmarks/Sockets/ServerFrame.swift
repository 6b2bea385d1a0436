import NIOCore

/// A frame from the server (RFC 6455 section 5.2): whole messages, unmasked.
struct ServerFrame {
    enum Opcode { static let text: UInt8 = 1, close: UInt8 = 8, ping: UInt8 = 9, pong: UInt8 = 10 }

    var opcode: UInt8
    var payload: ByteBuffer

    /// Takes the next whole frame off the buffer, if there is one.
    static func next(in buffer: inout ByteBuffer) -> ServerFrame? {
        let start = buffer.readerIndex
        guard let first: UInt8 = buffer.readInteger(), let second: UInt8 = buffer.readInteger(),
            let length = length(second & 0x7F, &buffer), let payload = buffer.readSlice(length: length)
        else {
            buffer.moveReaderIndex(to: start)
            return nil
        }
        return ServerFrame(opcode: first & 0x0F, payload: payload)
    }

    private static func length(_ short: UInt8, _ buffer: inout ByteBuffer) -> Int? {
        switch short {
        case 126: buffer.readInteger(as: UInt16.self).map(Int.init)
        case 127: buffer.readInteger(as: UInt64.self).map(Int.init)
        default: Int(short)
        }
    }

    /// A masked frame of a client, of at most 65,535 bytes.
    static func fromClient(_ opcode: UInt8, _ payload: some Collection<UInt8>, _ allocator: ByteBufferAllocator)
        -> ByteBuffer
    {
        let mask: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
        var buffer = allocator.buffer(capacity: payload.count + 8)
        buffer.writeInteger(0x80 | opcode)
        if payload.count < 126 {
            buffer.writeInteger(0x80 | UInt8(payload.count))
        } else {
            buffer.writeInteger(UInt8(0x80 | 126))
            buffer.writeInteger(UInt16(payload.count))
        }
        buffer.writeBytes(mask)
        buffer.writeBytes(payload.enumerated().lazy.map { $1 ^ mask[$0 & 3] })
        return buffer
    }
}
