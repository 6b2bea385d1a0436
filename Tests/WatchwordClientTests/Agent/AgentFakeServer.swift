import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket
import Synchronization
import WatchwordCore
import WatchwordDialect
import WatchwordRelay

@testable import WatchwordClient

/// A server of one test on loopback: it answers requests, and serves WebSockets, as the test says.
struct FakeServer: Sendable {
    static var group: MultiThreadedEventLoopGroup { .singleton }

    /// One WebSocket, from the server's side.
    struct Peer: Sendable {
        let request: WireRequest
        let frames: Frames
        let outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>

        func send(_ opcode: WebSocketOpcode, _ bytes: [UInt8], fin: Bool = true) async throws {
            try await outbound.write(WebSocketFrame(fin: fin, opcode: opcode, data: ByteBuffer(bytes: bytes)))
        }
        func send(_ text: String) async throws { try await send(.text, Array(text.utf8)) }
        func send(_ frame: RelayFrame) async throws { try await send(.binary, frame.bytes) }
        func close(_ code: Int, _ reason: String = "") async throws {
            frames.awaitsClose = true
            try await send(.connectionClose, [UInt8(code >> 8), UInt8(code & 255)] + Array(reason.utf8))
        }
        /// The next frame with its mask undone; nothing after the end.
        func next() async throws -> WebSocketFrame? { try await frames.next() }
        /// The next relay frame; what else comes is passed over.
        func relay() async throws -> RelayFrame? {
            while let frame = try await next() {
                if frame.opcode == .binary { return RelayFrame(Array(frame.unmaskedData.readableBytesView)) }
            }
            return nil
        }
        func text() async throws -> String? {
            while let frame = try await next() {
                if frame.opcode == .text { return String(buffer: frame.unmaskedData) }
            }
            return nil
        }
        /// The code of the client's close frame; nothing where it closed without one.
        func closeCode() async throws -> Int? {
            while let frame = try await next() {
                var data = frame.unmaskedData
                if frame.opcode == .connectionClose { return data.readInteger(as: UInt16.self).map(Int.init) }
            }
            return nil
        }
    }

    /// What comes, for one reader.
    final class Frames: @unchecked Sendable {
        // No lock: a script reads in one task.
        private var iterator: NIOAsyncChannelInboundStream<WebSocketFrame>.AsyncIterator
        init(_ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>) { iterator = inbound.makeAsyncIterator() }
        /// Whether the client has yet to answer a close frame.
        var awaitsClose = false

        func next() async throws -> WebSocketFrame? {
            let frame = try await iterator.next()
            if frame.map({ $0.opcode == .connectionClose }) ?? true { awaitsClose = false }
            return frame
        }
    }

    /// What the test answers by. Where there is `handshake`, every socket is refused by it.
    struct Script: Sendable {
        var respond: @Sendable (WireRequest) -> WireResponse = { _ in WireResponse(status: 404) }
        var handshake: (@Sendable (WireRequest) -> WireResponse)?
        var subprotocol: String? = RelayFrame.subprotocol
        var extensions: String?
        var serve: @Sendable (Peer) async throws -> Void = { _ in }
    }

    let port: Int
    private let seen = Requests()

    var requests: [WireRequest] { seen.all.withLock { $0 } }
    var address: ServerAddress { get throws { try ServerAddress("127.0.0.1:\(port)", insecure: true) } }

    private final class Requests: Sendable { let all = Mutex<[WireRequest]>([]) }

    private enum Upgrade: Sendable {
        case socket(NIOAsyncChannel<WebSocketFrame, WebSocketFrame>, WireRequest)
        case plain(NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>)
    }

    /// Runs `body` beside the server, and ends both with it.
    @discardableResult
    static func with<Result: Sendable>(
        _ script: Script, _ body: @Sendable (FakeServer) async throws -> Result
    ) async throws -> Result {
        let listener = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture { try pipeline(channel, script) }
            }
        let server = FakeServer(port: listener.channel.localAddress?.port ?? 0)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            // The server accepts while the test runs.
            group.addTask {
                try await listener.executeThenClose { connections in
                    try await withThrowingDiscardingTaskGroup { group in
                        for try await connection in connections {
                            // Each connection is a client's own.
                            group.addTask { try? await server.serve(try await connection.get(), script) }
                        }
                    }
                }
            }
            defer { group.cancelAll() }
            return try await body(server)
        }
    }

    private static func pipeline(_ channel: any Channel, _ script: Script) throws -> EventLoopFuture<Upgrade> {
        if script.handshake != nil {
            try channel.pipeline.syncOperations.configureHTTPServerPipeline()
            return channel.eventLoop.makeSucceededFuture(
                .plain(try NIOAsyncChannel(wrappingChannelSynchronously: channel)))
        }
        let upgrader = NIOTypedWebSocketServerUpgrader<Upgrade>(
            maxFrameSize: 1 << 17,
            shouldUpgrade: { channel, _ in
                var headers = HTTPHeaders()
                if let name = script.subprotocol { headers.add(name: "Sec-WebSocket-Protocol", value: name) }
                if let name = script.extensions { headers.add(name: "Sec-WebSocket-Extensions", value: name) }
                return channel.eventLoop.makeSucceededFuture(headers)
            },
            upgradePipelineHandler: { channel, head in
                channel.eventLoop.makeCompletedFuture {
                    .socket(
                        try NIOAsyncChannel(
                            wrappingChannelSynchronously: channel,
                            configuration: .init(isOutboundHalfClosureEnabled: true)), wire(head))
                }
            })
        return try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(
            configuration: .init(
                upgradeConfiguration: .init(
                    upgraders: [upgrader],
                    notUpgradingCompletionHandler: { channel in
                        channel.eventLoop.makeCompletedFuture {
                            .plain(try NIOAsyncChannel(wrappingChannelSynchronously: channel))
                        }
                    })))
    }

    private func serve(_ upgrade: Upgrade, _ script: Script) async throws {
        switch upgrade {
        case .socket(let channel, let request):
            seen.all.withLock { $0.append(request) }
            try await channel.executeThenClose { inbound, outbound in
                let frames = Frames(inbound)
                try await script.serve(Peer(request: request, frames: frames, outbound: outbound))
                // Nobody hangs up before the client has answered (RFC 6455 section 7.1.1), nor over bytes unread: the
                // connection would be reset, and the client lose what it was told last.
                while frames.awaitsClose { _ = try await frames.next() }
                outbound.finish()
                while try await frames.next() != nil {}
            }
        case .plain(let channel):
            try await channel.executeThenClose { inbound, outbound in
                var request: WireRequest?
                for try await part in inbound {
                    switch part {
                    case .head(let head): request = Self.wire(head)
                    case .body(let buffer): request?.body += buffer.readableBytesView
                    case .end:
                        guard let request else { return }
                        seen.all.withLock { $0.append(request) }
                        let isSocket = request.header("upgrade") != nil
                        let response = isSocket ? script.handshake?(request) : script.respond(request)
                        guard let response else { return }
                        let headers = response.headers + [("content-length", String(response.body.count))]
                        try await outbound.write(
                            .head(
                                HTTPResponseHead(
                                    version: .http1_1, status: .init(statusCode: response.status),
                                    headers: HTTPHeaders(headers.map { ($0.0, $0.1) }))))
                        try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: response.body))))
                        try await outbound.write(.end(nil))
                    }
                }
            }
        }
    }

    private static func wire(_ head: HTTPRequestHead) -> WireRequest {
        let parts = head.uri.split(separator: "?", maxSplits: 1).map(String.init)
        return WireRequest(
            method: head.method.rawValue, path: parts.first ?? "", query: parts.count > 1 ? parts[1] : nil,
            headers: head.headers.map { ($0.name.lowercased(), $0.value) })
    }
}

extension WireResponse {
    static func json(_ status: Int, _ text: String, _ headers: [(name: String, value: String)] = []) -> WireResponse {
        WireResponse(status: status, headers: [("content-type", "application/json")] + headers, body: Array(text.utf8))
    }
}
