import Testing
import WatchwordCore
import WatchwordCrypto
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("API keys: derived, to be shown again")
struct KeysDerivedTests {
    private func stage(_ name: String = "vsay") throws -> Stage {
        try Stage(name) { terms in
            var keys = APIKeyTerms()
            keys.shown = .always
            keys.issueOnSignUp = true
            terms.apiKeys = keys
            terms.accounts.idFormat = .objectID
        }
    }

    private func shown(_ stage: Stage, _ email: String = "ann@example.com") async throws -> IssuedAPIKey {
        try #require(try await stage.signIn(Stage.password, as: email).output?.apiKey)
    }

    @Test("Each sign-in shows the same key, and it opens")
    func stable() async throws {
        let stage = try stage()
        let (account, _, _) = try await stage.enrol()
        let first = try await shown(stage)
        stage.realm.clock.advance(by: .days(20))
        let second = try await shown(stage)
        #expect(first == second)
        #expect(first.key.generation == 1)
        let secret = try #require(first.secret)
        #expect(secret.bytes.count == 64)
        #expect(try await stage.authenticate(secret, as: .apiKey).output?.account.id == account.id)
        #expect(try await stage.realm.store.read { try $0.apiKeys(of: account.id, agent: nil) }.count == 1)
    }

    @Test("Accounts, and realms with one secret, have keys of their own")
    func distinct() async throws {
        let stage = try stage()
        let (account, _, _) = try await stage.enrol()
        _ = try await stage.enrol("bob@example.com")
        let (ann, bob) = (try await shown(stage), try await shown(stage, "bob@example.com"))
        #expect(ann.secret != bob.secret)
        let other = try self.stage("other")
        try await other.realm.store.write { transaction in
            _ = try transaction.insert(account)
            let made = try other.engine.makeAPIKey(
                for: account.id, agent: nil, name: nil, at: account.createdAt, in: transaction)
            #expect(made.secret != ann.secret)
        }
    }

    @Test("Nothing stored gives the key away")
    func atRest() async throws {
        let stage = try stage()
        _ = try await stage.enrol()
        let issued = try await shown(stage)
        let text = try #require(issued.secret).bytes
        let stored = try stage.realm.databaseBytes()
        #expect(stored.contains(issued.key.digest.bytes))
        #expect(!stored.contains(text))
        let payload = try #require(TextEncoding.hex.decode(text, count: 32))
        #expect(!stored.contains(Array(payload.prefix(28))))
    }

    @Test("Rotation gives the next generation, and the key before it opens nothing any more")
    func rotation() async throws {
        let stage = try stage()
        _ = try await stage.enrol()
        let first = try await shown(stage)
        #expect(try await stage.authenticate(try #require(first.secret), as: .apiKey).output != nil)
        let rotated = try #require(try await Administration(stage.engine).rotateKey(first.key.id).output)
        #expect(rotated.key.generation == 2)
        #expect(try await shown(stage) == rotated)
        #expect(try await stage.authenticate(try #require(first.secret), as: .apiKey).refusal?.code == .revokedToken)
        #expect(try await stage.authenticate(try #require(rotated.secret), as: .apiKey).output != nil)
        #expect(try await stage.events(.keyRotate).count == 1)
    }

    @Test("A key its owner revoked comes back as the next generation, never as itself")
    func revoked() async throws {
        let stage = try stage()
        let (_, caller, _) = try await stage.enrol()
        var seen: [Secret] = []
        for generation in Int64(1)...4 {
            let issued = try await shown(stage)
            #expect(issued.key.generation == generation)
            let secret = try #require(issued.secret)
            #expect(!seen.contains(secret))
            seen.append(secret)
            let outcome = try await stage.perform(.revokeAPIKey, [.id: .string(issued.key.id.text)], caller)
            #expect(outcome.output != nil)
        }
        for secret in seen {
            #expect(try await stage.authenticate(secret, as: .apiKey).refusal?.code == .revokedToken)
        }
    }

    @Test(
        "A key that signing in makes is told like any other; one that is shown again, or came with signing up, is not")
    func told() async throws {
        let stage = try stage()
        let (account, caller, _) = try await stage.enrol()
        let first = try await shown(stage)
        _ = try await shown(stage)
        #expect(try await stage.notices().isEmpty)
        _ = try granted(await stage.perform(.revokeAPIKey, [.id: .string(first.key.id.text)], caller))
        let second = try await shown(stage)
        _ = try await shown(stage)
        let notices = try await stage.notices()
        #expect(notices.map(\.content.kind) == [.keyRevoked, .keyCreated])
        let told = try #require(notices.last)
        #expect(told.to == account.email && told.content.facts[.keyHint] == second.key.hint)
        #expect(told.content.facts[.address] == "192.0.2.1")
    }

    @Test("With another realm secret a wrong key is never shown: the next one is made from the new secret")
    func otherSecret() async throws {
        let stage = try stage()
        _ = try await stage.enrol()
        let first = try await shown(stage)
        let sealer = try RealmSealer(
            secret: Secret("another secret of thirty-two bytes"), random: stage.realm.random)
        let engine = stage.engine.with(sealer: sealer)
        let inputs = Submission([.email: .string("ann@example.com"), .password: .string(Stage.password)])
        let grants = [
            try await engine.perform(.signIn, inputs, TestRealm.caller()).output,
            try await engine.perform(.signIn, inputs, TestRealm.caller()).output,
        ]
        let keys = grants.compactMap { $0?.apiKey }
        #expect(keys.count == 2 && keys[0] == keys[1])
        #expect(keys[0].key.generation == 2)
        #expect(keys[0].secret != first.secret)
        #expect(try await stage.authenticate(try #require(keys[0].secret), as: .apiKey).output != nil)
    }

    @Test("A random key is not shown again")
    func random() async throws {
        let stage = try Stage { terms in
            terms.apiKeys = APIKeyTerms()
            terms.apiKeys?.issueOnSignUp = true
        }
        _ = try await stage.enrol()
        #expect(try await stage.signIn(Stage.password).output?.apiKey == nil)
    }

    @Test("Payloads longer than one derivation are filled without repeating it")
    func long() async throws {
        let stage = try Stage { terms in
            terms.apiKeys = APIKeyTerms()
            terms.apiKeys?.shown = .always
            terms.apiKeys?.bytes = 100
        }
        let (_, caller, _) = try await stage.enrol()
        let issued = try #require(try await stage.perform(.createAPIKey, [:], caller).output?.apiKey)
        let secret = try #require(issued.secret)
        let bytes = try #require(TextEncoding.hex.decode(secret.bytes, count: 100))
        #expect(bytes[0..<32] != bytes[32..<64] && bytes[32..<64] != bytes[64..<96])
        #expect(stage.engine.readAPIKey(secret) == issued.key.digest)
    }
}
