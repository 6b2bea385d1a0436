import Synchronization
import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("The keeper while the store does not answer")
struct KeeperDoubtTests {
    /// A store that answers no reads while it is told so.
    private final class SilentStore: Store {
        private let base: any Store
        private let silent = Mutex(false)
        init(_ base: any Store) { self.base = base }

        func set(silent isSilent: Bool) { silent.withLock { $0 = isSilent } }

        func read<Result: Sendable>(
            _ body: @escaping @Sendable (any StoreReading) throws -> Result
        ) async throws -> Result {
            if silent.withLock({ $0 }) { throw Fault(.storeUnavailable, "silent") }
            return try await base.read(body)
        }

        func write<Result: Sendable>(
            _ body: @escaping @Sendable (any StoreTransaction) throws -> Result
        ) async throws -> Result {
            try await base.write(body)
        }
    }

    private struct Scene {
        var stage: SocketStage
        let store: SilentStore
        let account: Account
        let first: (connection: ProbeConnection, record: ConnectionRecord)
        let other: (connection: ProbeConnection, record: ConnectionRecord)

        init() async throws {
            stage = try SocketStage()
            store = SilentStore(stage.stage.realm.store)
            stage.engine = stage.engine.with(store: store)
            let ann = try await stage.enrol()
            account = ann.account
            first = try await stage.opened(.person, ann.token)
            other = try await stage.opened(.person, try await stage.enrol("bob@example.com").token)
        }

        /// A round that fails.
        func fail() async {
            await #expect(throws: Fault.self) { try await stage.tend() }
        }
    }

    @Test("asks again, and ends what it should when it is answered")
    func again() async throws {
        let scene = try await Scene()
        _ = try granted(await Administration(scene.stage.engine).disable(AccountReference(scene.account.id)))
        scene.store.set(silent: true)
        await scene.fail()
        scene.stage.clock.advance(by: .seconds(4))
        await scene.fail()
        #expect(scene.first.connection.ended == nil)
        scene.store.set(silent: false)
        try await scene.stage.tend()
        #expect(scene.first.connection.ended == .accountClosed && scene.other.connection.ended == nil)
    }

    @Test("what has been in doubt for 5 s is ended, and nothing that is in no doubt")
    func doubt() async throws {
        let scene = try await Scene()
        scene.store.set(silent: true)
        scene.stage.engine.memory.apply([.account(scene.account.id)])
        await scene.fail()
        scene.stage.clock.advance(by: .seconds(5))
        await scene.fail()
        #expect(scene.first.connection.ended == .internal && scene.other.connection.ended == nil)
        #expect(scene.stage.connections.records().map(\.number) == [scene.other.record.number])
    }

    @Test("an answer in between begins the time anew")
    func settled() async throws {
        let scene = try await Scene()
        for _ in 0..<3 {
            scene.store.set(silent: true)
            scene.stage.engine.memory.apply([.account(scene.account.id)])
            await scene.fail()
            scene.stage.clock.advance(by: .seconds(4))
            scene.store.set(silent: false)
            try await scene.stage.tend()
        }
        #expect(scene.first.connection.ended == nil)
    }

    @Test("ends that come by the clock need no store, and a round without changes asks it nothing")
    func clock() async throws {
        let scene = try await Scene()
        scene.store.set(silent: true)
        try await scene.stage.tend()
        scene.stage.clock.set(try #require(scene.first.record.endsAt))
        try await scene.stage.tend()
        #expect(scene.first.connection.ended == .sessionEnded)
    }

    @Test("a terminal is on record: who, which agent, how long, with what end")
    func terminals() async throws {
        let stage = try SocketStage()
        let (account, caller, token) = try await stage.enrol()
        let agent = try await stage.agent(of: caller)
        let record = try await stage.opened(.person, token, agent: agent.id).record
        stage.engine.recordTerminalOpen(record)
        stage.engine.recordTerminalClose(record, lasted: .seconds(61), end: "exit 3")
        stage.engine.recordTerminalClose(record, lasted: .seconds(2), end: "left")
        stage.engine.disconnect(record, cause: .agentOffline)
        let opened = try #require(try await stage.events(.terminalOpen).first)
        #expect(opened.accountID == account.id && opened.sessionID == caller.principal?.session?.id)
        #expect(opened.detail == "agent \(agent.id), connection 1" && opened.address == "192.0.2.1")
        #expect(
            try await stage.events(.terminalClose).map(\.detail) == [
                "agent \(agent.id), connection 1, 61 s, exit 3", "agent \(agent.id), connection 1, 2 s, left",
            ])
        #expect(
            try await stage.events(.connectionClose).map(\.detail) == [
                "agent \(agent.id), connection 1, agent_offline"
            ])
    }
}
