import Testing
import WatchwordCore
import WatchwordCrypto
import WatchwordEngine
import WatchwordTestKit

@Suite("Keeping a realm's key pairs")
struct SigningKeyKeeperTests {
    private let realm: TestRealm
    private static let token = Lifetime.hours(2)

    init() throws { realm = try TestRealm() }

    /// A process of the realm: its own signer, the shared database.
    private struct Process {
        let signer: RealmSigner
        let keeper: SigningKeyKeeper

        var keys: [String] {
            guard case .array(let keys) = signer.keySet() else { return [] }
            return keys.compactMap { $0["kid"]?.string }
        }

        func sign() throws -> Secret { try signer.sign(TokenFixture.claims, with: "main") }
        func verifies(_ token: Secret) -> Bool { signer.verify(token, with: "main") == TokenFixture.claims }
    }

    private static func terms(
        _ algorithm: SigningAlgorithm = .es256, given: [SigningKey] = [], every: Lifetime? = .days(30)
    ) -> KeyRingTerms {
        KeyRingTerms(
            name: "main", algorithm: algorithm, given: given, every: every, overlap: .days(1), longestToken: token)
    }

    private func process(
        _ rings: [KeyRingTerms] = [terms()], store: (any Store)? = nil, sealer: (any Sealer)? = nil
    ) -> Process {
        let signer = RealmSigner(rings: [:])
        return Process(
            signer: signer,
            keeper: SigningKeyKeeper(
                rings: rings, signer: signer, store: store ?? realm.store, sealer: sealer ?? realm.sealer,
                clock: realm.clock))
    }

    @Test("makes a key at the first start, which every other process and every later start uses")
    func firstStart() async throws {
        let (one, two) = (process(), process())
        try await one.keeper.tend()
        try await two.keeper.tend()
        #expect(one.keys.count == 1)
        #expect(one.keys == two.keys)
        let tokens = (try one.sign(), try two.sign())
        #expect(two.verifies(tokens.0) && one.verifies(tokens.1))
        let events = try await realm.store.read { try $0.auditEvents(of: nil, limit: 9) }
        #expect(events.map(\.kind) == [.signingKeyMake])
        #expect(events.first?.detail == "main \(one.keys[0])")
    }

    @Test("of many that start at once, one makes the key")
    func race() async throws {
        let processes = (0..<8).map { _ in process() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for one in processes { group.addTask { try await one.keeper.tend() } }
            try await group.waitForAll()
        }
        #expect(Set(processes.map(\.keys)).count == 1)
        #expect(try await realm.store.read { try $0.signingKeys().count } == 1)
    }

    @Test("stores no key in clear, and says so where the realm's secret is another")
    func sealed() async throws {
        let one = process()
        try await one.keeper.tend()
        let bytes = try realm.databaseBytes()
        #expect(!bytes.isEmpty)
        let armour = Array("PRIVATE KEY".utf8)
        #expect(!bytes.indices.contains { bytes[$0...].starts(with: armour) })
        let other = try RealmSealer(secret: Secret("another secret of thirty-two bytes"), random: realm.random)
        let fault = await #expect(throws: Fault.self) { try await process(sealer: other).keeper.tend() }
        #expect(fault?.code == .keyMissing)
    }

    @Test("publishes the next key an overlap before it signs, and lets the old one verify to its last token's end")
    func rotation() async throws {
        let one = process()
        try await one.keeper.tend()
        let first = one.keys[0]
        realm.clock.advance(by: .days(29) - .seconds(1))
        try await one.keeper.tend()
        #expect(one.keys == [first])

        realm.clock.advance(by: .seconds(1))
        try await one.keeper.tend()
        #expect(one.keys.count == 2 && one.keys[0] == first)
        let second = one.keys[1]
        realm.clock.advance(by: .days(1) - .seconds(1))
        try await one.keeper.tend()
        let last = try one.sign()
        #expect(try await one.keeper.standings().map(\.state) == [.signing, .next])

        realm.clock.advance(by: .seconds(1))
        try await one.keeper.tend()
        #expect(try await one.keeper.standings().map(\.state) == [.verifying, .signing])
        let new = try one.sign()
        #expect(one.verifies(last) && one.verifies(new))

        // The last token of the first key ends two hours later; a minute more is for clocks that go behind.
        realm.clock.advance(by: Self.token)
        try await one.keeper.tend()
        #expect(one.verifies(last))
        realm.clock.advance(by: .minutes(1))
        try await one.keeper.tend()
        #expect(!one.verifies(last) && one.verifies(new))
        #expect(one.keys == [second])
        let now = realm.clock.now()
        #expect(try await realm.store.write { try $0.removeExpired(at: now, limit: 9) } == 1)
        try await one.keeper.tend()
        #expect(one.keys == [second])
    }

    @Test("rotates once, however many processes find it due, and all of them learn the new key at their next look")
    func sharedRotation() async throws {
        let processes = (0..<6).map { _ in process() }
        for one in processes { try await one.keeper.tend() }
        realm.clock.advance(by: .days(29))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for one in processes { group.addTask { try await one.keeper.tend() } }
            try await group.waitForAll()
        }
        for one in processes { try await one.keeper.tend() }
        #expect(Set(processes.map(\.keys)).count == 1)
        #expect(processes[0].keys.count == 2)
        // Long past its time, the next key signs, and one more is due: the process was asleep.
        realm.clock.advance(by: .days(300))
        for one in processes { try await one.keeper.tend() }
        #expect(processes[0].keys.count == 2)
        #expect(processes[3].verifies(try processes[0].sign()))
        #expect(processes[3].keys == processes[0].keys)
    }

    @Test("never rotates by itself without a schedule")
    func unscheduled() async throws {
        let one = process([Self.terms(every: nil)])
        try await one.keeper.tend()
        realm.clock.advance(by: .days(9_999))
        try await one.keeper.tend()
        #expect(one.keys.count == 1)
    }

    @Test("an operator's key takes over from one that was made, whose tokens stay good to their end")
    func given() async throws {
        let before = process()
        try await before.keeper.tend()
        let old = try before.sign()
        let fixture = try #require(TokenFixture.of(.es256))
        let key = SigningKey(algorithm: .es256, secret: Secret(fixture.private[0]))
        let after = process([Self.terms(given: [key])])
        try await after.keeper.tend()
        #expect(after.keys.first == fixture.thumbprint && after.keys.count == 2)
        #expect(after.verifies(old) && after.verifies(Secret(fixture.token)))
        let new = try after.sign()
        #expect(after.verifies(new) && !before.verifies(new))
        #expect(try await after.keeper.standings().map(\.state) == [.signing, .verifying])
        #expect(try await after.keeper.rotate(nil, soon: false) == .given)
        realm.clock.advance(by: Self.token + .minutes(1))
        try await after.keeper.tend()
        #expect(after.keys == [fixture.thumbprint])
        #expect(!after.verifies(old))
    }

    @Test("without the operator's key makes none in its place, until it is told that nobody misses it")
    func awaited() async throws {
        var terms = Self.terms()
        terms.isAwaited = true
        let one = process([terms])
        try await one.keeper.tend()
        #expect(one.keys.isEmpty)
        #expect(throws: Fault.self) { try one.sign() }
        #expect(try await one.keeper.rotate(nil, soon: true) == .given)
        #expect(try await realm.store.read { try $0.signingKeys() } == [])
        try await one.keeper.replaceAwaited()
        let token = try one.sign()
        #expect(one.verifies(token))
    }

    @Test("another algorithm gets a key of its own, and the old one's tokens are refused: the algorithm is pinned")
    func otherAlgorithm() async throws {
        let before = process()
        try await before.keeper.tend()
        let old = try before.sign()
        let after = process([Self.terms(.edDSA)])
        try await after.keeper.tend()
        #expect(after.keys.count == 1 && after.keys != before.keys)
        let new = try after.sign()
        #expect(!after.verifies(old) && after.verifies(new))
        let rows = try await realm.store.read { try $0.signingKeys() }
        #expect(rows.map(\.generation) == [1, 2])
        #expect(rows[0].expiresAt != nil && rows[1].expiresAt == nil)
    }

    @Test("whatever call to the store fails, a rotation leaves everything or nothing, and the next look mends it")
    func faults() async throws {
        try await process().keeper.tend()
        realm.clock.advance(by: .days(29))
        let before = try await realm.store.read { try $0.signingKeys() }
        for number in 1...9 {
            let store = FaultingStore(realm.store, failAt: number)
            do { try await process(store: store).keeper.tend() } catch is Fault {}
            let rows = try await realm.store.read { try $0.signingKeys() }
            guard rows.count == 2 else {
                #expect(rows == before, "failing at \(number)")
                continue
            }
            #expect(rows[0].expiresAt != nil && rows[1].expiresAt == nil)
            #expect(number > 4, "call \(number) came after the commit")
            break
        }
        try await process().keeper.tend()
        #expect(try await realm.store.read { try $0.signingKeys().count } == 2)
    }
}

extension Lifetime {
    fileprivate static func - (left: Lifetime, right: Lifetime) -> Lifetime { .seconds(left.seconds - right.seconds) }
    fileprivate static func + (left: Lifetime, right: Lifetime) -> Lifetime { .seconds(left.seconds + right.seconds) }
}
