import WatchwordCore
import WatchwordCrypto
import WatchwordEngine
import WatchwordStore

/// A realm on a database of its own, with everything an engine needs: real hashing with tiny parameters,
/// real signatures and sealing, a clock that stands still and bytes that repeat.
public final class TestRealm: Sendable {
    public let realm: Realm
    public let database: Database
    public let store: any Store
    public let hasher: any PasswordHasher
    public let signer: any TokenSigner
    public let sealer: any Sealer
    public let clock: TestClock
    public let random: SeededRandom
    public let audit: AuditRecorder
    public let throttle: Throttle
    public let memory: Memory
    private let directory: TemporaryDirectory

    /// Tiny costs, so that a test of many sign-ins takes no time.
    public static let parameters = Argon2Parameters(memory: 64, passes: 1, parallelism: 1)

    /// `terms` of the realm; `throttle` without bounds unless a test brings its own. The signing keys `main`, `access` and `refresh` exist.
    public init(
        _ name: String = "test", terms: Terms = Terms(), throttle: Throttle = Throttle(limits: .off), seed: UInt64 = 1
    ) throws {
        realm = Realm(id: ID(name), publicURL: "https://auth.example", terms: terms)
        directory = try TemporaryDirectory()
        random = SeededRandom(seed: seed)
        clock = TestClock()
        audit = AuditRecorder()
        self.throttle = throttle
        memory = Memory()
        database = try Database(path: directory.file("watchword.db"))
        store = database.store(for: realm.id)
        hasher = try Argon2Hasher(parameters: Self.parameters, lanes: 2, random: random)
        signer = try RealmSigner(
            keys: Dictionary(
                uniqueKeysWithValues: ["main", "access", "refresh"].map { name in
                    (name, SigningKey(algorithm: .hs256, secret: Secret("key \(name) of thirty-two bytes at least")))
                }))
        sealer = try RealmSealer(secret: Secret("a realm secret of thirty-two bytes"), random: random)
    }

    /// What lies on the disk of the database, its log included: where a secret must not be found.
    public func databaseBytes() throws -> [UInt8] { try directory.bytes() }

    /// The engine over this realm; a test may put a port of its own in the place of one.
    public func engine(
        store: (any Store)? = nil, hasher: (any PasswordHasher)? = nil,
        commonPasswords: any CommonPasswords = ListedPasswords()
    ) -> Engine {
        Engine(
            realm: realm, store: store ?? self.store, hasher: hasher ?? self.hasher, signer: signer, sealer: sealer,
            commonPasswords: commonPasswords, audit: audit, throttle: throttle, memory: memory, clock: clock,
            random: random)
    }

    /// A caller at an address of the documentation range (RFC 5737).
    public static func caller(_ address: String = "192.0.2.1", principal: Principal? = nil) -> Caller {
        Caller(
            address: ClientAddress(text: address, network: address), userAgent: "watchword-tests", principal: principal)
    }
}
