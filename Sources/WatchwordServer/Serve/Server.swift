import Logging
import ServiceLifecycle
import Synchronization
import UnixSignals
import WatchwordCore
import WatchwordCrypto
import WatchwordDialect
import WatchwordEngine
import WatchwordHTTP
import WatchwordMail
import WatchwordStore

/// A running Watchword: every realm on its listener, the admin listener, and the services behind them.
public struct Server: Sendable {
    private let instance: Instance
    private let hub: SocketHub
    private let logger: Logger

    public init(_ instance: Instance, logger: Logger) {
        self.instance = instance
        hub = SocketHub(limits: instance.configuration.sockets.each, clock: instance.clock)
        self.logger = logger
    }

    /// Serves until one of the signals, then finishes the requests in hand, writes what memory holds and closes the
    /// database. `reloadSignal` has the dialects read again. `onReady` is told each realm's port (and `admin`'s, and
    /// `REALM/DIALECT`'s of a dialect with a listener of its own) when all of them accept connections.
    ///
    /// Throws `StartFailure` if a port cannot be had or a service ends by itself.
    public func run(
        signals: [UnixSignal] = [.sigterm, .sigint], reloadSignal: UnixSignal? = .sighup,
        onReady: @escaping @Sendable ([String: Int]) async -> Void
    ) async throws {
        OpenFiles.raiseLimit()
        let metrics = Metrics(startedAt: instance.clock.now())
        let readiness = Readiness { [instance] in (try? await instance.database.lastChange()) != nil }
        let groups = instance.realms.map { RealmListeners.groups($0.configuration) }
        let expected = groups.joined().count + (instance.configuration.admin == nil ? 0 : 1)
        let arrivals = Arrivals(expected: expected) { ports in
            readiness.set(.ready)
            await onReady(ports)
        }
        do {
            let services = try await upkeep() + listeners(metrics, readiness, arrivals, reloadSignal)
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    // One that fails lets the others end in order, as a signal does.
                    services: services.map {
                        ServiceGroupConfiguration.ServiceConfiguration(
                            service: $0, failureTerminationBehavior: .gracefullyShutdownGroup)
                    },
                    gracefulShutdownSignals: signals, logger: logger))
            try await group.run()
            try await instance.close()
        } catch let fault as Fault {
            throw StartFailure(fault)
        }
    }

    /// What runs beside the listeners. It starts before them and ends after them.
    private func upkeep() async throws -> [any Service] {
        var services: [any Service] = []
        for realm in instance.realms {
            let (engine, audit) = (realm.engine, realm.audit)
            services += [
                every(.milliseconds(250), "audit", realm) { try await audit.flush(to: engine.store) },
                every(.seconds(1), "usage", realm) { try await engine.flushUsage() },
                every(.seconds(1), "presence", realm) { try await engine.flushPresence() },
                ConnectionKeeper(engine: engine),
                every(.seconds(60), "retention", realm) { try await engine.removeExpired() },
                try outbox(realm),
            ]
            let keys = realm.signingKeys
            if !keys.rings.isEmpty {
                services.append(every(.seconds(1), "signing keys", realm) { try await keys.tend() })
            }
        }
        services += [try await catchUp(), keeper()]
        return services
    }

    private func every(
        _ interval: Duration, _ name: String, _ realm: OpenRealm, _ work: @escaping @Sendable () async throws -> Void
    ) -> PeriodicService {
        PeriodicService(name: "\(realm.name) \(name)", interval: interval, logger: logger, work: work)
    }

    /// Twenty times a second one question for all realms: whether a command or another server changed what is cached.
    private func catchUp() async throws -> PeriodicService {
        let instance = instance
        let seen = Mutex(try await instance.database.lastChange())
        return PeriodicService(name: "changes", interval: .milliseconds(50), logger: logger) {
            let before = seen.withLock { $0 }
            let last = try await instance.database.lastChange()
            guard last != before else { return }
            for realm in instance.realms { _ = try await realm.engine.catchUp(from: before) }
            seen.withLock { $0 = last }
        }
    }

    /// What ends by the clock ends that often, and what a fault kept the keepers from is tried again.
    private func keeper() -> PeriodicService {
        let realms = instance.realms
        return PeriodicService(name: "connections", interval: .milliseconds(50), logger: logger) {
            for realm in realms { try await realm.engine.tendConnections() }
        }
    }

    private func outbox(_ realm: OpenRealm) throws -> OutboxService {
        OutboxService(
            engine: realm.engine, writer: realm.mailWriter,
            transport: try realm.mailTransport(instance, logger: logger), logger: logger)
    }

    private func listeners(
        _ metrics: Metrics, _ readiness: Readiness, _ arrivals: Arrivals, _ reloadSignal: UnixSignal?
    ) async throws -> [any Service] {
        metrics.observe("watchword_password_queue", help: "Password hashes that wait for a lane.") {
            [hasher = instance.hasher] in Double(hasher.waiting)
        }
        let realms = try instance.realms.map { realm in
            (realm, try realmListeners(realm, metrics, readiness, arrivals))
        }
        let reloader = DialectReloader(
            realms.map { ($0.0, $0.1.listeners) }, environment: instance.environment, logger: logger)
        reloader.show(in: metrics)
        var services: [any Service] = []
        if let reloadSignal { services.append(await ReloadOnSignal(signal: reloadSignal, reloader: reloader)) }
        if instance.configuration.reload == .watch {
            let files = DialectFiles(instance.realms.flatMap(\.reading.files))
            services.append(
                PeriodicService(name: "dialect files", interval: .seconds(1), logger: logger) {
                    if files.haveChanged(await reloader.files) { _ = await reloader.reload() }
                })
        }
        if let admin = instance.configuration.admin {
            var settings = ListenerSettings(host: admin.host, port: admin.port)
            settings.onReady = { port in await arrivals.arrive("admin", port) }
            let listener = AdminListener(
                settings: settings, metrics: metrics, readiness: readiness, reload: { await reloader.reload() },
                connections: adminConnections(), clock: instance.clock, logger: logger)
            services.append(try ListenerOf("the admin listener", listener.service))
        }
        return services + realms.flatMap(\.1.services)
    }

    private func adminConnections() -> AdminConnections {
        AdminConnections(
            list: { [registry = instance.connections] in registry.records() },
            end: { [registry = instance.connections] in registry.end($0) })
    }

    private func realmListeners(
        _ realm: OpenRealm, _ metrics: Metrics, _ readiness: Readiness, _ arrivals: Arrivals
    ) throws -> (listeners: RealmListeners, services: [any Service]) {
        var listeners = RealmListeners()
        var services: [any Service] = []
        let site = try realm.reading.site(over: realm.engine, logger: logger)
        for group in RealmListeners.groups(realm.configuration) {
            var settings = ListenerSettings(realm.configuration, at: group.address)
            settings.limits.connections += instance.configuration.sockets.connections
            settings.hub = hub
            settings.forwardAuth = group.isRealms ? realm.reading.forwardAuth : nil
            settings.site = group.isRealms ? site : nil
            settings.onReady = { port in await arrivals.arrive(group.label, port) }
            settings.onDraining = { readiness.set(.draining) }
            let listener = try Listener(
                RealmListeners.mounts(group, of: realm.dialects), settings: settings, metrics: metrics, logger: logger)
            services.append(try ListenerOf("realm `\(group.label)`", listener.service))
            listeners.add(group, listener)
        }
        return (listeners, services)
    }
}

extension ListenerSettings {
    init(_ realm: RealmConfiguration, at address: Configuration.Address) {
        self.init(host: address.host, port: address.port)
        tls = realm.tls.map { ListenerTLS(certificateFile: $0.certificate, keyFile: $0.key) }
        let field: TrustedProxies.Field = realm.forwardedField == .forwarded ? .forwarded : .xForwardedFor
        requireHTTPS = realm.requireHTTPS
        proxies = TrustedProxies(realm.trustedProxies.compactMap(AddressBlock.init), field: field)
    }
}
