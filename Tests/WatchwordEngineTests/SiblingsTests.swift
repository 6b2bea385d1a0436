import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Two dialects of one realm")
struct SiblingsTests {
    /// One realm under the terms of two dialects: who signs in by the first is known to the second.
    private struct Pair {
        let scene: Scene
        let other: Engine

        init(_ first: Terms, _ second: Terms) throws {
            scene = try Scene(first)
            let base = scene.realm.engine()
            var realm = base.realm
            realm.terms = second
            realm.siblings = [first]
            other = Engine(
                realm: realm, store: base.store, hasher: base.hasher, signer: base.signer, sealer: base.sealer,
                commonPasswords: base.commonPasswords, audit: base.audit, throttle: base.throttle,
                memory: base.memory, clock: base.clock, random: base.random)
        }

        func check(_ credential: PresentedCredential) async throws -> Outcome<Principal> {
            try await other.authenticate([credential], TestRealm.caller())
        }
    }

    private static var opaque: Terms {
        var terms = Terms()
        terms.access.lifetime = .hours(2)
        terms.refresh = RefreshTokenTerms(format: .opaque(OpaqueFormat()), lifetime: .days(7), use: .rotate)
        return terms
    }

    /// Finds its session by `jti`.
    private static var named: Terms {
        var terms = Terms()
        terms.access.format = Contract.jwt([("sub", .source(.accountID)), ("jti", .source(.tokenID))])
        return terms
    }

    static var pairs: [(first: Terms, second: Terms)] {
        let own = [Contract.closed, Contract.reuse, Contract.rotate, Contract.renew, Contract.plain]
        return own.flatMap { [($0, opaque), ($0, named), (opaque, $0), (named, $0)] } + [(opaque, opaque)]
    }

    @Test("an access token of one is good in the other, for the same session, until that ends")
    func access() async throws {
        for (place, terms) in Self.pairs.enumerated() {
            let pair = try Pair(terms.first, terms.second)
            try await pair.scene.signUp()
            let grant = try await pair.scene.signIn()
            let credential = pair.scene.access(grant.access)
            let principal = try granted(await pair.check(credential))
            #expect(principal.session?.id == grant.session?.id, "pair \(place)")
            let owner = try granted(await pair.scene.authenticate(grant.access))
            _ = try granted(await pair.scene.perform(.signOut, as: owner))
            #expect(try await pair.check(credential).refusal?.code == .revokedToken, "pair \(place)")
        }
    }

    @Test("it ends when the first said")
    func expiry() async throws {
        let pair = try Pair(Contract.plain, Self.named)
        try await pair.scene.signUp()
        let grant = try await pair.scene.signIn()
        pair.scene.realm.clock.set(try #require(grant.access?.expiresAt))
        #expect(try await pair.check(pair.scene.access(grant.access)).refusal?.code == .expiredToken)
    }

    @Test("a refresh token of one is no access token of the other, and no stranger's text is one")
    func kinds() async throws {
        for terms in [(Contract.reuse, Self.opaque), (Contract.rotate, Self.named), (Self.opaque, Contract.plain)] {
            let pair = try Pair(terms.0, terms.1)
            try await pair.scene.signUp()
            let grant = try await pair.scene.signIn()
            let refusal = try await pair.check(pair.scene.access(grant.refresh)).refusal
            #expect(refusal?.isOfNoKnownToken == true)
            let invented = PresentedCredential(kind: .access, text: Secret("eyJhbGciOiJIUzI1NiJ9.e30.AAAA"))
            #expect(try await pair.check(invented).refusal?.code == .invalidToken)
        }
    }

    @Test("a refresh token of one is exchanged in the other, once")
    func refresh() async throws {
        let pair = try Pair(Contract.rotate, Self.opaque)
        try await pair.scene.signUp()
        let grant = try await pair.scene.signIn()
        let submission = Submission([.refreshToken: .string(try #require(grant.refresh?.text.revealed))])
        let renewed = try granted(await pair.other.perform(.refresh, submission, TestRealm.caller()))
        #expect(renewed.session?.id == grant.session?.id)
        #expect(renewed.access?.text.revealed.contains(".") == false)
        #expect(try await pair.scene.refresh(grant.refresh).refusal?.code == .reusedRefresh)
    }

    @Test("a key of one opens the other, and its uses count in both")
    func keys() async throws {
        var limited = Contract.closed
        limited.apiKeys?.usageLimit = 2
        var second = Self.opaque
        second.accounts.idFormat = limited.accounts.idFormat
        var prefixed = APIKeyTerms()
        prefixed.prefix = "other_"
        second.apiKeys = prefixed
        let pair = try Pair(limited, second)
        let key = pair.scene.key(try await pair.scene.signUp().apiKey)
        for _ in 0..<2 { _ = try granted(await pair.check(key)) }
        #expect(try await pair.check(key).refusal?.code == .quotaExceeded)
        let without = try Pair(Contract.plain, second)
        #expect(try await without.check(key).refusal?.code == .invalidToken)
    }
}
