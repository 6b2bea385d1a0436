import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("What ends the tokens of the system before")
struct AcceptedTrustTests {
    /// What ends every session of the account, or the one that the token shown has.
    enum Ending: String, CaseIterable, Sendable {
        case signOut, signOutEverywhere, changePassword, revokeSession, revokeAll, disable, setPassword

        var endsAll: Bool { self != .signOut && self != .revokeSession }

        func happen(to principal: Principal, _ engine: Engine) async throws {
            let caller = TestRealm.caller(principal: principal)
            let administration = Administration(engine)
            let account = AccountReference(principal.account.id)
            switch self {
            case .signOut: _ = try granted(await engine.perform(.signOut, Submission(), caller))
            case .signOutEverywhere:
                _ = try granted(await engine.perform(.signOut, Submission([.scope: .string("all")]), caller))
            case .changePassword:
                let inputs: [InputName: Value] = [
                    .currentPassword: .string(Scene.password), .password: .string("another good password"),
                ]
                _ = try granted(await engine.perform(.changePassword, Submission(inputs), caller))
            case .revokeSession:
                _ = try granted(await administration.revokeSession(try #require(principal.session).id))
            case .revokeAll: _ = try granted(await administration.revokeSessions(of: account))
            case .disable:
                _ = try granted(await administration.disable(account))
                _ = try granted(await administration.enable(account))
            case .setPassword:
                _ = try granted(await administration.setPassword(Secret("another good password"), of: account))
            }
        }
    }

    @Test(
        "ends those that were shown for good: after a restart, after the sweep, to the last second",
        arguments: Ending.allCases)
    func shown(_ ending: Ending) async throws {
        var terms = Contract.plain
        terms.session.maximum = .minutes(10)
        let old = try await AcceptScene(terms)
        let token = try old.token()
        try await ending.happen(to: try granted(await old.show(token)), old.engine)
        for _ in 0..<2 {
            #expect(try await old.show(token).refusal == Refusal(.revokedToken))
            #expect(try await old.showAfterRestart(token).refusal == Refusal(.revokedToken))
            // The session is swept long before the token's own end.
            old.realm.clock.advance(by: .seconds(3_539 / 2))
            try await old.engine.removeExpired()
        }
        #expect(try await old.sessions().filter { $0.method == "accepted" }.isEmpty)
    }

    @Test(
        "ends those not shown yet where it ends every session, and leaves them where it ends one",
        arguments: Ending.allCases)
    func unseen(_ ending: Ending) async throws {
        for issue in [["jti": .string("b")], ["jti": .string("b"), "iat": .null]] as [[String: Value]] {
            let old = try await AcceptScene()
            let unseen = try old.token(issue)
            try await ending.happen(to: try granted(await old.show(try old.token())), old.engine)
            let outcome = try await old.show(unseen)
            if ending.endsAll {
                #expect(outcome.refusal == Refusal(.revokedToken), "\(issue)")
            } else {
                #expect(outcome.output != nil, "\(issue)")
            }
        }
    }

    @Test("is the same through another dialect of the realm, which accepts nothing itself")
    func sibling() async throws {
        let old = try await AcceptScene()
        var realm = old.engine.realm
        realm.siblings = [realm.terms]
        realm.terms.accepted = AcceptedTerms()
        let other = Engine(
            realm: realm, store: old.engine.store, hasher: old.engine.hasher, signer: old.engine.signer,
            sealer: old.engine.sealer, commonPasswords: old.engine.commonPasswords, audit: old.engine.audit,
            throttle: old.engine.throttle, memory: old.engine.memory, clock: old.engine.clock,
            random: old.engine.random)
        let account = AccountReference(ID(AcceptScene.ann))
        _ = try granted(await Administration(other).setPassword(Secret("another good password"), of: account))
        #expect(try await old.show(try old.token(["iat": .null])).refusal == Refusal(.revokedToken))
        _ = try granted(await Administration(other).revokeSessions(of: account))
        #expect(try await old.show(try old.token()).refusal == Refusal(.revokedToken))
    }

    @Test("is a password that changed there after the token was issued, to the second")
    func changedThere() async throws {
        let old = try await AcceptScene()
        let changed = old.now - .seconds(30)
        try await old.add("1b8e1c52-9c0a-4d2f-8f3e-5a1b2c3d4e5f", "bob", passwordChangedAt: changed)
        let bob = Value.string("1b8e1c52-9c0a-4d2f-8f3e-5a1b2c3d4e5f")
        for (issued, isGood) in [(changed.seconds - 1, false), (changed.seconds, true), (changed.seconds + 1, true)] {
            let outcome = try await old.show(try old.token(["sub": bob, "iat": .int(issued)]))
            #expect((outcome.output != nil) == isGood, "\(issued)")
        }
    }

    @Test("counts a token without an issue time by its end and the issuer's lifetime, or as old as can be")
    func reckoned() async throws {
        for (lifetime, isGood) in [(Lifetime.minutes(60), true), (.minutes(61), false), (nil, true)]
            as [(Lifetime?, Bool)]
        {
            let old = try await AcceptScene(Contract.plain, [AcceptScene.rule { $0.lifetime = lifetime }])
            try await old.add("42", "bob", passwordChangedAt: old.now - .seconds(90))
            let token = try old.token(["sub": .string("42"), "iat": .null])
            #expect((try await old.show(token).output != nil) == isGood, "\(String(describing: lifetime))")
        }
        // Nobody knows when it was issued, and the password has been another since the account came here.
        let old = try await AcceptScene()
        old.realm.clock.advance(by: .seconds(1))
        try await old.realm.store.write { transaction in
            guard var credential = try transaction.passwordCredential(of: ID(AcceptScene.ann)) else { return }
            credential.version = 2
            credential.changedAt = old.now
            _ = try transaction.setPassword(credential, replacing: 1)
        }
        #expect(try await old.show(try old.token(["iat": .null])).refusal == Refusal(.revokedToken))
        #expect(try await old.show(try old.token(["iat": .int(old.now.seconds)])).refusal == Refusal(.revokedToken))
        #expect(try await old.show(try old.token(["iat": .int(old.now.seconds + 1)])).output != nil)
    }

    @Test("is not a better hash of the same password")
    func rehash() async throws {
        let old = try await AcceptScene()
        old.scene.hasher.setOutdated(true)
        old.realm.clock.advance(by: .seconds(5))
        _ = try granted(await old.scene.perform(.signIn, Scene.login()))
        _ = try granted(await old.show(try old.token(["iat": .int(old.now.seconds - 5)])))
        _ = try granted(await old.show(try old.token(["iat": .null])))
    }

    @Test("is an account that is disabled, and none that never was there opens")
    func disabled() async throws {
        let old = try await AcceptScene()
        let token = try old.token()
        try await old.scene.alter(ID(AcceptScene.ann)) { $0.disabled = true }
        #expect(try await old.show(token).refusal == Refusal(.revokedToken))
        #expect(try await old.sessions().isEmpty)
        let refused = try await old.scene.events(.tokenExchange)
        #expect(refused.map(\.outcome) == ["revoked_token"])
    }

    @Test("is the account's end: whoever takes its name after it gets none of its tokens")
    func takenName() async throws {
        let old = try await AcceptScene(Contract.plain, [AcceptScene.rule { $0.names = .email }])
        let (token, unseen) = (
            try old.token(["sub": .string("ann@example.org")]),
            try old.token(["sub": .string("ann@example.org"), "iat": .null])
        )
        _ = try granted(await old.show(token))
        _ = try granted(await Administration(old.engine).delete(AccountReference("email:ann@example.org")))
        old.realm.clock.advance(by: .seconds(1))
        try await old.scene.signUp()
        for token in [token, unseen, try old.token(["sub": .string("ann@example.org"), "jti": .int(1)])] {
            #expect(try await old.showAfterRestart(token).refusal == Refusal(.revokedToken))
        }
    }

    @Test("is a new address or username, for another may have had it")
    func renamed() async throws {
        let old = try await AcceptScene(Contract.plain, [AcceptScene.rule { $0.names = .email }])
        let administration = Administration(old.engine)
        _ = try granted(
            await administration.set([.email("zoe@example.org")], of: AccountReference("email:ann@example.org")))
        #expect(
            try await old.show(try old.token(["sub": .string("zoe@example.org")])).refusal == Refusal(.revokedToken))
        let own = try await AcceptScene(Contract.plain, [AcceptScene.rule { $0.names = .email }])
        let ann = try granted(await own.show(try own.token(["sub": .string("ann@example.org"), "jti": .int(1)])))
        _ = try granted(
            await own.scene.perform(.updateAccount, Submission([.email: .string("zoe@example.org")]), as: ann))
        #expect(
            try await own.show(try own.token(["sub": .string("zoe@example.org")])).refusal == Refusal(.revokedToken))
        let (named, plain) = (try await AcceptScene(), try await AcceptScene())
        _ = try granted(
            await Administration(named.engine).set([.username("zoe")], of: AccountReference("email:ann@example.org")))
        #expect(try await named.show(try named.token()).refusal == Refusal(.revokedToken))
        _ = try granted(
            await Administration(plain.engine).set([.name("Zoe")], of: AccountReference("email:ann@example.org")))
        #expect(try await plain.show(try plain.token()).output != nil)
    }

    @Test("is no token of ours: where one key signs for both, a refresh token stays one")
    func oneKey() async throws {
        // A careless rule: our own key, and nothing that tells the kinds apart.
        var terms = Contract.rotate
        if case .jwt(_, let claims, let closed) = terms.access.format {
            terms.access.format = .jwt(key: "main", claims: claims, closed: closed)
        }
        let rule = AcceptedToken(key: "main", until: AcceptScene.sunset)
        let old = try await AcceptScene(terms, [rule])
        try await old.scene.signUp("zoe")
        let grant = try await old.scene.signIn("zoe")
        let refresh = try #require(grant.refresh).text
        #expect(try await old.show(refresh).refusal == Refusal(.wrongTokenType))
        #expect(old.engine.readAccepted(refresh, as: .access, at: old.now)?.output == nil)
        // Nor does a token of ours that has ended come in by that door.
        let access = try #require(grant.access).text
        _ = try granted(
            await old.scene.perform(.signOut, as: try granted(await old.show(access))))
        #expect(try await old.show(access).refusal == Refusal(.revokedToken))
    }

    @Test("leaves nothing half done when the store fails at any call")
    func faults() async throws {
        let old = try await AcceptScene()
        let token = try old.token()
        let faults = try await old.scene.faults { engine in
            _ = try granted(await old.show(token, to: engine.with(memory: Memory())))
        }
        #expect(faults > 3)
    }
}
