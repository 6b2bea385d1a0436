import Logging
import ServiceLifecycle
import WatchwordCore
import WatchwordDialect
import WatchwordEngine

/// One address on which one realm speaks one dialect.
public struct Listener: Sendable {
    private let settings: ListenerSettings
    private let engine: Engine
    private let dialect: CompiledDialect
    private let metrics: Metrics
    private let logger: Logger

    public init(
        engine: Engine, dialect: CompiledDialect, settings: ListenerSettings, metrics: Metrics, logger: Logger
    ) {
        self.settings = settings
        self.engine = engine
        self.dialect = dialect
        self.metrics = metrics
        self.logger = logger
    }

    /// Serves until told to stop; its `run` throws `ListenError` if the address cannot be had.
    /// Throws `ListenError` if the TLS files can not be used.
    public func service() throws -> any Service {
        let realm = engine.realm.id.description
        let connections = ConnectionCount()
        metrics.observe(
            "watchword_connections", help: "Connections open.",
            labels: [("realm", realm), ("dialect", dialect.dialect.name)]
        ) { Double(connections.current) }
        observeMemory(realm)
        let responder = DialectResponder(
            engine: engine, dialect: dialect, proxies: settings.proxies,
            crossOrigin: CrossOrigin(settings.origins + dialect.dialect.origins, dialect: dialect),
            requiresHTTPS: settings.requireHTTPS, metrics: metrics.realm(realm), logger: logger)
        return try ListenerService(
            settings: settings, responder: responder, clock: engine.clock, connections: connections, logger: logger)
    }

    private func observeMemory(_ realm: String) {
        let memory = engine.memory
        let labels = [("realm", realm)]
        metrics.observe("watchword_remembered_credentials", help: "Credentials remembered as good.", labels: labels) {
            Double(memory.rememberedCredentials)
        }
        let lookups = "watchword_credential_lookups_total"
        let help = "Credentials looked up in memory."
        metrics.observe(lookups, help: help, kind: .counter, labels: labels + [("found", "yes")]) {
            Double(memory.credentialLookups.hits)
        }
        metrics.observe(lookups, help: help, kind: .counter, labels: labels + [("found", "no")]) {
            Double(memory.credentialLookups.misses)
        }
    }
}
