import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Tokens")
struct TokensTests {
    private func claims(_ scene: Scene, _ token: IssuedToken?) throws -> [Value.Member] {
        let text = try #require(token).text
        return try #require(scene.realm.signer.verify(text, with: "main"))
    }

    @Test("A closed set holds exactly what the contract names, in its order")
    func closedClaims() async throws {
        let scene = try Scene(Contract.closed)
        let grant = try await scene.signUp()
        let members = try claims(scene, grant.access)
        #expect(members.map(\.name) == ["userId", "email", "iat", "exp"])
        #expect(members[0].value.string == grant.user?.id.text)
        #expect(members[2].value == .int(scene.now.seconds))
        #expect(members[3].value == .int(scene.now.seconds + 604_800))
    }

    @Test("An open set gets a jti behind what the contract names; sub is text where ids are numbers")
    func openClaims() async throws {
        let scene = try Scene(Contract.rotate)
        try await scene.signUp()
        let grant = try await scene.signIn()
        let access = try claims(scene, grant.access)
        #expect(access.map(\.name) == ["sub", "type", "iat", "exp", "jti"])
        #expect(access[0].value == .string("1"))
        let refresh = try claims(scene, grant.refresh)
        #expect(refresh.map(\.name) == ["sub", "type", "iat", "exp", "jti"])
        #expect(access[4].value.string?.hasPrefix("a.") == true)
        #expect(refresh[4].value.string?.hasPrefix("r.") == true)
    }

    @Test("The document's four claims without iat get one, so that verifiers know the age of a token")
    func missingIssuedAt() async throws {
        let scene = try Scene(Contract.reuse)
        let access = try claims(scene, try await scene.signUp().access)
        #expect(access.map(\.name) == ["sub", "exp", "type", "iat", "jti"])
    }

    @Test("Neither kind of token passes for the other, whatever claims the contract has")
    func kinds() async throws {
        for contract in [Contract.reuse, Contract.rotate, unmarked(closed: false), unmarked(closed: true), opaque] {
            let scene = try Scene(contract)
            try await scene.signUp()
            let grant = try await scene.signIn()
            #expect(try await scene.authenticate(grant.refresh).refusal?.code == .wrongTokenType)
            #expect(try await scene.refresh(grant.access).refusal == Refusal(.invalidRefresh))
            _ = try await scene.principal(grant.access)
            _ = try granted(await scene.refresh(grant.refresh))
        }
    }

    /// Access and refresh tokens of one key whose claims do not tell them apart.
    private func unmarked(closed: Bool) -> Terms {
        var terms = Contract.rotate
        let claims: [(String, ClaimTemplate)] = [
            ("sub", .text(.accountID)), ("iat", .source(.issuedAt)), ("exp", .source(.expiresAt)),
        ]
        terms.access.format = Contract.jwt(claims, closed: closed)
        terms.refresh?.format = Contract.jwt(claims, closed: closed)
        return terms
    }

    private var opaque: Terms {
        var terms = Contract.rotate
        terms.access.format = .opaque(OpaqueFormat(prefix: "at_", .bytes(32, .base62)))
        terms.refresh?.format = .opaque(OpaqueFormat(prefix: "rt_", .bytes(32, .hex)))
        return terms
    }

    @Test("Opaque tokens have their prefix and nothing of the account")
    func opaqueTokens() async throws {
        let scene = try Scene(opaque)
        try await scene.signUp()
        let grant = try await scene.signIn()
        let access = try #require(grant.access?.text.revealed)
        #expect(access.hasPrefix("at_") && access.count == 46)
        let refresh = try #require(grant.refresh?.text.revealed)
        #expect(refresh.hasPrefix("rt_") && refresh.count == 67)
    }

    @Test("Opaque tokens end when their records say so, and with their session")
    func opaqueEnds() async throws {
        let scene = try Scene(opaque)
        try await scene.signUp()
        let first = try await scene.signIn()
        _ = try await scene.principal(first.access)
        scene.realm.clock.advance(by: .minutes(30))
        #expect(try await scene.authenticate(first.access).refusal == Refusal(.expiredToken))
        scene.realm.clock.set(try #require(first.refresh).expiresAt)
        #expect(try await scene.refresh(first.refresh).refusal == Refusal(.expiredRefresh))
    }

    @Test("Rotation gives a new pair of the same session and a fresh life, within the session's own")
    func rotation() async throws {
        var terms = Contract.rotate
        terms.session.maximum = .days(10)
        let scene = try Scene(terms)
        try await scene.signUp()
        let first = try await scene.signIn()
        scene.realm.clock.advance(by: .days(6))
        let second = try granted(await scene.refresh(first.refresh))
        #expect(second.session?.id == first.session?.id)
        #expect(second.refresh?.text != first.refresh?.text)
        #expect(second.access?.text != first.access?.text)
        #expect(second.refresh?.expiresAt == first.session?.expiresAt)
        #expect(second.access?.expiresAt == scene.now + .minutes(30))
        _ = try await scene.principal(second.access)
        scene.realm.clock.advance(by: .days(4))
        #expect(try await scene.refresh(second.refresh).refusal?.code == .expiredRefresh)
        #expect(try await scene.events(.refresh).map(\.outcome).sorted() == ["expired_refresh", "granted"])
    }

    @Test("A token exchanged before ends the whole family, and that is on record")
    func reuseDetected() async throws {
        let scene = try Scene(Contract.rotate)
        try await scene.signUp()
        let first = try await scene.signIn()
        let other = try await scene.signIn()
        let second = try granted(await scene.refresh(first.refresh))
        _ = try await scene.principal(second.access)
        #expect(try await scene.refresh(first.refresh).refusal == Refusal(.reusedRefresh))
        for dead in [first.access, second.access] {
            #expect(try await scene.authenticate(dead).refusal == Refusal(.revokedToken))
        }
        #expect(try await scene.refresh(second.refresh).refusal == Refusal(.invalidRefresh))
        #expect(try await scene.refresh(first.refresh).refusal == Refusal(.invalidRefresh))
        let event = try #require(try await scene.events(.refreshReused).first)
        #expect(event.accountID == first.user?.id && event.sessionID == first.session?.id)
        #expect(event.outcome == "reused_refresh")
        _ = try await scene.principal(other.access)
    }

    @Test("Of many who present one refresh token at once exactly one gets a pair")
    func parallel() async throws {
        let scene = try Scene(Contract.rotate)
        try await scene.signUp()
        let first = try await scene.signIn()
        let outcomes = try await withThrowingTaskGroup(of: Outcome<Grant>.self) { group in
            for _ in 0..<8 { group.addTask { try await scene.refresh(first.refresh) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let winners = outcomes.compactMap(\.output)
        #expect(winners.count == 1)
        #expect(outcomes.compactMap(\.refusal?.code).count { $0 == .reusedRefresh } == 1)
        #expect(try await scene.authenticate(winners.first?.access).refusal == Refusal(.revokedToken))
    }

    @Test("Within the grace a lost answer is repeated word for word; after it, it is reuse")
    func grace() async throws {
        var terms = Contract.rotate
        terms.refresh?.grace = .seconds(10)
        let scene = try Scene(terms)
        try await scene.signUp()
        let first = try await scene.signIn()
        let second = try granted(await scene.refresh(first.refresh))
        scene.realm.clock.advance(by: .seconds(10))
        let again = try granted(await scene.refresh(first.refresh))
        #expect(again.access == second.access && again.refresh == second.refresh)
        _ = try await scene.principal(again.access)
        scene.realm.clock.advance(by: .seconds(1))
        #expect(try await scene.refresh(first.refresh).refusal == Refusal(.reusedRefresh))
        #expect(try await scene.refresh(second.refresh).refusal == Refusal(.invalidRefresh))
    }

    @Test("Without a grace nothing that could be repeated is kept")
    func noGraceNoSuccessor() async throws {
        let scene = try Scene(Contract.rotate)
        try await scene.signUp()
        let first = try await scene.signIn()
        _ = try granted(await scene.refresh(first.refresh))
        let text = try #require(first.refresh?.text)
        let digest = Engine.digest(text)
        let record = try await scene.realm.store.read { try $0.refreshToken(digest) }
        #expect(record?.usedAt == scene.now)
        #expect(record?.successor == nil)
    }

    @Test("A refresh token that is used again and again gives access tokens until its own end, which nothing moves")
    func reuse() async throws {
        let scene = try Scene(Contract.reuse)
        let first = try await scene.signUp()
        let end = scene.now + .days(7)
        #expect(first.refresh?.expiresAt == end && first.session?.expiresAt == end)
        for _ in 0..<6 {
            scene.realm.clock.advance(by: .days(1))
            let grant = try granted(await scene.refresh(first.refresh))
            #expect(grant.refresh?.text == first.refresh?.text && grant.refresh?.expiresAt == end)
            #expect(try await scene.principal(grant.access).account.id == first.user?.id)
        }
        scene.realm.clock.set(end - .minutes(10))
        let last = try granted(await scene.refresh(first.refresh))
        #expect(last.access?.expiresAt == end)
        scene.realm.clock.set(end)
        #expect(try await scene.refresh(first.refresh).refusal?.code == .expiredRefresh)
        #expect(try await scene.authenticate(last.access).refusal == Refusal(.expiredToken))
    }

    @Test("No refresh for who is disabled, nor after the password changed")
    func ended() async throws {
        let scene = try Scene(Contract.reuse)
        let first = try await scene.signUp()
        try await scene.alter(first.user?.id) { $0.disabled = true }
        #expect(try await scene.refresh(first.refresh).refusal == Refusal(.invalidRefresh))
        try await scene.alter(first.user?.id) { $0.disabled = false }
        let grant = try granted(await scene.refresh(first.refresh))
        let change = Submission([
            .currentPassword: .string(Scene.password), .password: .string("another good one"),
        ])
        _ = try granted(
            await scene.perform(.changePassword, change, as: try await scene.principal(grant.access)))
        #expect(try await scene.refresh(first.refresh).refusal == Refusal(.invalidRefresh))
    }

    @Test("A refresh token that is not ours never reaches the store")
    func forgedNeverLookedUp() async throws {
        let scene = try Scene(Contract.rotate)
        let store = FaultingStore(scene.realm.store)
        let engine = scene.realm.engine(store: store)
        for text in ["x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", String(repeating: "A", count: 100_000)] {
            let outcome = try await engine.perform(
                .refresh, Submission([.refreshToken: .string(text)]), TestRealm.caller())
            #expect(outcome.refusal == Refusal(.invalidRefresh))
        }
        #expect(store.calls == 0)
    }

    @Test("What is missing or of another type is told so")
    func validation() async throws {
        let scene = try Scene(Contract.rotate)
        #expect(
            try await scene.perform(.refresh).refusal
                == Refusal(.validation, problems: [InputProblem(.refreshToken, .required)]))
        #expect(
            try await scene.perform(.refresh, Submission([.refreshToken: .int(1)])).refusal?.problems
                == [InputProblem(.refreshToken, .type, expected: "string")])
    }

    @Test("Whatever call to the store fails, a refresh leaves everything or nothing, and can be tried again")
    func faults() async throws {
        let scene = try Scene(Contract.rotate)
        try await scene.signUp()
        let first = try await scene.signIn()
        let text = try #require(first.refresh).text.revealed
        let submission = Submission([.refreshToken: .string(text)])
        let faults = try await scene.faults { engine in
            _ = try await engine.perform(.refresh, submission, TestRealm.caller())
        }
        #expect(faults > 5)
    }
}
