import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Checking a password that comes with each request")
struct CheckPasswordTests {
    private func basic(
        _ name: String? = "ann@example.org", _ password: String = Scene.password,
        _ names: AcceptedToken.Subject? = nil
    ) -> PresentedCredential {
        var credential = PresentedCredential(kind: .password, text: Secret(password))
        credential.owner = name.map { PresentedCredential.Owner(names, $0) }
        return credential
    }

    private func scene(limits: ThrottleLimits = .off, _ change: (inout Terms) -> Void = { _ in }) async throws -> Scene
    {
        var terms = Contract.reuse
        change(&terms)
        let scene = try Scene(terms, limits: limits)
        try await scene.signUp()
        return scene
    }

    private func check(_ scene: Scene, _ credential: PresentedCredential) async throws -> Outcome<Principal> {
        try await scene.engine.authenticate([credential], TestRealm.caller())
    }

    @Test("It opens its account by address or username, begins no session, and costs one hash a minute")
    func good() async throws {
        let scene = try await scene()
        for name in ["ann@example.org", "ANN", "Ann@Example.org"] {
            let principal = try granted(await check(scene, basic(name)))
            #expect(principal.account.username == "ann" && principal.session == nil && principal.apiKey == nil)
        }
        #expect(scene.hasher.verifications == 2)
        #expect(scene.engine.recall([basic("ann")], TestRealm.caller()) != nil)
        scene.realm.clock.advance(by: .seconds(60))
        #expect(scene.engine.recall([basic("ann")], TestRealm.caller()) == nil)
        _ = try granted(await check(scene, basic("ann")))
        #expect(scene.hasher.verifications == 3)
    }

    @Test("A wrong one, nobody's, and one without a name are invalid, each for one hash but the last")
    func wrong() async throws {
        let scene = try await scene()
        let principal = try granted(await check(scene, basic()))
        for credential in [
            basic("ann@example.org", "a wrong one"), basic("nobody@example.org"), basic("a b@"), basic("ann", ""),
            basic("ann", Scene.password + " "), basic(principal.account.id.text),
            basic("ann", String(repeating: "x", count: 2_000)),
            basic("ann", Scene.password, .email), basic("ann@example.org", Scene.password, .username),
        ] {
            let before = scene.hasher.verifications
            #expect(try await check(scene, credential).refusal?.code == .invalidToken)
            #expect(scene.hasher.verifications == before + 1)
        }
        let before = scene.hasher.verifications
        #expect(try await check(scene, basic(nil)).refusal?.code == .invalidToken)
        #expect(scene.hasher.verifications == before)
        _ = try granted(await check(scene, basic(principal.account.id.text, Scene.password, .id)))
        #expect(try await scene.events(.signIn).contains { $0.outcome == "invalid_token" })
    }

    @Test("What is remembered goes with any change of the account")
    func forgotten() async throws {
        let scene = try await scene()
        let principal = try granted(await check(scene, basic()))
        scene.realm.clock.advance(by: .seconds(1))
        let change = Submission([
            .currentPassword: .string(Scene.password), .password: .string("another good one"),
        ])
        _ = try granted(await scene.perform(.changePassword, change, as: principal))
        #expect(try await check(scene, basic()).refusal?.code == .invalidToken)
        #expect(try await scene.perform(.changePassword, change, as: principal).output == nil)
        #expect(
            try await scene.perform(.updateAccount, Submission([.name: .string("x")]), as: principal)
                == .refused(.revokedToken))
        let renewed = try granted(await check(scene, basic("ann", "another good one")))
        _ = try granted(await scene.perform(.updateAccount, Submission([.name: .string("Ann")]), as: renewed))
        try await scene.alter(principal.account.id) { $0.disabled = true }
        #expect(try await check(scene, basic("ann", "another good one")).refusal?.code == .revokedToken)
    }

    @Test("An account whose address must be verified first is not opened")
    func unverified() async throws {
        let scene = try await scene { $0.accounts.requireVerified = true }
        #expect(try await check(scene, basic()).refusal?.code == .revokedToken)
    }

    @Test("Neither a token nor a key passes for a password, nor a password for them")
    func kinds() async throws {
        let scene = try Scene(Contract.closed)
        let grant = try await scene.signUp()
        _ = try await scene.principal(grant.access)
        let texts = [try #require(grant.access?.text.revealed), try #require(grant.apiKey?.secret?.revealed)]
        _ = try granted(await scene.engine.authenticate([scene.key(grant.apiKey)], TestRealm.caller()))
        for text in texts {
            #expect(try await check(scene, basic("ann@example.org", text)).refusal?.code == .invalidToken)
        }
        _ = try granted(await check(scene, basic()))
        for kind in [PresentedCredential.Kind.access, .apiKey] {
            let credential = PresentedCredential(kind: kind, text: Secret(Scene.password))
            #expect(try await check(scene, credential).output == nil)
        }
        // Where one field takes both, each is believed as what it is.
        var either = PresentedCredential(kind: .apiKey, text: Secret(Scene.password))
        either.otherKinds = [.password]
        either.owner = PresentedCredential.Owner(nil, "ann@example.org")
        #expect(try granted(await check(scene, either)).proof.kind == .password)
        either.text = Secret(texts[1])
        #expect(try granted(await check(scene, either)).proof.kind == .apiKey)
    }

    @Test("Guessing is bounded like signing in, and good ones take nothing")
    func throttled() async throws {
        var limits = ThrottleLimits.off
        limits.attempt = Limit(burst: 3, every: 30_000_000)
        let scene = try await scene(limits: limits)
        for _ in 0..<5 {
            _ = try granted(await check(scene, basic()))
            scene.realm.clock.advance(by: .minutes(1))
        }
        var codes: [RefusalCode?] = []
        for _ in 0..<4 { codes.append(try await check(scene, basic("ann@example.org", "a wrong one")).refusal?.code) }
        #expect(codes == [.invalidToken, .invalidToken, .invalidToken, .rateLimited])
    }
}
