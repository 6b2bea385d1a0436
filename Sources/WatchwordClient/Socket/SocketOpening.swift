import NIOCore
import NIOHTTP1
import NIOWebSocket
import WatchwordCore
import WatchwordDialect

/// What comes of asking a server for a WebSocket.
enum SocketOpening<Result: Sendable>: Sendable {
    /// It was open, and what was done on it gave this.
    case opened(Result)
    /// The server answered otherwise.
    case refused(WireResponse)
}

extension ServerDial {
    private enum Upgrade: Sendable {
        case done(NIOAsyncChannel<WebSocketFrame, WebSocketFrame>, HTTPResponseHead)
        case refused(NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>)
    }

    /// Opens a WebSocket (RFC 6455 section 4.1) and serves it; the connection ends with `serve`.
    ///
    /// - Parameters:
    ///   - offering: the subprotocols that the client speaks, the most wanted first.
    ///   - limit: how long opening it may take.
    func openSocket<Result: Sendable>(
        _ request: WireRequest, offering: [String] = [], within limit: Duration, by pace: any Pace,
        _ serve: (ClientSocket, consuming ClientMessages) async throws -> Result
    ) async throws -> SocketOpening<Result> {
        switch try await pace.within(limit, { try await upgrade(request, offering) }) {
        case .refused(let channel):
            return try await pace.within(limit) {
                try await channel.executeThenClose { inbound, _ in .refused(try await Self.response(inbound)) }
            }
        case .done(let channel, let head):
            return try await channel.executeThenClose { inbound, outbound in
                let agreed = head.headers.first(name: "sec-websocket-protocol")
                // The server may only take what was offered, and no extension was.
                guard agreed.map(offering.contains) ?? true, !head.headers.contains(name: "sec-websocket-extensions")
                else { throw SocketViolation.malformed }
                let socket = ClientSocket(channel.channel, outbound, subprotocol: agreed)
                return .opened(try await serve(socket, ClientMessages(socket, inbound)))
            }
        }
    }

    private func upgrade(_ request: WireRequest, _ offering: [String]) async throws -> Upgrade {
        var head = head(of: request)
        if !offering.isEmpty {
            head.headers.add(name: "sec-websocket-protocol", value: offering.joined(separator: ", "))
        }
        let (channel, upgrade) = try await connect { [head] channel in
            let upgrader = NIOTypedWebSocketClientUpgrader<Upgrade>(
                maxFrameSize: MessageAssembly.longest,
                upgradePipelineHandler: { channel, head in
                    channel.eventLoop.makeCompletedFuture {
                        .done(try NIOAsyncChannel(wrappingChannelSynchronously: channel), head)
                    }
                })
            let configuration = NIOTypedHTTPClientUpgradeConfiguration(
                upgradeRequestHead: head, upgraders: [upgrader],
                notUpgradingCompletionHandler: { channel in
                    channel.eventLoop.makeCompletedFuture {
                        .refused(try NIOAsyncChannel(wrappingChannelSynchronously: channel))
                    }
                })
            var pipeline = NIOUpgradableHTTPClientPipelineConfiguration(upgradeConfiguration: configuration)
            // The server's first message may come with its answer.
            pipeline.leftOverBytesStrategy = .forwardBytes
            let upgrade = try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(
                configuration: pipeline)
            return (channel, upgrade)
        }
        return try await withTaskCancellationHandler {
            try await upgrade.get()
        } onCancel: {
            channel.close(promise: nil)
        }
    }
}
