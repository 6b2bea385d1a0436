import Testing
import WatchwordCore
import WatchwordCrypto
import WatchwordEngine
import WatchwordTestKit

@Suite("Rotating a key pair on request")
struct SigningKeyRotationTests {
    private let realm: TestRealm
    private let signer = RealmSigner(rings: [:])
    private let keeper: SigningKeyKeeper

    init() throws {
        realm = try TestRealm()
        keeper = SigningKeyKeeper(
            rings: ["main", "other"].map {
                KeyRingTerms(name: $0, algorithm: .edDSA, overlap: .days(1), longestToken: .hours(2))
            }, signer: signer, store: realm.store, sealer: realm.sealer, clock: realm.clock)
    }

    private var main: [SigningKeyStanding] {
        get async throws { try await keeper.standings().filter { $0.name == "main" } }
    }

    @Test("publishes the next key, which signs after the overlap; asking again changes nothing")
    func overlap() async throws {
        try await keeper.tend()
        let now = realm.clock.now()
        let first = try await keeper.rotate("main", soon: false)
        guard case .published(let id, let signsFrom) = first else {
            Issue.record("\(first)")
            return
        }
        #expect(signsFrom == now + .days(1))
        realm.clock.advance(by: .hours(1))
        #expect(try await keeper.rotate("main", soon: false) == first)
        let standings = try await main
        #expect(standings.map(\.state) == [.signing, .next])
        #expect(standings[1].id == id && standings[1].verifiesUntil == nil)
        #expect(standings[0].verifiesUntil == signsFrom + .hours(2) + .minutes(1))
        #expect(try await keeper.standings().count == 3)
        let event = try await realm.store.read { try $0.auditEvents(of: nil, limit: 1) }.first
        #expect(event?.kind == .signingKeyMake && event?.address == "cli" && event?.detail == "main \(id)")
    }

    @Test("soon is as soon as every process has looked, and brings forward what is published already")
    func soon() async throws {
        try await keeper.tend()
        guard case .published(let id, _) = try await keeper.rotate("main", soon: false) else { return }
        let now = realm.clock.now()
        #expect(try await keeper.rotate("main", soon: true) == .published(id: id, signsFrom: now + .seconds(5)))
        let standings = try await main
        #expect(standings.map(\.state) == [.signing, .next])
        #expect(standings[0].verifiesUntil == now + .seconds(5) + .hours(2) + .minutes(1))

        let old = try signer.sign(TokenFixture.claims, with: "main")
        realm.clock.advance(by: .seconds(5))
        try await keeper.tend()
        #expect(try await main.map(\.state) == [.verifying, .signing])
        #expect(signer.verify(old, with: "main") != nil)
        let new = try signer.sign(TokenFixture.claims, with: "main")
        #expect(new.revealed.split(separator: ".")[0] != old.revealed.split(separator: ".")[0])
    }

    @Test("bringing the next key forward does not prolong those that are out of use")
    func thirdKey() async throws {
        try await keeper.tend()
        _ = try await keeper.rotate("main", soon: true)
        realm.clock.advance(by: .minutes(1))
        try await keeper.tend()
        let end = try await main[0].verifiesUntil
        _ = try await keeper.rotate("main", soon: false)
        _ = try await keeper.rotate("main", soon: true)
        let standings = try await main
        #expect(standings.map(\.state) == [.verifying, .signing, .next])
        #expect(standings[0].verifiesUntil == end)
        #expect(standings[1].verifiesUntil == realm.clock.now() + .seconds(5) + .hours(2) + .minutes(1))
    }

    @Test("needs a name where there are several, and one that is there")
    func names() async throws {
        try await keeper.tend()
        #expect(try await keeper.rotate(nil, soon: false) == .unknown(names: ["main", "other"]))
        #expect(try await keeper.rotate("man", soon: false) == .unknown(names: ["main", "other"]))
        #expect(try await keeper.standings().count == 2)
    }

    @Test("of many who ask at once, all are told of the same key")
    func race() async throws {
        try await keeper.tend()
        let answers = try await withThrowingTaskGroup(of: SigningKeyRotation.self) { group in
            for _ in 0..<8 { group.addTask { try await keeper.rotate("main", soon: true) } }
            return try await group.reduce(into: Set<SigningKeyRotation>()) { $0.insert($1) }
        }
        #expect(answers.count == 1)
        #expect(try await main.count == 2)
    }
}
