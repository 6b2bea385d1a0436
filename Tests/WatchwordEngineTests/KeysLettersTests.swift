import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("API keys: letters of the contract's alphabet")
struct KeysLettersTests {
    private static let alphabet = "ybndrfg8ejkmcpqxot1uwisza345h769"

    private func stage(_ length: Int, alphabet: String = KeysLettersTests.alphabet, shown: APIKeyTerms.Shown = .once)
        throws
        -> Stage
    {
        try Stage { terms in
            var keys = APIKeyTerms()
            keys.prefix = "k-"
            keys.letters = APIKeyTerms.Letters(alphabet: alphabet, length: length)
            keys.issueOnSignUp = true
            keys.shown = shown
            terms.apiKeys = keys
        }
    }

    private func key(_ stage: Stage, _ email: String = "ann@example.com") async throws -> Secret {
        let inputs: [InputName: Value] = [.email: .string(email), .password: .string(Stage.password)]
        return try #require(try granted(await stage.perform(.signUp, inputs)).apiKey?.secret)
    }

    @Test("A key has the letters and the length, and opens its account")
    func form() async throws {
        for length in [26, 30, 40] {
            let stage = try stage(length)
            let key = try await key(stage)
            let letters = key.revealed.dropFirst(2)
            #expect(key.revealed.hasPrefix("k-") && letters.count == length)
            #expect(letters.allSatisfy { Self.alphabet.contains($0) })
            #expect(try await stage.authenticate(key, as: .apiKey).output != nil)
        }
    }

    @Test("One letter changed is refused without a look-up, for the last four are a checksum")
    func checksum() async throws {
        let stage = try stage(26)
        let key = Array(try await key(stage).bytes)
        let store = CountingStore(stage.realm.store)
        let engine = stage.engine.with(store: store)
        for index in 2..<key.count {
            var bytes = key
            bytes[index] = bytes[index] == UInt8(ascii: "y") ? UInt8(ascii: "b") : UInt8(ascii: "y")
            let credential = PresentedCredential(kind: .apiKey, text: Secret(bytes))
            let refusal = try await engine.authenticate([credential], TestRealm.caller()).refusal
            #expect(refusal?.code == .invalidToken, "\(index)")
        }
        // Of 28 letters one in a million may have been hit by chance, not one in ten.
        #expect(store.reads < 2)
        for odd in [
            "k-", "k-short", "k-" + String(repeating: "y", count: 27), "k-" + String(repeating: "Y", count: 26),
        ] {
            let credential = PresentedCredential(kind: .apiKey, text: Secret(odd))
            #expect(try await engine.authenticate([credential], TestRealm.caller()).refusal?.code == .invalidToken)
        }
    }

    @Test("Too few letters for a checksum are all random")
    func short() async throws {
        let stage = try stage(22)
        let key = try await key(stage)
        #expect(try await stage.authenticate(key, as: .apiKey).output != nil)
        var bytes = key.bytes
        bytes[5] = bytes[5] == UInt8(ascii: "y") ? UInt8(ascii: "b") : UInt8(ascii: "y")
        let store = CountingStore(stage.realm.store)
        let credential = PresentedCredential(kind: .apiKey, text: Secret(bytes))
        let outcome = try await stage.engine.with(store: store).authenticate([credential], TestRealm.caller())
        #expect(outcome.refusal?.code == .invalidToken)
        #expect(store.reads == 1)
    }

    @Test("A derived key of letters is the same each time, and another for each owner")
    func derived() async throws {
        let stage = try stage(
            26, alphabet: "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", shown: .always)
        let first = try await key(stage)
        #expect(try granted(await stage.signIn(Stage.password)).apiKey?.secret == first)
        #expect(try await key(stage, "bob@example.com") != first)
        #expect(try await stage.authenticate(first, as: .apiKey).output != nil)
    }

    @Test("The bytes derived from a label are one stream, however they are asked for")
    func stream() throws {
        let sealer = try TestRealm().sealer
        let whole = DerivedBytes(sealer: sealer, label: "x").bytes(100)
        let parts = DerivedBytes(sealer: sealer, label: "x")
        #expect([1, 30, 5, 60, 4].flatMap { parts.bytes($0) } == whole)
        #expect(DerivedBytes(sealer: sealer, label: "y").bytes(100) != whole)
    }
}
