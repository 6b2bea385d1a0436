import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Introspection")
struct IntrospectTests {
    private var terms: Terms {
        var terms = Contract.rotate
        terms.accounts.roles = ["user", "admin"]
        terms.accounts.administrators = ["admin"]
        terms.apiKeys = APIKeyTerms()
        terms.reset = OneTimeTokenTerms(lifetime: .hours(1))
        return terms
    }

    private func ask(_ scene: Scene, _ token: Secret?, as principal: Principal?) async throws -> Outcome<Grant> {
        var submission = Submission([.token: .string(token?.revealed ?? "")])
        submission.bound = [.token]
        return try await scene.perform(.introspect, submission, as: principal)
    }

    private var inactive: Grant {
        var grant = Grant()
        grant.active = false
        return grant
    }

    private func key(_ scene: Scene, _ principal: Principal) async throws -> Secret {
        try #require(try granted(await scene.perform(.createAPIKey, as: principal)).apiKey?.secret)
    }

    @Test("Of one's own token or key it is told whose it is, since when and until when")
    func own() async throws {
        let scene = try Scene(terms)
        try await scene.signUp()
        let grant = try await scene.signIn()
        let principal = try await scene.principal(grant.access)
        let access = try granted(await ask(scene, grant.access?.text, as: principal))
        #expect(access.active == true && access.user?.id == grant.user?.id)
        #expect(access.session?.id == grant.session?.id && access.access == grant.access)
        let refresh = try granted(await ask(scene, grant.refresh?.text, as: principal))
        #expect(refresh.active == true && refresh.access?.expiresAt == grant.refresh?.expiresAt)
        let key = try await key(scene, principal)
        let found = try granted(await ask(scene, key, as: principal))
        #expect(found.active == true && found.apiKey?.key.accountID == grant.user?.id)
        #expect(found.apiKey?.secret == nil && found.access == nil)
        // Nothing is used up by being looked at.
        _ = try granted(await scene.refresh(grant.refresh))
    }

    @Test("What opens nothing is inactive, and no more is told of it")
    func dead() async throws {
        let scene = try Scene(terms)
        try await scene.signUp()
        let other = try await scene.signIn()
        let ended = try await scene.principal(other.access)
        let revoked = try await key(scene, ended)
        let list = try granted(await scene.perform(.listAPIKeys, as: ended)).apiKeys
        _ = try granted(
            await scene.perform(.revokeAPIKey, Submission([.id: .string(list[0].id.text)]), as: ended))
        _ = try granted(await scene.perform(.signOut, as: ended))
        _ = try granted(await scene.perform(.requestReset, Submission([.email: .string("ann@example.org")])))
        let mail = try #require(try await scene.realm.store.read { try $0.mails(limit: 1) }.first)
        let sealed = try #require(scene.realm.sealer.open(mail.sealed, purpose: MailContent.purpose))
        let link = try #require(String(decoding: sealed, as: UTF8.self).split(separator: "token=").last?.prefix(43))
        let grant = try await scene.signIn()
        let exchanged = grant.refresh
        let next = try granted(await scene.refresh(grant.refresh))
        let principal = try await scene.principal(next.access)
        let dead: [Secret?] = [
            other.access?.text, other.refresh?.text, exchanged?.text, revoked, Secret(String(link)), Secret("nonsense"),
        ]
        for token in dead { #expect(try await ask(scene, token, as: principal) == .granted(inactive)) }
        scene.realm.clock.advance(by: .minutes(30))
        #expect(try await ask(scene, grant.access?.text, as: principal) == .granted(inactive))
        #expect(try await ask(scene, nil, as: principal).refusal?.problems == [InputProblem(.token, .required)])
    }

    @Test("Of other accounts' tokens a service with a key and an administrator are told, and nobody else")
    func others() async throws {
        let scene = try Scene(terms)
        try await scene.signUp("bob")
        let token = try await scene.signIn("bob").access?.text
        let boss = try await scene.signUp("boss").user?.id
        try await scene.alter(boss) { $0.role = "admin" }
        try await scene.signUp()
        let ann = try await scene.principal(try await scene.signIn().access)
        #expect(try await ask(scene, token, as: ann) == .granted(inactive))
        let admin = try await scene.principal(try await scene.signIn("boss").access)
        let credential = PresentedCredential(kind: .apiKey, text: try await key(scene, ann))
        let service = try granted(await scene.engine.authenticate([credential], TestRealm.caller()))
        for principal in [admin, service] {
            #expect(try granted(await ask(scene, token, as: principal)).user?.email == "bob@example.org")
        }
    }

    @Test("Where nobody is asked who they are, the token is its own proof, and guesses are bounded")
    func unasked() async throws {
        var limits = ThrottleLimits.off
        limits.address = Limit(burst: 20, every: 60_000_000)
        let scene = try Scene(terms, limits: limits)
        try await scene.signUp()
        let grant = try await scene.signIn()
        #expect(try granted(await ask(scene, grant.access?.text, as: nil)).user?.id == grant.user?.id)
        #expect(try await ask(scene, Secret("nonsense"), as: nil) == .refused(.invalidToken))
        _ = try granted(await scene.perform(.signOut, as: try await scene.principal(grant.access)))
        #expect(try await ask(scene, grant.access?.text, as: nil) == .refused(.revokedToken))
        scene.realm.clock.advance(microseconds: 30 * 60 * 1_000_000)
        #expect(try await ask(scene, grant.access?.text, as: nil).refusal?.code == .expiredToken)
        #expect(try await scene.perform(.introspect).refusal == Refusal(.missingToken))
        var codes: [RefusalCode?] = []
        for _ in 0..<40 { codes.append(try await ask(scene, Secret("nonsense"), as: nil).refusal?.code) }
        #expect(codes.last == .rateLimited)
    }

    @Test("The public keys are the signer's")
    func keySet() async throws {
        let scene = try Scene(Contract.plain)
        #expect(try granted(await scene.perform(.keySet)).keySet == scene.realm.signer.keySet())
    }
}
