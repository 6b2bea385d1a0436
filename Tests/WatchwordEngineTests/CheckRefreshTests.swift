import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Checking a refresh token that is carried like an access token")
struct CheckRefreshTests {
    private func refresh(_ token: IssuedToken?) -> PresentedCredential {
        PresentedCredential(kind: .refresh, text: token?.text ?? Secret(""))
    }

    private func check(_ scene: Scene, _ credential: PresentedCredential) async throws -> Outcome<Principal> {
        try await scene.engine.authenticate([credential], TestRealm.caller())
    }

    private static var opaque: Terms {
        var terms = Contract.rotate
        terms.access.format = .opaque(OpaqueFormat())
        terms.refresh?.format = .opaque(OpaqueFormat())
        return terms
    }

    @Test("It is its session's, is not used up, and never passes for an access token", arguments: [0, 1])
    func good(_ contract: Int) async throws {
        let scene = try Scene([Contract.rotate, Self.opaque][contract])
        try await scene.signUp()
        let grant = try await scene.signIn()
        for _ in 0..<2 {
            #expect(try granted(await check(scene, refresh(grant.refresh))).session?.id == grant.session?.id)
        }
        #expect(scene.engine.recall([refresh(grant.refresh)], TestRealm.caller()) == nil)
        #expect(try await scene.authenticate(grant.refresh).refusal?.code == .wrongTokenType)
        _ = try await scene.principal(grant.access)
        #expect(try await check(scene, refresh(grant.access)).output == nil)
        // Where one field takes both kinds, each is believed as what it is.
        var either = refresh(grant.access)
        either.otherKinds = [.access]
        #expect(try granted(await check(scene, either)).session?.id == grant.session?.id)
        _ = try granted(await scene.refresh(grant.refresh))
    }

    @Test("One that was exchanged, ended, expired or is nobody's opens nothing")
    func bad() async throws {
        for terms in [Contract.rotate, Self.opaque] {
            let scene = try Scene(terms)
            try await scene.signUp()
            let one = try await scene.signIn()
            let next = try granted(await scene.refresh(one.refresh))
            #expect(try await check(scene, refresh(one.refresh)).refusal?.code == .revokedToken)
            _ = try granted(await check(scene, refresh(next.refresh)))
            let principal = try await scene.principal(next.access)
            _ = try granted(await scene.perform(.signOut, as: principal))
            #expect(try await check(scene, refresh(next.refresh)).refusal?.code == .revokedToken)
            let two = try await scene.signIn()
            scene.realm.clock.advance(by: .days(7))
            #expect(try await check(scene, refresh(two.refresh)).refusal?.code == .expiredToken)
            let guess = IssuedToken(
                text: Secret(String(repeating: "A", count: 43)), issuedAt: scene.now, expiresAt: scene.now)
            #expect(try await check(scene, refresh(guess)).refusal?.code == .invalidToken)
            let three = try await scene.signIn()
            try await scene.alter(three.user?.id) { $0.disabled = true }
            #expect(try await check(scene, refresh(three.refresh)).refusal?.code == .revokedToken)
        }
        let plain = try Scene(Contract.plain)
        #expect(try await check(plain, refresh(nil)).refusal?.code == .invalidToken)
    }
}
