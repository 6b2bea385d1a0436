import ServiceLifecycle
import UnixSignals

/// Reads the dialects again at each SIGHUP.
struct ReloadOnSignal: Service, CustomStringConvertible {
    private let signals: UnixSignalsSequence
    private let reloader: DialectReloader

    /// From now on the signal does not end the process: one may come as soon as a listener accepts.
    init(signal: UnixSignal, reloader: DialectReloader) async {
        signals = await UnixSignalsSequence(trapping: signal)
        self.reloader = reloader
    }

    var description: String { "reload" }

    func run() async throws {
        for await _ in signals.cancelOnGracefulShutdown() { _ = await reloader.reload() }
    }
}
