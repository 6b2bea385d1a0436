import NIOCore

/// Buffers to read into, as large as the last reads were, none of which is kept: NIO would keep the largest for each
/// connection, and most sockets are idle.
struct SocketReadBuffers: RecvByteBufferAllocator {
    private var sizes = AdaptiveRecvByteBufferAllocator(minimum: 64, initial: 1_024, maximum: 65_536)

    func buffer(allocator: ByteBufferAllocator) -> ByteBuffer { sizes.buffer(allocator: allocator) }

    /// Always that the next one may be larger, which has NIO ask for it.
    mutating func record(actualReadBytes: Int) -> Bool {
        _ = sizes.record(actualReadBytes: actualReadBytes)
        return true
    }
}
