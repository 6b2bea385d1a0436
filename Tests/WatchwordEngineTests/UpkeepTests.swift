import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Upkeep: uses of keys, and what has expired")
struct UpkeepTests {
    private func stage(limit: Int64?) throws -> Stage {
        try Stage { terms in
            terms.apiKeys = APIKeyTerms()
            terms.apiKeys?.usageLimit = limit
            terms.apiKeys?.issueOnSignUp = true
        }
    }

    private func key(_ stage: Stage) async throws -> (account: Account, secret: Secret) {
        let inputs: [InputName: Value] = [.email: .string("ann@example.com"), .password: .string(Stage.password)]
        let grant = try #require(try await stage.perform(.signUp, inputs).output)
        return (try #require(grant.user), try #require(grant.apiKey?.secret))
    }

    @Test("Uses are written in one batch, with the time of the last, and once only")
    func uses() async throws {
        let stage = try stage(limit: 100)
        let (account, secret) = try await key(stage)
        for _ in 0..<7 {
            stage.realm.clock.advance(by: .seconds(1))
            #expect(try await stage.authenticate(secret, as: .apiKey).output != nil)
        }
        #expect(try await stage.account(account.id).usageCount == 0)
        let store = CountingStore(stage.realm.store)
        let engine = stage.engine.with(store: store)
        #expect(try await engine.flushUsage() == 2)
        #expect(try await engine.flushUsage() == 0)
        #expect(store.writes == 1)
        #expect(try await stage.account(account.id).usageCount == 7)
        let keys = try await stage.realm.store.read { try $0.apiKeys(of: account.id, agent: nil) }
        #expect(keys.map(\.lastUsedAt) == [stage.realm.clock.now()])
    }

    @Test("A spent key is refused, and stays spent in a process that starts anew")
    func spent() async throws {
        let stage = try stage(limit: 3)
        let (_, secret) = try await key(stage)
        for _ in 0..<3 { #expect(try await stage.authenticate(secret, as: .apiKey).output != nil) }
        #expect(try await stage.authenticate(secret, as: .apiKey).refusal?.code == .quotaExceeded)
        try await stage.engine.flushUsage()
        let presented = [PresentedCredential(kind: .apiKey, text: secret)]
        let restarted = stage.engine.with(memory: Memory())
        #expect(try await restarted.authenticate(presented, TestRealm.caller()).refusal?.code == .quotaExceeded)
    }

    @Test("Without a limit only the time of the last use is kept")
    func unlimited() async throws {
        let stage = try stage(limit: nil)
        let (account, secret) = try await key(stage)
        #expect(try await stage.authenticate(secret, as: .apiKey).output != nil)
        #expect(try await stage.engine.flushUsage() == 1)
        #expect(try await stage.account(account.id).usageCount == 0)
    }

    @Test("A fault loses no use, and counts none twice")
    func faults() async throws {
        let stage = try stage(limit: 100)
        let (account, secret) = try await key(stage)
        for _ in 0..<5 { _ = try await stage.authenticate(secret, as: .apiKey) }
        for call in 1...2 {
            let engine = stage.engine.with(store: FaultingStore(stage.realm.store, failAt: call))
            await #expect(throws: Fault.self) { try await engine.flushUsage() }
            #expect(try await stage.account(account.id).usageCount == 0)
        }
        _ = try await stage.authenticate(secret, as: .apiKey)
        try await stage.engine.flushUsage()
        #expect(try await stage.account(account.id).usageCount == 6)
    }

    @Test("Uses of an account that is gone are no fault")
    func gone() async throws {
        let stage = try stage(limit: 100)
        let (account, secret) = try await key(stage)
        _ = try await stage.authenticate(secret, as: .apiKey)
        _ = try await Administration(stage.engine).delete(AccountReference(account.id))
        try await stage.engine.flushUsage()
        #expect(try await stage.engine.flushUsage() == 0)
    }

    @Test("What has expired goes, a batch a transaction, and what has not stays")
    func expired() async throws {
        let stage = try Stage { $0.session.maximum = .days(2) }
        let (account, _, _) = try await stage.enrol()
        for _ in 0..<9 { _ = try await stage.signIn(Stage.password) }
        stage.realm.clock.advance(by: .days(1))
        let live = try #require(try await stage.signIn(Stage.password).output?.session)
        _ = try await stage.requestReset()
        stage.realm.clock.advance(by: .days(1))
        let store = CountingStore(stage.realm.store)
        let engine = stage.engine.with(store: store)
        // Ten sessions with a token each, a later session's token, and a link.
        #expect(try await engine.removeExpired(batch: 5) == 22)
        #expect(store.writes == 5)
        #expect(try await engine.removeExpired(batch: 5) == 0)
        let sessions = try await stage.realm.store.read {
            try $0.sessions(of: account.id, liveAt: Timestamp(seconds: 0))
        }
        #expect(sessions.map(\.id) == [live.id])
    }

    @Test("A cancelled sweep stops between two batches")
    func cancelled() async throws {
        let stage = try Stage()
        let engine = stage.engine
        let removed = try await withThrowingTaskGroup(of: Int.self) { group in
            group.cancelAll()
            group.addTask { try await engine.removeExpired() }
            return try await group.reduce(0, +)
        }
        #expect(removed == 0)
    }
}
