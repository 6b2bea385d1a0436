import FoundationEssentials
import WatchwordCore
import WatchwordCrypto
import WatchwordDialect
import WatchwordEngine
import WatchwordStore

/// Everything that a configuration describes, opened: the database once, and an engine for each realm.
///
/// The server serves it; a command uses it beside a running server.
public struct Instance: Sendable {
    public let configuration: Configuration
    public let directory: DataDirectory
    let database: Database
    /// One for all realms: there are as many cores however many realms there are.
    let hasher: Argon2Hasher
    /// The open sockets of all realms.
    let connections: ConnectionRegistry
    /// In the order of the configuration.
    public let realms: [OpenRealm]
    /// The variables that the dialects were read with.
    let environment: [String: String]
    public let clock: any WallClock

    /// Opens all of it. Throws `StartFailure`, with what to do about it.
    public init(
        _ configuration: Configuration, environment: [String: String], clock: any WallClock = SystemClock(),
        random: any RandomSource = SystemRandom()
    ) async throws {
        self.configuration = configuration
        self.environment = environment
        self.clock = clock
        // What can be wrong without touching the disk is found first.
        let readings = try configuration.realms.map { try RealmReading($0, environment: environment) }
        for reading in readings { try reading.checkSecrets() }
        directory = try DataDirectory(configuration.dataDirectory)
        do {
            let database = try Database(path: directory.database)
            for reading in readings {
                try await Self.refuseLostSeal(reading.configuration.name, directory, database)
            }
            let hasher = try Argon2Hasher(configuration.hashing, random: random)
            self.hasher = hasher
            let limits = configuration.throttle
            let connections = ConnectionRegistry(limits: ConnectionLimits(configuration.sockets), random: random)
            self.connections = connections
            let directory = directory
            self.database = database
            realms = try readings.map { reading in
                let realm = reading.configuration
                let dialect = reading.dialects[0].dialect
                let keys = try RealmKeys(reading, directory: directory, random: random)
                let audit = BufferedAuditTrail()
                let id = Realm.ID(realm.name)
                let store = database.store(for: id)
                let signer = RealmSigner(rings: keys.fixed)
                let sealer = try RealmSealer(secret: keys.seal, random: random)
                var name = Realm(id: id, publicURL: realm.effectivePublicURL, terms: dialect.terms)
                if !realm.sendsNotices { name.notices = [] }
                let base = Engine(
                    realm: name,
                    store: store,
                    hasher: RealmHasher(hasher, try reading.foreignKeys()),
                    signer: signer, sealer: sealer,
                    commonPasswords: CommonPasswordList.standard, audit: audit,
                    throttle: Throttle(limits: limits.following(dialect.terms.limits)),
                    memory: Memory(connections: connections), clock: clock,
                    random: random)
                let dialects = OpenDialect.open(reading, over: base)
                return OpenRealm(
                    reading: reading, dialects: dialects, dialect: dialect, engine: dialects[0].engine, audit: audit,
                    signingKeys: SigningKeyKeeper(
                        rings: keys.rings, signer: signer, store: store, sealer: sealer, clock: clock))
            }
            for realm in realms { try await realm.signingKeys.tend() }
        } catch let fault as Fault {
            throw StartFailure(fault)
        }
    }

    /// A new secret in the place of a lost one would change every derived key and leave sealed mail shut, in silence.
    private static func refuseLostSeal(_ realm: String, _ directory: DataDirectory, _ database: Database) async throws {
        let path = RealmKeys.sealFile(of: realm, in: directory)
        guard !FileManager.default.fileExists(atPath: path) else { return }
        let accounts = try await database.store(for: Realm.ID(realm)).read { try $0.accountCount() }
        guard accounts > 0 else { return }
        throw StartFailure(
            .configuration, "the secret of realm `\(realm)`, \(path), is lost, and the realm has accounts",
            mend: "put the folder \(directory.secrets) back from a backup; if there is none, make a new secret with "
                + "`head -c 32 /dev/urandom | basenc --base64url | tr -d = > \(path)` and `chmod 600`: "
                + "keys derived from the old one change, and mail not yet sent cannot be read")
    }

    /// The realm of that name, or the only one. Throws `StartFailure` if it has to be named, or named otherwise.
    public func realm(_ name: String?) throws -> OpenRealm {
        let name = try configuration.realm(name).name
        guard let realm = realms.first(where: { $0.name == name }) else {
            throw StartFailure(.internalError, "the realm `\(name)` is not open")
        }
        return realm
    }

    /// What is legal in the dialects but risky, each realm's behind its name.
    public var notes: [String] { realms.flatMap(\.reading.notes) }

    /// Writes a complete copy of the database to a new file. Throws `StartFailure`.
    public func backup(to path: String) async throws {
        do { try await database.backup(to: path) } catch let fault as Fault { throw StartFailure(fault) }
    }

    /// Writes what memory still holds, and closes the database.
    public func close() async throws {
        for realm in realms {
            try await realm.engine.flushUsage()
            try await realm.engine.endPresence()
            try await realm.audit.flush(to: realm.engine.store)
        }
        try await database.close()
    }
}

extension Argon2Hasher {
    /// The hasher that the configuration describes.
    convenience init(_ hashing: Configuration.Hashing, random: any RandomSource) throws {
        try self.init(
            parameters: Argon2Parameters(memory: hashing.memoryKiB, passes: hashing.iterations, parallelism: 1),
            lanes: hashing.lanes ?? Argon2Hasher.coreCount, bound: hashing.queue, random: random)
    }
}
