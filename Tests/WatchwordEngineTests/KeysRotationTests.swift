import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("API keys: their life, and their successors")
struct KeysRotationTests {
    private func stage(_ change: (inout APIKeyTerms) -> Void = { _ in }) async throws -> (Stage, Caller) {
        let stage = try Stage { terms in
            var keys = APIKeyTerms()
            keys.prefix = "ww_"
            change(&keys)
            terms.apiKeys = keys
        }
        return (stage, try await stage.enrol().caller)
    }

    private func make(
        _ stage: Stage, _ caller: Caller, _ inputs: [InputName: Value] = [.name: .string("deploy")]
    ) async throws -> IssuedAPIKey {
        try #require(try granted(await stage.perform(.createAPIKey, inputs, caller)).apiKey)
    }

    private func rotate(
        _ stage: Stage, _ caller: Caller, _ key: IssuedAPIKey, overlap: Int64? = nil
    ) async throws -> Outcome<Grant> {
        var inputs: [InputName: Value] = [.id: .string(key.key.id.text)]
        inputs[.overlap] = overlap.map { .int($0) }
        return try await stage.perform(.rotateAPIKey, inputs, caller)
    }

    private func isGood(_ stage: Stage, _ key: IssuedAPIKey) async throws -> RefusalCode? {
        try await stage.authenticate(try #require(key.secret), as: .apiKey).refusal?.code
    }

    @Test("A key lasts as long as its maker says, else as the contract does, and not a microsecond more")
    func life() async throws {
        let (stage, caller) = try await stage { $0.lifetime = .hours(2) }
        let short = try await make(stage, caller, [.ttl: .int(60)])
        let usual = try await make(stage, caller)
        let now = stage.realm.clock.now()
        #expect(short.key.expiresAt == now + .seconds(60) && usual.key.expiresAt == now + .hours(2))
        for key in [short, usual] { #expect(try await isGood(stage, key) == nil) }
        stage.realm.clock.advance(by: .seconds(60))
        // Remembered a moment ago, and refused all the same.
        #expect(try await isGood(stage, short) == .expiredToken)
        #expect(try await isGood(stage, usual) == nil)
        stage.realm.clock.advance(by: .hours(2))
        #expect(try await isGood(stage, usual) == .expiredToken)
        let (endless, other) = try await self.stage()
        #expect(try await make(endless, other).key.expiresAt == nil)
        for ttl in [Value.int(0), .int(-1), .int(.max), .string("soon")] {
            #expect(try await stage.perform(.createAPIKey, [.ttl: ttl], caller).refusal?.problems.first?.input == .ttl)
        }
    }

    @Test("Without an overlap the old key ends at once; the new one has its name and a life as long")
    func atOnce() async throws {
        let (stage, caller) = try await stage()
        let old = try await make(stage, caller, [.name: .string("deploy"), .ttl: .int(3_600)])
        #expect(try await isGood(stage, old) == nil)
        stage.realm.clock.advance(by: .minutes(30))
        let new = try #require(try granted(await rotate(stage, caller, old)).apiKey)
        #expect(new.key.name == "deploy" && new.key.id != old.key.id)
        #expect(new.key.expiresAt == stage.realm.clock.now() + .hours(1))
        #expect(try await isGood(stage, old) == .revokedToken)
        #expect(try await isGood(stage, new) == nil)
        let listed = try granted(await stage.perform(.listAPIKeys, [:], caller)).apiKeys
        #expect(listed.map(\.id) == [new.key.id])
        let changes = try await stage.realm.store.read { try $0.changes(after: 0).map(\.change) }
        #expect(changes.contains(.apiKey(old.key.id)))
    }

    @Test("With an overlap both are good until it ends, also from memory, and the old one has no second successor")
    func overlap() async throws {
        let (stage, caller) = try await stage { $0.overlap = .hours(24) }
        let old = try await make(stage, caller)
        #expect(try await isGood(stage, old) == nil)
        let new = try #require(try granted(await rotate(stage, caller, old)).apiKey)
        for key in [old, new] { #expect(try await isGood(stage, key) == nil) }
        #expect(try await rotate(stage, caller, old) == .refused(.notFound))
        stage.realm.clock.advance(by: .hours(24))
        #expect(try await isGood(stage, old) == .expiredToken)
        #expect(try await isGood(stage, new) == nil)

        let third = try #require(try granted(await rotate(stage, caller, new, overlap: 10)).apiKey)
        stage.realm.clock.advance(by: .seconds(9))
        #expect(try await isGood(stage, new) == nil)
        stage.realm.clock.advance(by: .seconds(1))
        #expect(try await isGood(stage, new) == .expiredToken)
        _ = try granted(await rotate(stage, caller, third, overlap: 0))
        #expect(try await isGood(stage, third) == .revokedToken)
    }

    @Test("An overlap does not lengthen a key's own life, and has a bound")
    func bounds() async throws {
        let (stage, caller) = try await stage { $0.overlap = .days(300) }
        let short = try await make(stage, caller, [.ttl: .int(60)])
        _ = try granted(await rotate(stage, caller, short, overlap: 3_600))
        stage.realm.clock.advance(by: .seconds(60))
        #expect(try await isGood(stage, short) == .expiredToken)
        let endless = try await make(stage, caller)
        _ = try granted(await rotate(stage, caller, endless))
        let key = try #require(try await stage.realm.store.read { try $0.apiKey(endless.key.id) })
        #expect(key.expiresAt == stage.realm.clock.now() + .days(30))
        let other = try await make(stage, caller)
        let refusal = try await rotate(stage, caller, other, overlap: 30 * 86_400 + 1).refusal
        #expect(refusal?.problems == [InputProblem(.overlap, .max, bound: 30 * 86_400)])
    }

    @Test("A derived key counts on, and the next sign-in shows the successor")
    func derived() async throws {
        let scene = try Scene(Contract.renew)
        try await scene.signUp()
        let first = try #require(try await scene.signIn().apiKey)
        let principal = try await scene.principal(try await scene.signIn().access)
        let inputs: [InputName: Value] = [.id: .string(first.key.id.text), .overlap: .int(60)]
        let second = try #require(
            try granted(await scene.perform(.rotateAPIKey, Submission(inputs), as: principal)).apiKey)
        #expect(second.key.generation == (first.key.generation ?? 0) + 1)
        #expect(try await scene.signIn().apiKey?.secret == second.secret)
        for key in [first, second] {
            #expect(try await scene.engine.authenticate([scene.key(key)], TestRealm.caller()).output != nil)
        }
    }

    @Test("A key that is unknown, ended or another's is not found, and nothing changes")
    func foreign() async throws {
        let (stage, caller) = try await stage()
        let bob = try await stage.enrol("bob@example.com").caller
        let foreign = try await make(stage, bob)
        let gone = try await make(stage, caller)
        let id: [InputName: Value] = [.id: .string(gone.key.id.text)]
        _ = try granted(await stage.perform(.revokeAPIKey, id, caller))
        for key in [foreign, gone] { #expect(try await rotate(stage, caller, key) == .refused(.notFound)) }
        #expect(
            try await stage.perform(.rotateAPIKey, [.id: .string("none")], caller) == .refused(.notFound))
        #expect(try await isGood(stage, foreign) == nil)
        let keys = try await stage.realm.store.read {
            try $0.apiKeys(of: bob.principal?.account.id ?? ID(""), agent: nil)
        }
        #expect(keys.count == 1)
    }

    @Test("Of many rotations at once one wins")
    func concurrent() async throws {
        let (stage, caller) = try await stage { $0.overlap = .hours(1) }
        let old = try await make(stage, caller)
        let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<12 { group.addTask { try await rotate(stage, caller, old).output != nil } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(winners == 1)
    }

    @Test("Whatever call to the store fails, there is a successor and an end, or neither")
    func faults() async throws {
        for overlap in [0, 60] {
            var terms = Contract.closed
            terms.apiKeys?.issueOnSignUp = true
            let scene = try Scene(terms)
            let grant = try await scene.signUp()
            let caller = TestRealm.caller(principal: try await scene.principal(grant.access))
            let submission = Submission([
                .id: .string(grant.apiKey?.key.id.text ?? ""), .overlap: .int(Int64(overlap)),
            ])
            let faults = try await scene.faults { engine in
                _ = try await engine.perform(.rotateAPIKey, submission, caller)
            }
            #expect(faults > 5)
        }
    }
}
