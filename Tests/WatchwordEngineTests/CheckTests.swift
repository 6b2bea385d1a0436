import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Checking credentials")
struct CheckTests {
    @Test("A good token is its account's, from the store first and from memory after", arguments: Contract.all)
    func good(_ contract: (name: String, terms: Terms)) async throws {
        let scene = try Scene(contract.terms)
        try await scene.signUp()
        let grant = try await scene.signIn()
        let presented = [scene.access(grant.access)]
        #expect(scene.engine.recall(presented, TestRealm.caller()) == nil)
        let store = FaultingStore(scene.realm.store)
        let engine = scene.realm.engine(store: store)
        let principal = try granted(await engine.authenticate(presented, TestRealm.caller()))
        #expect(principal.account.id == grant.user?.id)
        #expect(principal.session == grant.session)
        let calls = store.calls
        #expect(calls > 0)
        let again = try #require(engine.recall(presented, TestRealm.caller())?.output)
        #expect(again === principal)
        _ = try granted(await engine.authenticate(presented, TestRealm.caller()))
        #expect(store.calls == calls)
    }

    @Test("A token ends at its end, in memory as in the store")
    func expiry() async throws {
        for contract in Contract.all {
            let scene = try Scene(contract.terms)
            try await scene.signUp()
            let access = try await scene.signIn().access
            let end = try #require(access?.expiresAt)
            scene.realm.clock.set(Timestamp(microseconds: end.microseconds - 1))
            _ = try await scene.principal(access)
            #expect(scene.engine.recall([scene.access(access)], TestRealm.caller()) != nil)
            scene.realm.clock.set(end)
            #expect(scene.engine.recall([scene.access(access)], TestRealm.caller()) == nil)
            #expect(try await scene.authenticate(access).refusal == Refusal(.expiredToken), "\(contract.name)")
        }
    }

    @Test("No text but a token is one: tampered, cut, without algorithm, of another key, empty, enormous")
    func garbage() async throws {
        for contract in Contract.all {
            let scene = try Scene(contract.terms)
            try await scene.signUp()
            let token = try #require(try await scene.signIn().access?.text.revealed)
            let parts = token.split(separator: ".").map(String.init)
            let claims = try #require(scene.realm.signer.verify(Secret(token), with: "main"))
            let otherKey = try scene.realm.signer.sign(claims, with: "refresh").revealed
            let none = TextEncoding.base64url.encode(Array(#"{"alg":"none","typ":"JWT"}"#.utf8))
            var bad = [
                "", " ", ".", "..", "Bearer", token + "A", String(token.dropLast()), token + ".",
                "\(none).\(parts[1]).",
                "\(none).\(parts[1]).\(parts[2])", otherKey, "\(parts[0]).\(parts[1])", "\u{0}",
                String(repeating: "A", count: 1_000_000),
            ]
            let seed = UInt64.random(in: 0...UInt64.max)
            var generator = SeededGenerator(seed: seed)
            for _ in 0..<60 {
                var bytes = Array(token.utf8)
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[place] = bytes[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
                bad.append(String(decoding: bytes, as: UTF8.self))
            }
            for text in bad {
                let presented = [PresentedCredential(kind: .access, text: Secret(text))]
                let refusal = try await scene.engine.authenticate(presented, TestRealm.caller()).refusal
                #expect(refusal == Refusal(.invalidToken), "\(contract.name), seed \(seed): \(text.prefix(300))")
            }
        }
    }

    @Test("Signed by us is not enough: a future iat, no end, no session, another realm's session")
    func signedButWrong() async throws {
        let scene = try Scene(Contract.plain)
        try await scene.signUp()
        let grant = try await scene.signIn()
        let access = try #require(grant.access)
        let good = try #require(scene.realm.signer.verify(access.text, with: "main"))
        func refusal(_ change: (inout [Value.Member]) -> Void) async throws -> RefusalCode? {
            var claims = good
            change(&claims)
            let text = try scene.realm.signer.sign(claims, with: "main")
            let presented = [PresentedCredential(kind: .access, text: text)]
            return try await scene.engine.authenticate(presented, TestRealm.caller()).refusal?.code
        }
        func set(_ name: String, _ value: Value) -> (inout [Value.Member]) -> Void {
            { claims in claims = claims.map { $0.name == name ? Value.Member(name, value) : $0 } }
        }
        #expect(try await refusal { _ in } == nil)
        #expect(try await refusal(set("iat", .int(scene.now.seconds + 60))) == .invalidToken)
        #expect(try await refusal(set("iat", .null)) == .invalidToken)
        #expect(try await refusal { $0.removeAll { $0.name == "exp" } } == .invalidToken)
        #expect(try await refusal(set("exp", .int(scene.now.seconds))) == .expiredToken)
        #expect(try await refusal(set("exp", .double(9e18))) == .invalidToken)
        #expect(try await refusal(set("exp", .string("9999999999"))) == .invalidToken)
        #expect(try await refusal(set("iat", .string("\(scene.now.seconds)"))) == .invalidToken)
        #expect(try await refusal { $0.append(Value.Member("nbf", .int(scene.now.seconds + 60))) } == .invalidToken)
        #expect(try await refusal { $0.append(Value.Member("nbf", .string("0"))) } == .invalidToken)
        #expect(try await refusal { $0.append(Value.Member("nbf", .int(scene.now.seconds))) } == nil)
        #expect(try await refusal { $0.removeAll { $0.name == "jti" } } == .invalidToken)
        #expect(try await refusal(set("jti", .string("a.unknown.x"))) == .revokedToken)
        #expect(try await refusal(set("jti", .string("r.\(grant.session?.id.text ?? "").x"))) == .wrongTokenType)
    }

    @Test("What the contract writes into every token of a kind must stand in it, whatever its jti says")
    func literals() async throws {
        let scene = try Scene(Contract.rotate)
        try await scene.signUp()
        let access = try #require(try await scene.signIn().access)
        let good = try #require(scene.realm.signer.verify(access.text, with: "main"))
        for type in [Value.string("refresh"), .null, .array([.string("access")])] {
            let claims = good.map { $0.name == "type" ? Value.Member("type", type) : $0 }
            let text = try scene.realm.signer.sign(claims, with: "main")
            let presented = [PresentedCredential(kind: .access, text: text)]
            let refusal = try await scene.engine.authenticate(presented, TestRealm.caller()).refusal
            #expect(refusal == Refusal(.wrongTokenType))
        }
    }

    @Test("What ends an account ends its tokens at once: disabled, deleted")
    func accountEnds() async throws {
        for contract in Contract.all {
            let scene = try Scene(contract.terms)
            let id = try #require(try await scene.signUp().user?.id)
            let access = try await scene.signIn().access
            _ = try await scene.principal(access)
            try await scene.alter(id) { $0.disabled = true }
            #expect(try await scene.authenticate(access).refusal == Refusal(.revokedToken))
            try await scene.alter(id) { $0.disabled = false }
            _ = try await scene.principal(access)
            try await scene.realm.store.write { try $0.delete(id) }
            scene.engine.memory.apply([.account(id)])
            let code = try #require(try await scene.authenticate(access).refusal?.code)
            #expect([.revokedToken, .invalidToken].contains(code))
        }
    }

    @Test("Every credential presented must be good, and all of one account; the first gives the principal")
    func several() async throws {
        let scene = try Scene(Contract.closed)
        let ann = try await scene.signUp("ann")
        let bob = try await scene.signUp("bob")
        let caller = TestRealm.caller()
        for _ in 0..<2 {
            let both = try granted(
                await scene.engine.authenticate([scene.access(ann.access), scene.key(ann.apiKey)], caller))
            #expect(both.session != nil)
            let strangers = [scene.access(ann.access), scene.key(bob.apiKey)]
            #expect(try await scene.engine.authenticate(strangers, caller).refusal == Refusal(.invalidToken))
            let bad = PresentedCredential(kind: .access, text: Secret("bad"))
            for presented in [[bad, scene.key(ann.apiKey)], [scene.key(ann.apiKey), bad]] {
                #expect(try await scene.engine.authenticate(presented, caller).refusal == Refusal(.invalidToken))
            }
        }
        #expect(try await scene.engine.authenticate([], caller).refusal == Refusal(.missingToken))
    }

    @Test("A token is no key and a key no token, even when memory knows both")
    func kinds() async throws {
        let scene = try Scene(Contract.closed)
        let grant = try await scene.signUp()
        let caller = TestRealm.caller()
        _ = try granted(await scene.engine.authenticate([scene.key(grant.apiKey)], caller))
        _ = try await scene.principal(grant.access)
        let swapped = [
            PresentedCredential(kind: .access, text: scene.key(grant.apiKey).text),
            PresentedCredential(kind: .apiKey, text: scene.access(grant.access).text),
        ]
        for credential in swapped {
            #expect(scene.engine.recall([credential], caller) == nil)
            #expect(try await scene.engine.authenticate([credential], caller).refusal == Refusal(.invalidToken))
        }
    }

    @Test("Garbage for a key is refused without a look-up")
    func malformedKey() async throws {
        let scene = try Scene(Contract.closed)
        let store = FaultingStore(scene.realm.store)
        let engine = scene.realm.engine(store: store)
        for text in ["", "aethermind_", "aethermind_abc", "aethermind_" + String(repeating: "0", count: 64)] {
            let presented = [PresentedCredential(kind: .apiKey, text: Secret(text))]
            #expect(try await engine.authenticate(presented, TestRealm.caller()).refusal == Refusal(.invalidToken))
        }
        #expect(store.calls == 0)
    }

    @Test("A key revoked is good no more, here at once and elsewhere after catching up")
    func revokedKey() async throws {
        let scene = try Scene(Contract.closed)
        let grant = try await scene.signUp()
        let presented = [scene.key(grant.apiKey)]
        _ = try granted(await scene.engine.authenticate(presented, TestRealm.caller()))
        let id = try #require(grant.apiKey?.key.id)
        let now = scene.now
        let start = try await scene.realm.store.read { try $0.lastChange() }
        try await scene.realm.store.write { transaction in
            _ = try transaction.revokeAPIKey(id, at: now)
            try transaction.announce(.apiKey(id))
        }
        #expect(scene.engine.recall(presented, TestRealm.caller())?.output != nil)
        let next = try await scene.engine.catchUp(from: start)
        #expect(next > start)
        #expect(try await scene.engine.authenticate(presented, TestRealm.caller()).refusal == Refusal(.revokedToken))
        #expect(try await scene.engine.catchUp(from: next) == next)
    }

    @Test("What ends in one process is ended in another once that catches up: sign-out, password change, disabling")
    func otherProcess() async throws {
        let scene = try Scene(Contract.rotate)
        let id = try await scene.signUp().user?.id
        let realm = scene.realm
        let other = Engine(
            realm: realm.realm, store: realm.store, hasher: realm.hasher, signer: realm.signer, sealer: realm.sealer,
            commonPasswords: ListedPasswords(), audit: realm.audit, throttle: realm.throttle, memory: Memory(),
            clock: realm.clock, random: realm.random)
        let change = Submission([
            .currentPassword: .string(Scene.password), .password: .string("another good one"),
        ])
        let endings: [(Principal) async throws -> Void] = [
            { _ = try granted(await scene.perform(.signOut, as: $0)) },
            { _ = try granted(await scene.perform(.signOut, Submission([.scope: .string("all")]), as: $0)) },
            { _ in try await scene.alter(id) { $0.disabled = true } },
            { _ = try granted(await scene.perform(.changePassword, change, as: $0)) },
        ]
        for (number, ending) in endings.enumerated() {
            try await scene.alter(id) { $0.disabled = false }
            let grant = try await scene.signIn()
            let presented = [scene.access(grant.access)]
            _ = try granted(await other.authenticate(presented, TestRealm.caller()))
            let start = try await realm.store.read { try $0.lastChange() }
            try await ending(try await scene.principal(grant.access))
            #expect(other.recall(presented, TestRealm.caller())?.output != nil)
            _ = try await other.catchUp(from: start)
            #expect(other.recall(presented, TestRealm.caller()) == nil, "ending \(number)")
            let refusal = try await other.authenticate(presented, TestRealm.caller()).refusal
            #expect(refusal == Refusal(.revokedToken), "ending \(number)")
        }
    }

    @Test("Uses of a key count up to the limit, shown at once and written in batches")
    func quota() async throws {
        var terms = Contract.closed
        terms.apiKeys?.usageLimit = 3
        let scene = try Scene(terms)
        let grant = try await scene.signUp()
        let presented = [scene.key(grant.apiKey)]
        let caller = TestRealm.caller()
        for count in 1...3 {
            let principal = try granted(await scene.engine.authenticate(presented, caller))
            let shown = try granted(await scene.perform(.whoAmI, as: principal)).user
            #expect(shown?.usageCount == Int64(count))
        }
        #expect(try await scene.engine.authenticate(presented, caller).refusal == Refusal(.quotaExceeded))
        #expect(scene.engine.recall(presented, caller)?.refusal == Refusal(.quotaExceeded))
        #expect(try await scene.signIn().user?.usageCount == 3)
        _ = try await scene.principal(grant.access)

        let id = try #require(grant.user?.id)
        let batch = scene.engine.memory.uses.take()
        #expect(batch.counts == [id: 3])
        try await scene.realm.store.write { try $0.addUsage(3, to: id) }
        scene.engine.memory.uses.settle(batch)
        #expect(try await scene.engine.authenticate(presented, caller).refusal == Refusal(.quotaExceeded))
        try await scene.alter(id) { $0.usageLimit = 4 }
        _ = try granted(await scene.engine.authenticate(presented, caller))
        #expect(try await scene.engine.authenticate(presented, caller).refusal == Refusal(.quotaExceeded))
    }

    @Test("A request with a token and a key counts one use")
    func oneUse() async throws {
        let scene = try Scene(Contract.closed)
        let grant = try await scene.signUp()
        let account = try #require(grant.user)
        for count in 1...3 {
            _ = try granted(
                await scene.engine.authenticate(
                    [scene.access(grant.access), scene.key(grant.apiKey)], TestRealm.caller()))
            #expect(scene.engine.memory.uses.total(of: account) == Int64(count))
        }
    }

    @Test("A key too busy is told to wait")
    func keyThrottle() async throws {
        var limits = ThrottleLimits.off
        limits.key = Limit(burst: 5, every: 1_000_000)
        let scene = try Scene(Contract.renew, limits: limits)
        let presented = [scene.key(try await scene.signUp().apiKey)]
        for _ in 0..<5 { _ = try granted(await scene.engine.authenticate(presented, TestRealm.caller())) }
        let refusal = try await scene.engine.authenticate(presented, TestRealm.caller()).refusal
        #expect(refusal == Refusal(.rateLimited, retryAfter: 1))
    }

    @Test("A token is never good after its session ended, however checks and endings fall together")
    func invalidationRace() async throws {
        let scene = try Scene(Contract.plain)
        try await scene.signUp()
        for _ in 0..<40 {
            let grant = try await scene.signIn()
            let (account, session) = (try #require(grant.user), try #require(grant.session))
            let principal = Principal(account: account, proof: .session(session))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        for _ in 0..<5 { _ = try await scene.authenticate(grant.access) }
                    }
                }
                group.addTask { _ = try await scene.perform(.signOut, as: principal) }
                try await group.waitForAll()
            }
            #expect(try await scene.authenticate(grant.access).refusal == Refusal(.revokedToken))
        }
    }
}
