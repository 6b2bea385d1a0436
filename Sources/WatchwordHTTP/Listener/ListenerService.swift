import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization
import WatchwordCore

/// Binds one address and serves it. Told to stop, it accepts no more, lets every request in hand be answered, closes
/// idle connections and returns.
struct ListenerService: Service {
    private let settings: ListenerSettings
    private let channel: WatchwordChannel
    private let sockets = SocketTasks()
    private let logger: Logger

    /// Connections beyond the limit that are still accepted, to be told that the server is busy.
    private static let overflow = 256

    init(
        settings: ListenerSettings, responder: LiveResponder, clock: any WallClock, connections: ConnectionCount,
        logger: Logger
    ) throws {
        self.settings = settings
        self.logger = logger
        WatchwordChannel.prepare()
        channel = WatchwordChannel(
            responder: responder, limits: settings.limits, tls: try settings.tls?.context(), clock: clock,
            connections: connections, sockets: sockets)
    }

    func run() async throws {
        let flags = Flags()
        // What the server would log is thrown here instead, or is no news: that it was told to stop.
        var silent = logger
        silent.logLevel = .critical
        let server = Server(
            childChannelSetup: channel,
            configuration: ServerConfiguration(
                address: .hostname(settings.host, port: settings.port), backlog: 1_024,
                availableConnectionsDelegate: MaximumAvailableConnections(settings.limits.connections + Self.overflow)),
            onServerRunning: { channel in
                flags.isBound.store(true, ordering: .relaxed)
                await settings.onReady(channel.localAddress?.port ?? settings.port)
            },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: silent)
        do {
            try await withGracefulShutdownHandler {
                // Beside the server, which has a connection until it becomes a socket.
                async let served: Void = sockets.run()
                try await server.run()
                sockets.finish()
                await served
            } onGracefulShutdown: {
                flags.isStopping.store(true, ordering: .relaxed)
                settings.onDraining()
            }
        } catch  where !flags.isBound.load(ordering: .relaxed) && !(error is CancellationError) {
            throw ListenError(binding: settings.host, settings.port, error)
        }
        guard Task.isCancelled || flags.isStopping.load(ordering: .relaxed) else {
            throw ListenError("stopped accepting connections on \(settings.host):\(settings.port)")
        }
    }

    private final class Flags: Sendable {
        /// Whether the address is ours, so that a later error is no failure to bind.
        let isBound = Atomic<Bool>(false)
        /// Whether the end was asked for.
        let isStopping = Atomic<Bool>(false)
    }
}
