import NIOCore
import NIOHTTP1
import NIOPosix

/// A kept connection for plain requests, one after the other.
struct HTTPConnection {
    struct Broken: Error {}

    private var inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>

    static func with<Result>(
        port: Int, on group: any EventLoopGroup, _ body: (inout HTTPConnection) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: group)
            .connect(host: Target.host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
                        wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var connection = HTTPConnection(inbound: inbound.makeAsyncIterator(), outbound: outbound)
            return try await body(&connection)
        }
    }

    /// Sends one request and reads its answer.
    mutating func request(
        _ method: String, _ path: String, token: String? = nil, type: String = "application/json",
        body: String? = nil
    ) async throws -> (status: Int, body: String) {
        var head = HTTPRequestHead(version: .http1_1, method: HTTPMethod(rawValue: method), uri: path)
        head.headers.add(name: "Host", value: Target.host)
        if let token { head.headers.add(name: "Authorization", value: "Bearer \(token)") }
        if let body {
            head.headers.add(name: "Content-Type", value: type)
            head.headers.add(name: "Content-Length", value: String(body.utf8.count))
        }
        try await outbound.write(.head(head))
        if let body { try await outbound.write(.body(.byteBuffer(ByteBuffer(string: body)))) }
        try await outbound.write(.end(nil))

        var status = 0
        var text = ""
        while let part = try await inbound.next() {
            switch part {
            case .head(let head): status = Int(head.status.code)
            case .body(let bytes): text += String(buffer: bytes)
            case .end: return (status, text)
            }
        }
        throw Broken()
    }
}

extension String {
    /// The text of a member of a flat JSON object, where it holds nothing that is escaped.
    func member(_ name: String) -> String? {
        guard let range = firstRange(of: "\"\(name)\":\"") else { return nil }
        return String(self[range.upperBound...].prefix { $0 != "\"" })
    }
}
