import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Signing in")
struct SignInTests {
    @Test("Who knows the password gets a session and its tokens", arguments: Contract.all)
    func right(_ contract: (name: String, terms: Terms)) async throws {
        let scene = try Scene(contract.terms)
        let id = try await scene.signUp().user?.id
        let grant = try await scene.signIn()
        #expect(grant.user?.id == id)
        #expect(grant.session?.accountID == id)
        #expect(grant.session?.address == "192.0.2.1")
        #expect(grant.session?.method == "pwd")
        #expect((grant.refresh != nil) == (contract.terms.refresh != nil))
        #expect(try await scene.principal(grant.access).account.id == id)
        #expect(try await scene.events(.signIn).map(\.outcome) == ["granted"])
    }

    @Test("A key that is always shown is the same at each sign-in, and one shown once is not shown again")
    func shownKey() async throws {
        let always = try Scene(Contract.renew)
        let made = try await always.signUp().apiKey?.secret
        #expect(made != nil)
        #expect(try await always.signIn().apiKey?.secret == made)
        let once = try Scene(Contract.closed)
        try await once.signUp()
        #expect(try await once.signIn().apiKey == nil)
    }

    @Test("Unknown, wrong, disabled and without a password: one verification and the same words each")
    func equalWork() async throws {
        let scene = try Scene(Contract.plain)
        try await scene.signUp("ann")
        let bob = try await scene.signUp("bob").user?.id
        try await scene.alter(bob) { $0.disabled = true }
        let now = scene.now
        _ = try await scene.realm.store.write { transaction in
            try transaction.insert(
                Account(id: ID("bare"), email: "bare@example.org", createdAt: now, updatedAt: now))
        }
        var refusals: [Refusal?] = []
        for (name, count) in [("nobody", 1), ("ann", 2), ("bob", 3), ("bare", 4), ("not an address", 5)] {
            let submission = Submission([
                .email: .string(name.contains(" ") ? name : "\(name)@example.org"), .password: .string("a wrong one"),
            ])
            refusals.append(try await scene.perform(.signIn, submission).refusal)
            #expect(scene.hasher.verifications == count, "\(name)")
        }
        #expect(refusals == [Refusal?](repeating: Refusal(.invalidCredentials), count: 5))
        #expect(scene.hasher.compared.map { $0 != nil } == [false, true, true, false, false])
        #expect(scene.hasher.hashes == 2)
    }

    @Test("That an account is disabled is told only to who knows its password")
    func disabled() async throws {
        let scene = try Scene(Contract.plain)
        let id = try await scene.signUp().user?.id
        try await scene.alter(id) { $0.disabled = true }
        #expect(try await scene.perform(.signIn, Scene.login()).refusal == Refusal(.accountDisabled))
        #expect(scene.hasher.verifications == 1)
        try await scene.alter(id) { $0.disabled = false }
        _ = try await scene.signIn()
    }

    @Test("Where a verified address is required, that too is told only to who knows the password")
    func unverified() async throws {
        var terms = Contract.plain
        terms.accounts.requireVerified = true
        let scene = try Scene(terms)
        let id = try await scene.signUp().user?.id
        #expect(try await scene.perform(.signIn, Scene.login()).refusal == Refusal(.emailNotVerified))
        let wrong = Scene.login(password: "a wrong one")
        #expect(try await scene.perform(.signIn, wrong).refusal == Refusal(.invalidCredentials))
        try await scene.alter(id) { $0.emailVerified = true }
        _ = try await scene.signIn()
    }

    @Test("An identity is a username, or an address if it holds @; case and spaces do not matter")
    func identity() async throws {
        let scene = try Scene(Contract.reuse)
        try await scene.signUp()
        for text in ["ann", " ANN ", "ann@example.org", "Ann@EXAMPLE.org\n"] {
            let submission = Submission([.identity: .string(text), .password: .string(Scene.password)])
            _ = try granted(await scene.perform(.signIn, submission))
        }
        let byName = Submission([.username: .string("ann"), .password: .string(Scene.password)])
        _ = try granted(await scene.perform(.signIn, byName))

        let addressOnly = try Scene(Contract.rotate)
        try await addressOnly.signUp()
        let named = Submission([.identity: .string("ann"), .password: .string(Scene.password)])
        #expect(try await addressOnly.perform(.signIn, named).refusal == Refusal(.invalidCredentials))
        let addressed = Submission([.identity: .string("ann@example.org"), .password: .string(Scene.password)])
        _ = try granted(await addressOnly.perform(.signIn, addressed))
    }

    @Test("What is missing is named as the route binds it")
    func missing() async throws {
        let scene = try Scene(Contract.reuse)
        var submission = Submission()
        submission.bound = [.identity, .password]
        let problems = [InputProblem(.identity, .required), InputProblem(.password, .required)]
        #expect(try await scene.perform(.signIn, submission).refusal == Refusal(.validation, problems: problems))
        submission = Submission([.email: .int(7), .password: .string("")])
        #expect(
            try await scene.perform(.signIn, submission).refusal?.problems == [
                InputProblem(.email, .type, expected: "string"), InputProblem(.password, .required),
            ])
        #expect(scene.hasher.verifications == 0)
    }

    @Test("A password too long to be anybody's costs what a wrong one costs, and is never hashed")
    func tooLong() async throws {
        let scene = try Scene(Contract.plain)
        try await scene.signUp()
        let submission = Scene.login(password: String(repeating: "x", count: 100_000))
        #expect(try await scene.perform(.signIn, submission).refusal == Refusal(.invalidCredentials))
        #expect(scene.hasher.verifications == 1)
        #expect(scene.hasher.compared == [nil])
    }

    @Test("A password is compared byte for byte: neither trimmed nor normalised")
    func asTyped() async throws {
        let scene = try Scene(Contract.plain)
        _ = try granted(await scene.perform(.signUp, Scene.application(password: " p\u{E9}ssword ")))
        for wrong in ["p\u{E9}ssword", " pe\u{301}ssword ", " P\u{E9}ssword "] {
            #expect(
                try await scene.perform(.signIn, Scene.login(password: wrong)).refusal == Refusal(.invalidCredentials))
        }
        _ = try await scene.signIn(password: " p\u{E9}ssword ")
    }

    @Test("An outdated hash is replaced at sign-in, and the password stays")
    func rehash() async throws {
        let scene = try Scene(Contract.plain)
        let id = try #require(try await scene.signUp().user?.id)
        let old = try await scene.realm.store.read { try $0.passwordCredential(of: id) }
        scene.hasher.setOutdated(true)
        _ = try await scene.signIn()
        let new = try await scene.realm.store.read { try $0.passwordCredential(of: id) }
        #expect(new?.hash != old?.hash)
        #expect(new?.version == 2)
        #expect(new?.changedAt == old?.changedAt)
        #expect(try await scene.events(.passwordRehash).count == 1)
        scene.hasher.setOutdated(false)
        _ = try await scene.signIn()
        #expect(try await scene.realm.store.read { try $0.passwordCredential(of: id) } == new)
    }

    @Test("Many who sign in at once while the hash is being replaced all get in")
    func rehashRace() async throws {
        let scene = try Scene(Contract.plain)
        try await scene.signUp()
        scene.hasher.setOutdated(true)
        let grants = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<3 {
                group.addTask { try await scene.perform(.signIn, Scene.login()).output != nil }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(grants == [true, true, true])
    }

    @Test("A password replaced while it was verified opens nothing")
    func replacedMeanwhile() async throws {
        let scene = try Scene(Contract.plain)
        let id = try #require(try await scene.signUp().user?.id)
        let store = scene.realm.store
        let meddler = Meddler(scene.realm.hasher) {
            _ = try await store.write { transaction in
                guard let current = try transaction.passwordCredential(of: id) else { return false }
                let other = PasswordCredential(
                    accountID: id, hash: "$argon2id$another", version: current.version + 1, changedAt: current.changedAt
                )
                return try transaction.setPassword(other, replacing: current.version)
            }
        }
        let outcome = try await scene.realm.engine(hasher: meddler)
            .perform(.signIn, Scene.login(), TestRealm.caller())
        #expect(outcome.refusal == Refusal(.invalidCredentials))
        #expect(try await store.read { try $0.sessions(of: id, liveAt: Timestamp(seconds: 0)) }.isEmpty)
    }

    @Test("An account disabled while its password was verified is not opened")
    func disabledMeanwhile() async throws {
        let scene = try Scene(Contract.plain)
        let id = try #require(try await scene.signUp().user?.id)
        let meddler = Meddler(scene.realm.hasher) { try await scene.alter(id) { $0.disabled = true } }
        let outcome = try await scene.realm.engine(hasher: meddler)
            .perform(.signIn, Scene.login(), TestRealm.caller())
        #expect(outcome.refusal == Refusal(.accountDisabled))
    }

    @Test("Two who sign in within one second get two tokens, none of the future", arguments: Contract.all)
    func sameSecond(_ contract: (name: String, terms: Terms)) async throws {
        let scene = try Scene(contract.terms)
        try await scene.signUp()
        let grants = try await withThrowingTaskGroup(of: Grant.self) { group in
            for _ in 0..<8 { group.addTask { try await scene.signIn() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let tokens = grants.compactMap { $0.access?.text.revealed }
        #expect(Set(tokens).count == 8)
        for grant in grants {
            let access = try #require(grant.access)
            #expect(access.issuedAt <= scene.now)
            #expect(access.expiresAt == access.issuedAt + contract.terms.access.lifetime)
            let claims = try #require(scene.realm.signer.verify(access.text, with: "main").map(Value.object))
            #expect(try #require(claims["iat"]?.int) <= scene.now.seconds)
            _ = try await scene.principal(access)
        }
    }

    @Test("Whatever call to the store fails, a sign-in leaves everything or nothing")
    func faults() async throws {
        for contract in Contract.all {
            let scene = try Scene(contract.terms)
            try await scene.signUp()
            scene.hasher.setOutdated(true)
            let faults = try await scene.faults(hasher: scene.hasher) { engine in
                _ = try await engine.perform(.signIn, Scene.login(), TestRealm.caller())
            }
            #expect(faults > 4)
        }
    }
}

/// Does something else before it says whether a password is right.
private struct Meddler: PasswordHasher {
    let base: any PasswordHasher
    let meddle: @Sendable () async throws -> Void

    init(_ base: any PasswordHasher, meddle: @escaping @Sendable () async throws -> Void) {
        self.base = base
        self.meddle = meddle
    }

    func hash(_ password: Secret) async throws -> Outcome<String> { try await base.hash(password) }

    func verify(_ password: Secret, against hash: String?) async throws -> Outcome<PasswordVerdict> {
        let verdict = try await base.verify(password, against: hash)
        try await meddle()
        return verdict
    }

    func format(of hash: String) -> PasswordHashFormat? { base.format(of: hash) }

    func check(hash: String) -> PasswordHashProblem? { base.check(hash: hash) }
}
