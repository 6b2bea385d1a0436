import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Upkeep: audit events of refusals")
struct UpkeepAuditTests {
    private func event(_ number: Int) -> AuditEvent {
        AuditEvent(
            at: Timestamp(seconds: Int64(number)), kind: .signIn, address: "192.0.2.1",
            outcome: "invalid_credentials", detail: "\(number)")
    }

    /// Details in the order of the record.
    private func written(_ realm: TestRealm) async throws -> [String] {
        try await realm.store.read { try $0.auditEvents(of: nil, limit: 100_000) }.map(\.detail).reversed()
    }

    @Test("What waits is written in order, once")
    func order() async throws {
        let realm = try TestRealm()
        let trail = BufferedAuditTrail()
        for number in 0..<1_203 { trail.record(event(number)) }
        let store = CountingStore(realm.store)
        #expect(try await trail.flush(to: store) == 1_203)
        #expect(try await trail.flush(to: store) == 0)
        // Batches of 500, so that other writers get their turn.
        #expect(store.writes == 3)
        #expect(try await written(realm) == (0..<1_203).map(String.init))
        #expect(trail.dropped == 0 && trail.count == 0)
    }

    @Test("Beyond the bound the oldest are dropped and counted", arguments: [1, 7, 10])
    func bound(_ capacity: Int) async throws {
        let realm = try TestRealm()
        let trail = BufferedAuditTrail(capacity: capacity)
        for number in 0..<25 { trail.record(event(number)) }
        #expect(trail.count == capacity)
        #expect(trail.dropped == Int64(25 - capacity))
        try await trail.flush(to: realm.store)
        #expect(try await written(realm) == ((25 - capacity)..<25).map(String.init))
        trail.record(event(25))
        try await trail.flush(to: realm.store)
        #expect(try await written(realm).last == "25")
    }

    @Test("A fault keeps what was not written, in order, before what came later")
    func fault() async throws {
        let realm = try TestRealm()
        let trail = BufferedAuditTrail()
        for number in 0..<700 { trail.record(event(number)) }
        // The first batch of 500 is written, the second fails.
        await #expect(throws: Fault.self) {
            try await trail.flush(to: FaultingStore(realm.store, failAt: 600))
        }
        #expect(trail.count == 200)
        trail.record(event(700))
        try await trail.flush(to: realm.store)
        #expect(try await written(realm) == (0...700).map(String.init))
    }

    @Test("What a fault puts back stays within the bound, the newest kept")
    func faultAtTheBound() async throws {
        let realm = try TestRealm()
        let trail = BufferedAuditTrail(capacity: 5)
        for number in 0..<5 { trail.record(event(number)) }
        let store = InterruptingStore { for number in 5..<8 { trail.record(event(number)) } }
        await #expect(throws: Fault.self) { try await trail.flush(to: store) }
        #expect(trail.count == 5)
        #expect(trail.dropped == 3)
        try await trail.flush(to: realm.store)
        #expect(try await written(realm) == ["3", "4", "5", "6", "7"])
    }

    @Test("Parallel recorders lose nothing within the bound")
    func parallel() async throws {
        let realm = try TestRealm()
        let trail = BufferedAuditTrail()
        await withTaskGroup(of: Void.self) { group in
            for start in 0..<8 {
                group.addTask { for number in 0..<100 { trail.record(event(start * 100 + number)) } }
            }
            group.addTask { _ = try? await trail.flush(to: realm.store) }
        }
        try await trail.flush(to: realm.store)
        #expect(try await Set(written(realm)).count == 800)
    }
}

/// Does something, then fails.
private struct InterruptingStore: Store {
    let meanwhile: @Sendable () -> Void

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreReading) throws -> Result
    ) async throws -> Result { throw Fault(.storeUnavailable, "planned") }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws -> Result
    ) async throws -> Result {
        meanwhile()
        throw Fault(.storeUnavailable, "planned")
    }
}
