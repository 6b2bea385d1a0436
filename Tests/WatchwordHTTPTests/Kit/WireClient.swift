import NIOCore
import NIOPosix
import NIOSSL
import Testing

/// A client that says exactly the bytes it is given, and hears exactly those that come.
final class WireClient {
    struct Gone: Error {}

    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let channel: any Channel
    private var heard = ByteBuffer()

    private init(
        _ channel: any Channel, _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
        _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.channel = channel
        self.inbound = inbound.makeAsyncIterator()
        self.outbound = outbound
    }

    /// Connects for the time of `body`. `tls` trusts any certificate. With a `receiveBuffer` the kernel takes no more than
    /// some of those bytes for a client that does not read; without, as much as it likes.
    static func connect<Result>(
        _ port: Int, tls: Bool = false, receiveBuffer: Int? = nil, _ body: (WireClient) async throws -> Result
    ) async throws -> Result {
        let context: NIOSSLContext? =
            try tls
            ? {
                var configuration = TLSConfiguration.makeClientConfiguration()
                configuration.certificateVerification = .none
                return try NIOSSLContext(configuration: configuration)
            }() : nil
        var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
        if let receiveBuffer {
            bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: .init(receiveBuffer))
        }
        let asyncChannel =
            try await bootstrap
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: context, serverHostname: nil))
                    }
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await asyncChannel.executeThenClose { inbound, outbound in
            try await body(WireClient(asyncChannel.channel, inbound, outbound))
        }
    }

    /// Everything a fresh connection answers to `text` until the server closes it.
    static func ask(_ port: Int, _ text: String, tls: Bool = false) async throws -> String {
        try await connect(port, tls: tls) { client in
            try await client.say(text)
            return try await client.rest()
        }
    }

    func say(_ text: String) async throws { try await outbound.write(ByteBuffer(string: text)) }

    func say(_ bytes: [UInt8]) async throws { try await outbound.write(ByteBuffer(bytes: bytes)) }

    /// The next bytes, as many as that; nothing if the server closes before.
    func bytes(_ count: Int) async throws -> [UInt8]? {
        while heard.readableBytes < count {
            guard try await hear() else { return nil }
        }
        return heard.readBytes(length: count)
    }

    /// Says bytes from any task, and waits until they have left: the other writers only hand them to the event loop.
    var outlet: @Sendable ([UInt8]) async throws -> Void {
        let channel = channel
        return { try await channel.writeAndFlush(ByteBuffer(bytes: $0)).get() }
    }

    func closeOutput() async throws { try await channel.close(mode: .output).get() }

    /// What comes until the server closes; a connection reset ends it as well.
    func rest() async throws -> String {
        while try await hear() {}
        return String(buffer: heard)
    }

    /// The next response, header and body.
    func response(toHead: Bool = false) async throws -> String {
        while true {
            let text = String(buffer: heard)
            if let end = text.utf8.firstRange(of: "\r\n\r\n".utf8) {
                let head = String(text.utf8[..<end.upperBound]) ?? ""
                let field = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                let length = toHead ? 0 : Int(field?.split(separator: " ").last ?? "0") ?? 0
                if let response = heard.getString(at: heard.readerIndex, length: head.utf8.count + length),
                    heard.readableBytes >= head.utf8.count + length
                {
                    heard.moveReaderIndex(forwardBy: head.utf8.count + length)
                    return response
                }
            }
            guard try await hear() else { throw Gone() }
        }
    }

    private func hear() async throws -> Bool {
        do {
            guard var bytes = try await inbound.next() else { return false }
            heard.writeBuffer(&bytes)
            return true
        } catch is IOError {
            return false
        } catch is NIOSSLError {
            return false
        }
    }
}

extension Collection where Element: Equatable {
    /// Where `other` first is.
    fileprivate func firstRange(of other: some Collection<Element>) -> Range<Index>? {
        var start = startIndex
        while start != endIndex {
            if self[start...].starts(with: other) {
                return start..<(index(start, offsetBy: other.count))
            }
            start = index(after: start)
        }
        return nil
    }
}

/// How often `part` is in `text`.
func count(_ part: String, in text: String) -> Int {
    text.split(separator: part, omittingEmptySubsequences: false).count - 1
}
