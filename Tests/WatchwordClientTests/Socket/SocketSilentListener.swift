import NIOCore
import NIOPosix

@testable import WatchwordClient

/// A port that takes connections and says nothing.
struct SilentListener {
    let channel: any Channel
    var port: Int { channel.localAddress?.port ?? 0 }

    static func start() async throws -> SilentListener {
        SilentListener(
            channel: try await ServerBootstrap(group: FakeServer.group).bind(host: "127.0.0.1", port: 0).get())
    }

    func close() async throws { try await channel.close() }
}
