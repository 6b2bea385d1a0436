import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Signing out by a refresh token alone")
struct SignOutTests {
    private func submission(_ token: IssuedToken?, scope: String? = nil) -> Submission {
        var submission = Submission([.refreshToken: .string(token?.text.revealed ?? "")])
        submission.bound = [.refreshToken]
        if let scope { submission[.scope] = .string(scope) }
        return submission
    }

    private var opaque: Terms {
        var terms = Contract.plain
        terms.refresh = RefreshTokenTerms(format: .opaque(OpaqueFormat()), lifetime: .days(7), use: .rotate)
        return terms
    }

    @Test("The token's session ends with every token of it, and no other session", arguments: [true, false])
    func signOut(_ isOpaque: Bool) async throws {
        let scene = try Scene(isOpaque ? opaque : Contract.rotate)
        try await scene.signUp()
        let one = try await scene.signIn()
        let other = try await scene.signIn()
        _ = try await scene.principal(one.access)
        let grant = try granted(await scene.perform(.signOut, submission(one.refresh)))
        #expect(grant.session?.id == one.session?.id)
        #expect(scene.engine.recall([scene.access(one.access)], TestRealm.caller()) == nil)
        #expect(try await scene.authenticate(one.access).refusal == Refusal(.revokedToken))
        #expect(try await scene.refresh(one.refresh).refusal == Refusal(.invalidRefresh))
        _ = try await scene.principal(other.access)
        #expect(try await scene.perform(.signOut, submission(one.refresh)).refusal == Refusal(.invalidRefresh))
        #expect(try await scene.events(.signOut).map(\.outcome) == ["granted", "invalid_refresh"])
    }

    @Test("A scope reaches further: everywhere, or everywhere else")
    func scopes() async throws {
        let scene = try Scene(Contract.rotate)
        try await scene.signUp()
        let grants = [try await scene.signIn(), try await scene.signIn()]
        _ = try granted(await scene.perform(.signOut, submission(grants[0].refresh, scope: "others")))
        _ = try await scene.principal(grants[0].access)
        #expect(try await scene.authenticate(grants[1].access).refusal == Refusal(.revokedToken))
        let third = try await scene.signIn()
        _ = try granted(await scene.perform(.signOut, submission(grants[0].refresh, scope: "all")))
        for grant in [grants[0], third] {
            #expect(try await scene.authenticate(grant.access).refusal == Refusal(.revokedToken))
        }
        let fourth = try await scene.signIn()
        _ = try granted(await scene.perform(.signOut, submission(fourth.refresh, scope: "session")))
        #expect(try await scene.authenticate(fourth.access).refusal == Refusal(.revokedToken))
    }

    @Test("What opens nothing is refused and ends nothing")
    func refusals() async throws {
        for terms in [Contract.rotate, opaque] {
            let scene = try Scene(terms)
            try await scene.signUp()
            let one = try await scene.signIn()
            var cases: [(Submission, RefusalCode)] = [
                (submission(one.access), .invalidRefresh),
                (
                    submission(IssuedToken(text: Secret("x"), issuedAt: scene.now, expiresAt: scene.now)),
                    .invalidRefresh
                ),
                (Submission(), .missingToken), (submission(nil), .validation),
                (submission(one.refresh, scope: "some"), .validation),
            ]
            let id = try #require(one.user?.id)
            let before = try await scene.snapshot()
            for (submission, code) in cases {
                #expect(try await scene.perform(.signOut, submission).refusal?.code == code)
            }
            #expect(try await scene.snapshot() == before)
            _ = try await scene.principal(one.access)

            scene.realm.clock.advance(by: .days(7))
            #expect(try await scene.perform(.signOut, submission(one.refresh)).refusal?.code == .expiredRefresh)
            let two = try await scene.signIn()
            try await scene.alter(id) { $0.disabled = true }
            cases = [(submission(two.refresh), .invalidRefresh)]
            for (submission, code) in cases {
                #expect(try await scene.perform(.signOut, submission).refusal?.code == code)
            }
        }
        let none = try Scene(Contract.plain)
        #expect(try await none.perform(.signOut, submission(nil)).refusal?.code == .validation)
    }

    @Test("A token that was exchanged still signs its family out")
    func exchanged() async throws {
        let scene = try Scene(Contract.rotate)
        try await scene.signUp()
        let one = try await scene.signIn()
        let next = try granted(await scene.refresh(one.refresh))
        _ = try granted(await scene.perform(.signOut, submission(one.refresh)))
        #expect(try await scene.authenticate(next.access).refusal == Refusal(.revokedToken))
    }

    @Test("A stranger's guesses are bounded, and take no turn among those who write")
    func guesses() async throws {
        var limits = ThrottleLimits.off
        limits.address = Limit(burst: 4, every: 60_000_000)
        let scene = try Scene(opaque, limits: limits)
        let store = CountingStore(scene.realm.store)
        let engine = scene.realm.engine(store: store)
        var codes: [RefusalCode?] = []
        for _ in 0..<5 {
            let guess = IssuedToken(
                text: Secret(String(repeating: "A", count: 43)), issuedAt: scene.now, expiresAt: scene.now)
            codes.append(try await engine.perform(.signOut, submission(guess), TestRealm.caller()).refusal?.code)
        }
        #expect(codes == Array(repeating: .invalidRefresh, count: 4) + [.rateLimited])
        #expect(store.writes == 0)
    }

    @Test("Whatever call to the store fails, a session is ended whole or not at all")
    func faults() async throws {
        let scene = try Scene(Contract.rotate)
        try await scene.signUp()
        let one = try await scene.signIn()
        let faults = try await scene.faults { engine in
            _ = try await engine.perform(.signOut, submission(one.refresh), TestRealm.caller())
        }
        #expect(faults > 5)
    }
}
