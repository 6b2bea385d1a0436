import Logging
import ServiceLifecycle
import WatchwordCore
import WatchwordDialect
import WatchwordEngine

/// One address on which one realm speaks its dialects.
public struct Listener: Sendable {
    private let settings: ListenerSettings
    private let first: Mount
    private let metrics: Metrics
    private let tally = ForwardAuthTally()
    private let logger: Logger
    private let hub: SocketHub
    private let live: LiveResponder

    /// `mounts` has at least one: what no dialect knows is refused in the words of the first.
    public init(_ mounts: [Mount], settings: ListenerSettings, metrics: Metrics, logger: Logger) throws {
        guard let first = mounts.first else { throw Fault(.invariant, "a listener without a dialect") }
        let hub = settings.hub ?? SocketHub(clock: first.engine.clock)
        self.settings = settings
        self.hub = hub
        self.first = first
        self.metrics = metrics
        self.logger = logger
        live = LiveResponder(
            Self.responder(mounts, first, settings, hub, metrics: metrics, tally: tally, logger: logger))
    }

    /// Answers with these dialects from now on; requests in hand are finished in the old ones.
    public func replace(_ mounts: [Mount], forwardAuth: ForwardAuthSettings?, site: Site? = nil) {
        guard let first = mounts.first else { return }
        var settings = settings
        settings.forwardAuth = forwardAuth
        settings.site = site
        live.replace(with: Self.responder(mounts, first, settings, hub, metrics: metrics, tally: tally, logger: logger))
    }

    /// Serves until told to stop; its `run` throws `ListenError` if the address cannot be had.
    /// Throws `ListenError` if the TLS files can not be used.
    public func service() throws -> any Service {
        let realm = first.engine.realm.id.description
        let connections = ConnectionCount()
        metrics.observe(
            "watchword_connections", help: "Connections open.",
            labels: [("realm", realm), ("dialect", first.dialect.dialect.name)]
        ) { Double(connections.current) }
        observeMemory(realm)
        if settings.forwardAuth != nil { tally.show(in: metrics, realm: realm) }
        return try ListenerService(
            settings: settings, responder: live, clock: first.engine.clock, connections: connections, logger: logger)
    }

    private static func responder(
        _ mounts: [Mount], _ first: Mount, _ settings: ListenerSettings, _ hub: SocketHub, metrics: Metrics,
        tally: ForwardAuthTally, logger: Logger
    ) -> RealmResponder {
        let dialects = mounts.map { mount in
            let others = mounts.filter { $0.dialect !== mount.dialect && $0.hosts == mount.hosts }
            let origins = settings.origins + mount.dialect.dialect.origins
            return (
                hosts: mount.hosts,
                responder: DialectResponder(
                    engine: mount.engine, dialect: mount.dialect, others: others.map(\.dialect),
                    site: settings.site, proxies: settings.proxies,
                    crossOrigin: CrossOrigin(origins, dialect: mount.dialect),
                    crossSite: CrossSite(origins: [mount.engine.realm.publicURL] + origins),
                    naming: RequestNaming(mount.dialect),
                    requiresHTTPS: settings.requireHTTPS, hub: hub,
                    metrics: metrics.realm(mount.engine.realm.id.description),
                    logger: logger)
            )
        }
        let origins = [first.engine.realm.publicURL] + settings.origins + first.dialect.dialect.origins
        let forwardAuth = settings.forwardAuth.flatMap {
            ForwardAuth(
                $0, engine: first.engine, dialect: first.dialect, proxies: settings.proxies,
                crossSite: CrossSite(origins: origins), requiresHTTPS: settings.requireHTTPS, tally: tally,
                logger: logger)
        }
        return RealmResponder(dialects: dialects, forwardAuth: forwardAuth)
    }

    private func observeMemory(_ realm: String) {
        let memory = first.engine.memory
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
