import Glibc
import WatchwordCore
import WatchwordCrypto
import WatchwordEngine
import WatchwordStore

/// A realm on a real database with production costs, and no server in front of it.
struct Bench {
    let engine: Engine
    let hasher: Argon2Hasher
    let database: Database

    init(directory: String) throws {
        var terms = Terms()
        let claims = [
            ClaimMember("sub", .text(.accountID)), ClaimMember("iat", .source(.issuedAt)),
            ClaimMember("exp", .source(.expiresAt)),
        ]
        terms.access.format = .jwt(key: "main", claims: claims, closed: false)
        terms.refresh = RefreshTokenTerms(
            format: .jwt(key: "main", claims: claims, closed: false), lifetime: .days(7), use: .rotate)
        var keys = APIKeyTerms()
        keys.prefix = "bench_"
        keys.issueOnSignUp = true
        terms.apiKeys = keys
        let realm = Realm(id: ID("bench"), publicURL: "http://127.0.0.1", terms: terms)
        let random = SystemRandom()
        database = try Database(path: directory + "/bench.db")
        hasher = try Argon2Hasher()
        engine = Engine(
            realm: realm, store: database.store(for: realm.id), hasher: hasher,
            signer: try RealmSigner(keys: ["main": SigningKey(algorithm: .hs256, secret: Secret(random.bytes(32)))]),
            sealer: try RealmSealer(secret: Secret(random.bytes(32))), commonPasswords: NoList(), audit: NoTrail(),
            throttle: Throttle(limits: .off), memory: Memory(), clock: KernelClock(), random: random)
    }

    static let caller = Caller(address: ClientAddress(text: "127.0.0.1", network: "127.0.0.1"))

    func signUp(_ email: String) async throws -> Grant {
        let submission = Submission([.email: .string(email), .password: .string("correct horse battery")])
        return try granted(try await engine.perform(.signUp, submission, Self.caller))
    }

    func signIn(_ email: String) async throws -> Grant {
        let submission = Submission([.email: .string(email), .password: .string("correct horse battery")])
        return try granted(try await engine.perform(.signIn, submission, Self.caller))
    }

    func refresh(_ token: Secret) async throws -> Grant {
        let submission = Submission([.refreshToken: .string(token.revealed)])
        return try granted(try await engine.perform(.refresh, submission, Self.caller))
    }

    private func granted(_ outcome: Outcome<Grant>) throws -> Grant {
        guard let grant = outcome.output else {
            throw Fault(.invariant, "refused: \(String(describing: outcome.refusal))")
        }
        return grant
    }
}

struct KernelClock: WallClock {
    func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}

struct NoList: CommonPasswords {
    func contains(_ password: Secret) -> Bool { false }
}

struct NoTrail: AuditTrail {
    func record(_ event: AuditEvent) {}
}
