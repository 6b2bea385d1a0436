import ServiceLifecycle
import WatchwordEngine

/// Looks at a realm's open sockets as soon as anything changes that they may rest on, until shutdown.
///
/// What fails here is not lost: the round that comes by the clock tries again, and says so in the log.
struct ConnectionKeeper: Service {
    let engine: Engine

    func run() async throws {
        for await _ in engine.memory.connectionWakes.cancelOnGracefulShutdown() {
            try? await engine.tendConnections()
        }
    }
}
