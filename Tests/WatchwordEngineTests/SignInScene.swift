import Synchronization
import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

/// A realm with an engine over it, and the few words that tests of it need.
struct Scene {
    let realm: TestRealm
    let engine: Engine
    let hasher: CountingHasher

    init(_ terms: Terms, limits: ThrottleLimits = .off, seed: UInt64 = 1) throws {
        realm = try TestRealm(terms: terms, throttle: Throttle(limits: limits), seed: seed)
        hasher = CountingHasher(realm.hasher)
        engine = realm.engine(hasher: hasher)
    }

    var now: Timestamp { realm.clock.now() }

    static let password = "correct horse battery"

    /// What a person sends to sign up, whatever the contract requires.
    static func application(_ name: String = "ann", password: String = password) -> Submission {
        Submission([
            .email: .string("\(name)@example.org"), .username: .string(name), .password: .string(password),
        ])
    }

    static func login(_ name: String = "ann", password: String = password) -> Submission {
        Submission([.email: .string("\(name)@example.org"), .password: .string(password)])
    }

    func perform(
        _ operation: WatchwordCore.Operation, _ submission: Submission = Submission(),
        as principal: Principal? = nil, from address: String = "192.0.2.1"
    ) async throws -> Outcome<Grant> {
        try await engine.perform(operation, submission, TestRealm.caller(address, principal: principal))
    }

    @discardableResult
    func signUp(_ name: String = "ann") async throws -> Grant {
        try granted(await perform(.signUp, Self.application(name)))
    }

    func signIn(_ name: String = "ann", password: String = password, from address: String = "192.0.2.1") async throws
        -> Grant
    {
        try granted(await perform(.signIn, Self.login(name, password: password), from: address))
    }

    func authenticate(_ token: IssuedToken?) async throws -> Outcome<Principal> {
        try await engine.authenticate([access(token)], TestRealm.caller())
    }

    /// The principal of a token that must be good.
    func principal(_ token: IssuedToken?) async throws -> Principal { try granted(await authenticate(token)) }

    func access(_ token: IssuedToken?) -> PresentedCredential {
        PresentedCredential(kind: .access, text: token?.text ?? Secret(""))
    }

    func key(_ key: IssuedAPIKey?) -> PresentedCredential {
        PresentedCredential(kind: .apiKey, text: key?.secret ?? Secret(""))
    }

    func refresh(_ token: IssuedToken?) async throws -> Outcome<Grant> {
        try await perform(.refresh, Submission([.refreshToken: .string(token?.text.revealed ?? "")]))
    }

    /// Changes the account as an operator does beside the server.
    func alter(_ id: Account.ID?, _ change: @escaping @Sendable (inout Account) -> Void) async throws {
        let id = try #require(id)
        let engine = engine
        try await realm.store.write { transaction in
            guard var account = try transaction.account(id) else { return }
            change(&account)
            try engine.save(account, in: transaction)
        }
        engine.memory.apply([.account(id)])
    }

    /// Everything that is stored of accounts, sessions, mails and events, as text to compare.
    func snapshot() async throws -> String {
        try await realm.store.read { reading in
            let accounts = try reading.accounts(limit: 1_000, offset: 0)
            let lines = try accounts.map { account in
                """
                \(account) \(try reading.passwordCredential(of: account.id) as Any) \
                \(try reading.sessions(of: account.id, liveAt: Timestamp(seconds: 0))) \
                \(try reading.apiKeys(of: account.id, agent: nil))
                """
            }
            return
                (lines + ["\(try reading.mails(limit: 1_000))", "\(try reading.auditEvents(of: nil, limit: 1_000))"])
                .joined(separator: "\n")
        }
    }

    /// Does something over stores that fail at the first call, the second, and so on until none fails. Each time it
    /// failed nothing may have changed. Says how often it failed.
    func faults(
        hasher: (any PasswordHasher)? = nil, sourceLocation: SourceLocation = #_sourceLocation,
        _ operation: (Engine) async throws -> Void
    ) async throws -> Int {
        let before = try await snapshot()
        for call in 1..<200 {
            do {
                let store = FaultingStore(realm.store, failAt: call)
                try await operation(realm.engine(store: store, hasher: hasher))
                #expect(try await snapshot() != before, sourceLocation: sourceLocation)
                return call - 1
            } catch {
                #expect(try await snapshot() == before, "call \(call)", sourceLocation: sourceLocation)
            }
        }
        return 200
    }

    func events(_ kind: AuditEvent.Kind) async throws -> [AuditEvent] {
        try await realm.store.read { try $0.auditEvents(of: nil, limit: 1_000) }.filter { $0.kind == kind }
            + realm.audit.events.filter { $0.kind == kind }
    }
}

/// What was granted; a refusal is a failure that names its code.
func granted<Output>(
    _ outcome: Outcome<Output>, sourceLocation: SourceLocation = #_sourceLocation
) throws -> Output {
    try #require(outcome.output, "refused: \(outcome.refusal as Any)", sourceLocation: sourceLocation)
}

/// Counts what is spent, and can be out of places or call every hash outdated.
final class CountingHasher: PasswordHasher {
    private struct State {
        var hashes = 0
        var verifications = 0
        var compared: [String?] = []
        var isBusy = false
        var isOutdated = false
    }

    private let base: any PasswordHasher
    private let state = Mutex(State())

    init(_ base: any PasswordHasher) { self.base = base }

    var hashes: Int { state.withLock(\.hashes) }
    var verifications: Int { state.withLock(\.verifications) }
    /// What each verification compared with.
    var compared: [String?] { state.withLock(\.compared) }
    func setBusy(_ isBusy: Bool) { state.withLock { $0.isBusy = isBusy } }
    func setOutdated(_ isOutdated: Bool) { state.withLock { $0.isOutdated = isOutdated } }

    func hash(_ password: Secret) async throws -> Outcome<String> {
        let isBusy = state.withLock { state in
            state.hashes += 1
            return state.isBusy
        }
        return isBusy ? .refused(Refusal(.busy, retryAfter: 1)) : try await base.hash(password)
    }

    func verify(_ password: Secret, against hash: String?) async throws -> Outcome<PasswordVerdict> {
        let (isBusy, isOutdated) = state.withLock { state in
            state.verifications += 1
            state.compared.append(hash)
            return (state.isBusy, state.isOutdated)
        }
        if isBusy { return .refused(Refusal(.busy, retryAfter: 1)) }
        return try await base.verify(password, against: hash).map { verdict in
            verdict != .wrong && isOutdated ? .right(outdated: true) : verdict
        }
    }

    func format(of hash: String) -> PasswordHashFormat? { base.format(of: hash) }

    func check(hash: String) -> PasswordHashProblem? { base.check(hash: hash) }
}
