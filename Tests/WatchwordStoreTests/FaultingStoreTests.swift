import Testing
import WatchwordCore
import WatchwordEngine
import WatchwordTestKit

@Suite("A store that fails on purpose")
struct FaultingStoreTests {
    private let test: TestRealm

    init() throws { test = try TestRealm() }

    private func work(_ store: any Store) async throws {
        let now = test.clock.now()
        let account = Account(id: ID("a1"), email: "a1@example.com", createdAt: now, updatedAt: now)
        _ = try await store.read { try $0.account(account.id) }
        try await store.write { store in
            _ = try store.insert(account)
            try store.addUsage(1, to: account.id)
            try store.append(AuditEvent(at: now, kind: .signUp, address: "cli"))
        }
    }

    @Test("fails at each call in turn, and then nothing stays")
    func eachCall() async throws {
        for call in 1...4 {
            let faulting = FaultingStore(test.store, failAt: call)
            await #expect(throws: Fault.self) { try await work(faulting) }
            #expect(faulting.calls == call)
            #expect(try await test.store.read { try $0.accountCount() } == 0)
            #expect(try await test.store.read { try $0.auditEvents(of: nil, limit: 9) }.isEmpty)
        }
    }

    @Test("only counts where no call is named, or one beyond the last")
    func counts() async throws {
        let counting = FaultingStore(test.store)
        try await work(counting)
        #expect(counting.calls == 4)
        #expect(try await test.store.read { try $0.accountCount() } == 1)
    }
}
