import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Credentials that may be of several kinds, and those with their owner's name")
struct OwnedCredentialTests {
    private let caller = TestRealm.caller()

    @Test("A credential of several kinds is the one that it is, from the store and from memory")
    func kinds() async throws {
        let scene = try Scene(Contract.closed)
        let grant = try await scene.signUp()
        for (text, isKey) in [(scene.key(grant.apiKey).text, true), (scene.access(grant.access).text, false)] {
            for kinds in [[PresentedCredential.Kind.access, .apiKey], [.apiKey, .access]] {
                var credential = PresentedCredential(kind: kinds[0], text: text)
                credential.otherKinds = [kinds[1]]
                for _ in 0..<2 {
                    let principal = try granted(await scene.engine.authenticate([credential], caller))
                    #expect((principal.apiKey != nil) == isKey)
                }
                #expect(scene.engine.recall([credential], caller)?.output != nil)
            }
        }
        var bad = PresentedCredential(kind: .access, text: Secret("bad"))
        bad.otherKinds = [.apiKey]
        #expect(try await scene.engine.authenticate([bad], caller).refusal == Refusal(.invalidToken))
    }

    @Test("A credential is not tried as another kind once it is known to have ended")
    func ended() async throws {
        let scene = try Scene(Contract.closed)
        let grant = try await scene.signUp()
        var credential = scene.key(grant.apiKey)
        credential.otherKinds = [.access]
        let id = try #require(grant.apiKey?.key.id)
        let now = scene.now
        try await scene.realm.store.write { _ = try $0.revokeAPIKey(id, at: now) }
        #expect(try await scene.engine.authenticate([credential], caller).refusal == Refusal(.revokedToken))
    }

    @Test("A good credential beside another's name is refused, from the store and from memory")
    func owner() async throws {
        let scene = try Scene(Contract.closed)
        let ann = try await scene.signUp("ann")
        let bob = try await scene.signUp("bob")
        let id = try #require(ann.user?.id.text)
        let other = try #require(bob.user?.id.text)
        for kind in [scene.access(ann.access), scene.key(ann.apiKey)] {
            var credential = kind
            for _ in 0..<2 {
                credential.owner = .init(.id, other)
                #expect(scene.engine.recall([credential], caller)?.output == nil)
                #expect(try await scene.engine.authenticate([credential], caller).refusal == Refusal(.invalidToken))
                credential.owner = .init(.email, id)
                #expect(try await scene.engine.authenticate([credential], caller).refusal == Refusal(.invalidToken))
                for owner in [PresentedCredential.Owner(.id, id), .init(nil, id), .init(nil, ann.user?.email ?? "")] {
                    credential.owner = owner
                    #expect(try granted(await scene.engine.authenticate([credential], caller)).account.id.text == id)
                }
                #expect(scene.engine.recall([credential], caller)?.output != nil)
            }
        }
    }
}
