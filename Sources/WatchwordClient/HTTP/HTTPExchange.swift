import NIOCore
import NIOHTTP1
import WatchwordCore
import WatchwordDialect

extension ServerDial {
    /// The most bytes of a response's body that are read; what is longer is none of ours.
    static let longestBody = 64 * 1_024

    /// The response to one request, on a connection of its own (RFC 9112). No redirect is followed.
    func exchange(_ request: WireRequest) async throws -> WireResponse {
        let channel = try await connect { channel in
            try channel.pipeline.syncOperations.addHTTPClientHandlers()
            return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
                wrappingChannelSynchronously: channel)
        }
        var head = head(of: request)
        head.headers.add(name: "content-length", value: String(request.body.count))
        head.headers.add(name: "connection", value: "close")
        let body = ByteBuffer(bytes: request.body)
        return try await channel.executeThenClose { inbound, outbound in
            do {
                try await outbound.write(.head(head))
                if body.readableBytes > 0 { try await outbound.write(.body(.byteBuffer(body))) }
                try await outbound.write(.end(nil))
            } catch {
                // What can be read knows why: an answer that came early, or TLS that was not to be had.
                return try await Self.response(inbound)
            }
            return try await Self.response(inbound)
        }
    }

    /// The head of a request of the dialect, for this server.
    func head(of request: WireRequest) -> HTTPRequestHead {
        var headers = HTTPHeaders([
            ("host", address.authority), ("user-agent", "vsay-agent/\(Version.text)"), ("accept", "application/json"),
        ])
        for (name, value) in request.headers { headers.add(name: name, value: value) }
        let uri = address.prefix + request.path + (request.query.map { "?\($0)" } ?? "")
        return HTTPRequestHead(
            version: .http1_1, method: HTTPMethod(rawValue: request.method), uri: uri, headers: headers)
    }

    /// Throws `ServerSilent` if the connection ends before the response does.
    static func response(_ inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>) async throws -> WireResponse {
        var response: WireResponse?
        for try await part in inbound {
            switch part {
            case .head(let head):
                response = WireResponse(
                    status: Int(head.status.code), headers: head.headers.map { ($0.name, $0.value) })
            case .body(let buffer):
                guard (response?.body.count ?? 0) + buffer.readableBytes <= longestBody else { throw ServerTalkative() }
                response?.body += buffer.readableBytesView
            case .end:
                if let response { return response }
            }
        }
        throw ServerSilent()
    }
}

/// The server closed the connection without an answer.
struct ServerSilent: Error {}
/// The answer is longer than any of a dialect's.
struct ServerTalkative: Error {}
