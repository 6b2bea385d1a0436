import Logging
import ServiceLifecycle
import WatchwordCore

/// The operator's own door, on a port of its own: `/healthz`, `/readyz`, `/metrics`, `/reload` and `/connections`.
public struct AdminListener: Sendable {
    private let settings: ListenerSettings
    private let metrics: Metrics
    private let readiness: Readiness
    private let reload: (@Sendable () async -> ReloadReport)?
    private let connections: AdminConnections?
    private let clock: any WallClock
    private let logger: Logger

    /// Origins and proxies of `settings` mean nothing here. `reload` is what `POST /reload` does, `connections` what
    /// `/connections` shows; nothing for a server that cannot.
    public init(
        settings: ListenerSettings, metrics: Metrics, readiness: Readiness,
        reload: (@Sendable () async -> ReloadReport)? = nil, connections: AdminConnections? = nil,
        clock: any WallClock, logger: Logger
    ) {
        self.settings = settings
        self.metrics = metrics
        self.readiness = readiness
        self.reload = reload
        self.connections = connections
        self.clock = clock
        self.logger = logger
    }

    /// Serves until told to stop. Throws `ListenError` if the TLS files can not be used.
    public func service() throws -> any Service {
        try ListenerService(
            settings: settings,
            responder: LiveResponder(
                AdminResponder(metrics: metrics, readiness: readiness, reload: reload, connections: connections)),
            clock: clock, connections: ConnectionCount(), logger: logger)
    }
}
