import Testing
import WatchwordCore
import WatchwordVerifier

@Suite("Keys that a server publishes and changes")
struct KeySetTests {
    private let clock = Time()

    private func verifier(_ asked: Asked) -> Verifier {
        let keys = VerifierKeys.keySet(
            refreshed: .seconds(600), atLeast: .seconds(10), keptFor: .seconds(3_600), clock: clock
        ) { try asked.ask() }
        return Verifier(keys: keys, requirements: TokenRequirements(), clock: clock)
    }

    private func refusal(_ verifier: Verifier, _ token: String) async -> TokenRefusal? {
        do throws(TokenRefusal) {
            _ = try await verifier.verify(token)
            return nil
        } catch {
            return error
        }
    }

    @Test("are fetched once, and again only after a while")
    func once() async throws {
        let issuer = try Issuer(.es256)
        let asked = Asked(issuer.keySet)
        let verifier = verifier(asked)
        for _ in 0..<5 { #expect(await refusal(verifier, try issuer.token()) == nil) }
        #expect(asked.count == 1)
        clock.pass(599)
        #expect(await refusal(verifier, try issuer.token()) == nil)
        #expect(asked.count == 1)
        clock.pass(1)
        #expect(await refusal(verifier, try issuer.token()) == nil)
        #expect(asked.count == 2)
    }

    @Test("a new key is known with its first token, and a stranger's names cost one question in a while")
    func rotated() async throws {
        let (old, new) = (try Issuer(.es256), try Issuer(.es256))
        let asked = Asked(old.keySet)
        let verifier = verifier(asked)
        #expect(await refusal(verifier, try old.token()) == nil)
        asked.set(new.keySet)
        clock.pass(10)
        #expect(await refusal(verifier, try new.token()) == nil)
        #expect(asked.count == 2)
        #expect(await refusal(verifier, try old.token()) == .unknownKey)
        for _ in 0..<20 { #expect(await refusal(verifier, try Issuer(.es256).token()) == .unknownKey) }
        #expect(asked.count == 2)
        clock.pass(10)
        for _ in 0..<20 { #expect(await refusal(verifier, try Issuer(.es256).token()) == .unknownKey) }
        #expect(asked.count == 3)
    }

    @Test("while the server is silent the last ones serve, for a bounded time")
    func silent() async throws {
        let issuer = try Issuer(.edDSA)
        let asked = Asked(nil)
        let verifier = verifier(asked)
        #expect(await refusal(verifier, try issuer.token()) == .unavailable)
        asked.set(Array("<html>".utf8))
        clock.pass(10)
        #expect(await refusal(verifier, try issuer.token()) == .unavailable)
        asked.set(issuer.keySet)
        clock.pass(10)
        let lasting = try issuer.token(Issuer.claims("exp", .int(1_800_000_000)))
        #expect(await refusal(verifier, lasting) == nil)
        asked.set(nil)
        clock.pass(3_599)
        #expect(await refusal(verifier, lasting) == nil)
        clock.pass(1)
        #expect(await refusal(verifier, lasting) == .unavailable)
    }

    @Test("many tokens at once ask once")
    func together() async throws {
        let issuer = try Issuer(.es256)
        let asked = Asked(issuer.keySet)
        let verifier = verifier(asked)
        let token = try issuer.token()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { _ = try await verifier.verify(token) } }
            try await group.waitForAll()
        }
        #expect(asked.count == 1)
    }

    @Test("the server is asked whether a token is still good, and its answer is believed for a while")
    func online() async throws {
        let issuer = try Issuer(.hs256)
        let asked = Asked(Array(#"{"active":true}"#.utf8))
        let online = OnlineCheck(remembered: .seconds(10), capacity: 4, clock: clock) { _ in try asked.ask() }
        let verifier = Verifier(keys: try issuer.keys, online: online, clock: clock)
        let token = try issuer.token()
        for _ in 0..<3 { #expect(await refusal(verifier, token) == nil) }
        #expect(asked.count == 1)
        asked.set(Array(#"{"active":false}"#.utf8))
        clock.pass(9)
        #expect(await refusal(verifier, token) == nil)
        clock.pass(1)
        #expect(await refusal(verifier, token) == .inactive)
        #expect(await refusal(verifier, "\(token)A") == .wrongSignature)
        #expect(asked.count == 2)
        clock.pass(10)
        for silence in [nil, Array("no".utf8), Array(#"{"active":"yes"}"#.utf8)] as [[UInt8]?] {
            asked.set(silence)
            #expect(await refusal(verifier, token) == .unavailable)
        }
        let trusting = OnlineCheck(fallback: .believe, clock: clock) { _ in try Asked(nil).ask() }
        #expect(await refusal(Verifier(keys: try issuer.keys, online: trusting, clock: clock), token) == nil)
    }
}
