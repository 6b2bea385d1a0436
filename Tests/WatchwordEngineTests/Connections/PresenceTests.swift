import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Who is connected, as everybody sees it")
struct PresenceTests {
    private struct Scene {
        var stage: SocketStage
        let caller: Caller
        let agent: Agent
        let key: PresentedCredential

        init() async throws {
            stage = try SocketStage()
            caller = try await stage.enrol().caller
            agent = try await stage.agent(of: caller)
            key = try await stage.key(of: caller, for: agent.id).credential
        }

        /// What this process says of the agent.
        func here() async throws -> Agent {
            try #require(try await stage.perform(.getAgent, [.id: .string(agent.id.text)], caller).agent)
        }

        /// What another process on the database says of it.
        func elsewhere() async throws -> Agent {
            try granted(await Administration(stage.engine.with(memory: Memory())).agent(agent.id))
        }
    }

    @Test("an agent that connects is seen at once here, and elsewhere after the next batch")
    func arrival() async throws {
        let scene = try await Scene()
        let open = try await scene.stage.opened(.agent, scene.key, from: "192.0.2.9")
        let known = try await scene.here()
        #expect(known.online && known.lastAddress == "192.0.2.9" && known.version == "watchword-tests")
        #expect(known.connectedAt == open.record.openedAt && known.lastSeenAt == open.record.openedAt)
        #expect(try await !scene.elsewhere().online)
        #expect(try await scene.stage.engine.flushPresence() == 1)
        let seen = try await scene.elsewhere()
        #expect(seen.online && seen.lastAddress == "192.0.2.9" && seen.version == "watchword-tests")
        #expect(seen.connectedAt == open.record.openedAt && seen.lastSeenAt == open.record.openedAt)
        #expect(try await scene.stage.engine.flushPresence() == 0)
    }

    @Test("one that leaves is offline at once here, and elsewhere after the next batch")
    func departure() async throws {
        let scene = try await Scene()
        let open = try await scene.stage.opened(.agent, scene.key)
        try await scene.stage.engine.flushPresence()
        scene.stage.clock.advance(by: .seconds(3))
        scene.stage.engine.disconnect(open.record)
        let known = try await scene.here()
        #expect(!known.online && known.lastSeenAt == scene.stage.clock.now())
        #expect(try await scene.elsewhere().online)
        try await scene.stage.engine.flushPresence()
        let seen = try await scene.elsewhere()
        #expect(!seen.online && seen.lastSeenAt == scene.stage.clock.now())
        #expect(seen.connectedAt == open.record.openedAt)
    }

    @Test("one that comes and goes within a batch leaves both on record")
    func short() async throws {
        let scene = try await Scene()
        let open = try await scene.stage.opened(.agent, scene.key, from: "192.0.2.9")
        scene.stage.clock.advance(by: .seconds(1))
        scene.stage.engine.disconnect(open.record)
        #expect(try await scene.stage.engine.flushPresence() == 1)
        let seen = try await scene.elsewhere()
        #expect(!seen.online && seen.lastAddress == "192.0.2.9" && seen.lastSeenAt == scene.stage.clock.now())
    }

    @Test("the end of a connection that was replaced is not the agent's")
    func replaced() async throws {
        let scene = try await Scene()
        let older = try await scene.stage.opened(.agent, scene.key)
        try await scene.stage.engine.flushPresence()
        // In the same moment, so that only the registry can tell them apart.
        _ = try await scene.stage.opened(.agent, scene.key)
        scene.stage.engine.disconnect(older.record, cause: .replaced)
        try await scene.stage.engine.flushPresence()
        #expect(try await scene.elsewhere().online)
    }

    @Test("as long as the process says that it lives the agent is online, and 15 s longer")
    func life() async throws {
        let scene = try await Scene()
        _ = try await scene.stage.opened(.agent, scene.key)
        try await scene.stage.engine.flushPresence()
        for _ in 0..<10 {
            scene.stage.clock.advance(by: .seconds(5))
            try await scene.stage.engine.flushPresence()
        }
        #expect(try await scene.elsewhere().online)
        // From here on it is as if it had crashed.
        let last = scene.stage.clock.now()
        scene.stage.clock.advance(by: .seconds(14))
        #expect(try await scene.elsewhere().online)
        scene.stage.clock.advance(by: .seconds(1))
        let seen = try await scene.elsewhere()
        #expect(!seen.online && seen.lastSeenAt == last)
    }

    @Test("a sign of life is written every 5 s, and none where no agent is connected")
    func heartbeat() async throws {
        let scene = try await Scene()
        let store = FaultingStore(scene.stage.stage.realm.store)
        let engine = scene.stage.engine.with(store: store)
        try await engine.flushPresence()
        #expect(store.calls == 0)
        let open = try await scene.stage.opened(.agent, scene.key)
        try await engine.flushPresence()
        let calls = store.calls
        #expect(calls > 0)
        scene.stage.clock.advance(by: .seconds(4))
        try await engine.flushPresence()
        #expect(store.calls == calls)
        scene.stage.clock.advance(by: .seconds(1))
        try await engine.flushPresence()
        #expect(store.calls == calls + 1)
        scene.stage.engine.disconnect(open.record)
        try await engine.flushPresence()
        scene.stage.clock.advance(by: .seconds(60))
        let after = store.calls
        try await engine.flushPresence()
        #expect(store.calls == after)
    }

    @Test("a process that ends in order says so, once")
    func end() async throws {
        let scene = try await Scene()
        _ = try await scene.stage.opened(.agent, scene.key)
        try await scene.stage.engine.flushPresence()
        try await scene.stage.engine.endPresence()
        #expect(try await !scene.elsewhere().online)
        let store = FaultingStore(scene.stage.stage.realm.store)
        try await scene.stage.engine.with(store: store, memory: Memory()).endPresence()
        #expect(store.calls == 0)
    }

    @Test("what a fault keeps from being written is written the next time, newer things first")
    func fault() async throws {
        let scene = try await Scene()
        let open = try await scene.stage.opened(.agent, scene.key, from: "192.0.2.9")
        let faulty = scene.stage.engine.with(store: FaultingStore(scene.stage.stage.realm.store, failAt: 1))
        await #expect(throws: Fault.self) { try await faulty.flushPresence() }
        scene.stage.engine.disconnect(open.record)
        #expect(try await scene.stage.engine.flushPresence() == 1)
        let seen = try await scene.elsewhere()
        #expect(!seen.online && seen.lastAddress == "192.0.2.9")
    }

    @Test("what comes later than a batch that failed stands")
    func order() {
        let presence = Presence()
        func arrival(_ second: Int64) -> AgentArrival {
            AgentArrival(node: "n", at: Timestamp(seconds: second), address: "a", version: nil)
        }
        presence.arrive(ID("1"), arrival(1))
        let failed = presence.take(limit: 9)
        presence.arrive(ID("1"), arrival(2))
        presence.restore(failed)
        presence.depart(ID("1"), connectedAt: Timestamp(seconds: 1), at: Timestamp(seconds: 3))
        let note = presence.take(limit: 9)[ID("1")]
        #expect(note?.arrival == arrival(2) && note?.departure == nil)
        for id in 1...5 { presence.arrive(ID("\(id)"), arrival(1)) }
        #expect(presence.take(limit: 3).count == 3 && presence.take(limit: 3).count == 2)
    }

    @Test("what is being written is told until the next batch, since a reader may not find it in the store yet")
    func writing() {
        let presence = Presence()
        let arrival = AgentArrival(node: "n", at: Timestamp(seconds: 1), address: "a", version: nil)
        presence.arrive(ID("1"), arrival)
        let batch = presence.take(limit: 9)
        #expect(presence.note(of: ID("1"))?.arrival == arrival)
        presence.depart(ID("1"), connectedAt: arrival.at, at: Timestamp(seconds: 3))
        #expect(presence.note(of: ID("1"))?.arrival == arrival)
        #expect(presence.note(of: ID("1"))?.departure?.at == Timestamp(seconds: 3))
        presence.restore(batch)
        #expect(presence.note(of: ID("1"))?.arrival == arrival && presence.note(of: ID("1"))?.departure != nil)
        presence.beginRound()
        _ = presence.take(limit: 9)
        #expect(presence.note(of: ID("1")) != nil)
        presence.beginRound()
        #expect(presence.note(of: ID("1")) == nil)
    }

    @Test("a version that an agent tells once it is connected is noted")
    func version() async throws {
        let scene = try await Scene()
        let open = try await scene.stage.opened(.agent, scene.key)
        try await scene.stage.engine.flushPresence()
        scene.stage.engine.noteVersion("vsay-agent/2.0", of: open.record)
        #expect(scene.stage.connections.records().map(\.client) == ["vsay-agent/2.0"])
        try await scene.stage.engine.flushPresence()
        #expect(try await scene.elsewhere().version == "vsay-agent/2.0")
        scene.stage.engine.disconnect(open.record)
        scene.stage.engine.noteVersion("late", of: open.record)
        try await scene.stage.engine.flushPresence()
        let seen = try await scene.elsewhere()
        #expect(seen.version == "vsay-agent/2.0" && !seen.online)
    }
}
