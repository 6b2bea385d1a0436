import Logging
import ServiceLifecycle
import WatchwordCore

/// The operator's own door: `/healthz`, `/readyz` and `/metrics`, on a port of its own.
public struct AdminListener: Sendable {
    private let settings: ListenerSettings
    private let metrics: Metrics
    private let readiness: Readiness
    private let reload: (@Sendable () async -> ReloadReport)?
    private let clock: any WallClock
    private let logger: Logger

    /// Origins and proxies of `settings` mean nothing here. `reload` is what `POST /reload` does; nothing for a
    /// server that cannot.
    public init(
        settings: ListenerSettings, metrics: Metrics, readiness: Readiness,
        reload: (@Sendable () async -> ReloadReport)? = nil, clock: any WallClock, logger: Logger
    ) {
        self.settings = settings
        self.metrics = metrics
        self.readiness = readiness
        self.reload = reload
        self.clock = clock
        self.logger = logger
    }

    /// Serves until told to stop. Throws `ListenError` if the TLS files can not be used.
    public func service() throws -> any Service {
        try ListenerService(
            settings: settings,
            responder: LiveResponder(AdminResponder(metrics: metrics, readiness: readiness, reload: reload)),
            clock: clock,
            connections: ConnectionCount(), logger: logger)
    }
}
