import ServiceLifecycle
import UnixSignals

/// Reads the dialects again at each SIGHUP.
struct ReloadOnSignal: Service, CustomStringConvertible {
    let signal: UnixSignal
    let reloader: DialectReloader

    var description: String { "reload" }

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: signal)
        for await _ in signals.cancelOnGracefulShutdown() { _ = await reloader.reload() }
    }
}
