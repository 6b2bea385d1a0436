import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("API keys: their text")
struct KeysTextTests {
    private static let forms: [(prefix: String, bytes: Int, encoding: TextEncoding)] = [
        ("aethermind_", 32, .hex), ("chatops_", 24, .base62), ("", 32, .hex), ("k-", 20, .base64url),
    ]

    private func stage(_ form: (prefix: String, bytes: Int, encoding: TextEncoding), bare: Bool = false) throws -> Stage
    {
        try Stage { terms in
            var keys = APIKeyTerms()
            (keys.prefix, keys.bytes, keys.encoding, keys.acceptBare) = (form.prefix, form.bytes, form.encoding, bare)
            terms.apiKeys = keys
        }
    }

    private func key(_ stage: Stage) async throws -> (key: APIKey, text: String) {
        let (_, caller, _) = try await stage.enrol("k\(stage.realm.random.next())@example.com")
        let issued = try #require(try await stage.perform(.createAPIKey, [:], caller).output?.apiKey)
        return (issued.key, try #require(issued.secret).revealed)
    }

    @Test("A key is its prefix and its bytes in the contract's encoding, and is stored as a digest and a hint")
    func form() async throws {
        for form in Self.forms {
            let stage = try stage(form)
            let (key, text) = try await key(stage)
            #expect(text.hasPrefix(form.prefix))
            let encoded = text.dropFirst(form.prefix.count)
            #expect(form.encoding.decode(encoded.utf8, count: form.bytes)?.count == form.bytes)
            #expect(key.digest == Engine.digest(Secret(text)))
            #expect(key.hint == String(text.prefix(form.prefix.count + 4)))
            #expect(stage.engine.readAPIKey(Secret(text)) == key.digest)
            #expect(key.generation == nil)
        }
    }

    @Test("Nothing stored holds the key")
    func atRest() async throws {
        let stage = try stage(Self.forms[0])
        let (key, text) = try await key(stage)
        let stored = try stage.realm.databaseBytes()
        #expect(stored.contains(key.digest.bytes))
        #expect(!stored.contains(Array(text.utf8)))
        let payload = try #require(TextEncoding.hex.decode(text.dropFirst(11).utf8, count: 32))
        #expect(!stored.contains(Array(payload.prefix(28))))
        #expect(!stored.contains(Array(text.dropFirst(11).prefix(20).utf8)))
    }

    @Test("Any one character changed, added or left out makes it no key")
    func mutations() async throws {
        for form in Self.forms {
            let stage = try stage(form)
            let text = Array(try await key(stage).text.utf8)
            let random = SeededRandom(seed: 7)
            for index in text.indices {
                var changed = text
                repeat { changed[index] = random.bytes(1)[0] } while changed[index] == text[index]
                #expect(stage.engine.readAPIKey(Secret(changed)) == nil, "seed 7, index \(index)")
                var shorter = text
                shorter.remove(at: index)
                #expect(stage.engine.readAPIKey(Secret(shorter)) == nil, "index \(index)")
                var longer = text
                longer.insert(text[index], at: index)
                #expect(stage.engine.readAPIKey(Secret(longer)) == nil, "index \(index)")
            }
        }
    }

    @Test("The checksum belongs to the prefix: another realm's key is no key here")
    func otherPrefix() async throws {
        let text = try await key(try stage(("one_", 32, .hex))).text
        let other = try stage(("two_", 32, .hex))
        #expect(other.engine.readAPIKey(Secret("two_" + text.dropFirst(4))) == nil)
        #expect(try stage(("", 32, .hex)).engine.readAPIKey(Secret(String(text.dropFirst(4)))) == nil)
    }

    @Test("A key without its prefix is one only where the contract says so")
    func bare() async throws {
        for isAccepted in [true, false] {
            let stage = try stage(Self.forms[1], bare: isAccepted)
            let (key, text) = try await key(stage)
            let read = stage.engine.readAPIKey(Secret(String(text.dropFirst(8))))
            #expect(read == (isAccepted ? key.digest : nil))
            #expect(stage.engine.readAPIKey(Secret(text)) == key.digest)
            #expect(stage.engine.readAPIKey(Secret("chatops_" + text)) == nil)
        }
    }

    @Test("Garbage never reaches the store, however long it is")
    func garbage() async throws {
        let stage = try stage(Self.forms[0], bare: true)
        let store = CountingStore(stage.realm.store)
        let engine = stage.engine.with(store: store)
        let texts = [
            "", " ", "aethermind_", "aethermind_" + String(repeating: "0", count: 64),
            "aethermind_" + String(repeating: "F", count: 64), String(repeating: "0", count: 64),
            String(repeating: "a", count: 1_000_000), "aethermind_" + String(repeating: "a", count: 1_000_000),
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.x", "\u{0}", "ключ",
        ]
        for text in texts {
            let presented = [PresentedCredential(kind: .apiKey, text: Secret(text))]
            #expect(try await engine.authenticate(presented, TestRealm.caller()).refusal?.code == .invalidToken)
        }
        #expect(store.reads + store.writes == 0)
    }

    @Test("Where there are no API keys, no text is one")
    func none() throws {
        #expect(try Stage().engine.readAPIKey(Secret(String(repeating: "0", count: 64))) == nil)
    }
}
