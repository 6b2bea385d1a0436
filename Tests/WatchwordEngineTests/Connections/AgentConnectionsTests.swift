import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("The connections of an agent, as people see and close them")
struct AgentConnectionsTests {
    /// Ann's agent, connected, with a terminal of hers and one of Bob's, with whom she shares it; Eve has nothing.
    private struct Scene {
        let stage: SocketStage
        let ann, bob, eve: (account: Account, caller: Caller, token: PresentedCredential)
        let agent: Agent
        let key: APIKey
        let machine, own, shared: (connection: ProbeConnection, record: ConnectionRecord)

        init() async throws {
            stage = try SocketStage()
            ann = try await stage.enrol()
            bob = try await stage.enrol("bob@example.com")
            eve = try await stage.enrol("eve@example.com")
            agent = try await stage.agent(of: ann.caller)
            let made = try await stage.key(of: ann.caller, for: agent.id)
            key = made.key
            try await stage.perform(
                .shareAgent, [.id: .string(agent.id.text), .email: .string("bob@example.com")], ann.caller)
            machine = try await stage.opened(.agent, made.credential)
            own = try await stage.opened(.person, ann.token, agent: agent.id, from: "198.51.100.1")
            shared = try await stage.opened(.person, bob.token, agent: agent.id, from: "198.51.100.2")
            // Another agent's is nobody's business here.
            let other = try await stage.agent("other", of: ann.caller)
            _ = try await stage.opened(.agent, try await stage.key(of: ann.caller, for: other.id).credential)
        }

        func seen(by caller: Caller) async throws -> [AgentConnection] {
            try granted(await stage.engine.connections(ofAgent: agent.id, caller))
        }
    }

    @Test("the owner sees all of them, with the key and with whose terminals they are")
    func owner() async throws {
        let scene = try await Scene()
        let seen = try await scene.seen(by: scene.ann.caller)
        #expect(seen.map(\.record.number) == [1, 2, 3])
        #expect(seen.map(\.record.role) == [.agent, .person, .person])
        #expect(seen.map(\.key?.id) == [scene.key.id, nil, nil])
        #expect(seen.map(\.account?.email) == [nil, "ann@example.com", "bob@example.com"])
        #expect(seen.map(\.record.address.text) == ["192.0.2.1", "198.51.100.1", "198.51.100.2"])
        #expect(seen[0].record.openedAt == scene.stage.clock.now())
        #expect(seen[2].account == scene.stage.engine.known(scene.bob.account))
    }

    @Test(
        "whoever it is shared with sees the agent's, without its key, and their own; nobody else sees that it is there")
    func others() async throws {
        let scene = try await Scene()
        let seen = try await scene.seen(by: scene.bob.caller)
        #expect(seen.map(\.record.number) == [1, 3])
        #expect(seen.allSatisfy { $0.key == nil })
        let engine = scene.stage.engine
        #expect(try await engine.connections(ofAgent: scene.agent.id, scene.eve.caller).refusal?.code == .notFound)
        #expect(try await engine.connections(ofAgent: ID("unknown"), scene.ann.caller).refusal?.code == .notFound)
        #expect(
            try await engine.connections(ofAgent: scene.agent.id, TestRealm.caller()).refusal?.code == .missingToken)
        try await scene.stage.perform(
            .unshareAgent, [.id: .string(scene.agent.id.text), .email: .string("bob@example.com")], scene.ann.caller)
        #expect(try await engine.connections(ofAgent: scene.agent.id, scene.bob.caller).refusal?.code == .notFound)
    }

    @Test("the owner closes one, and that is on record; what it rests on stays good")
    func close() async throws {
        let scene = try await Scene()
        let engine = scene.stage.engine
        let agent = try granted(await engine.closeConnection(3, ofAgent: scene.agent.id, scene.ann.caller))
        #expect(agent.id == scene.agent.id && agent.online)
        #expect(scene.shared.connection.ended == .operatorClosed && scene.own.connection.ended == nil)
        #expect(try await scene.seen(by: scene.ann.caller).map(\.record.number) == [1, 2])
        #expect(try await engine.closeConnection(1, ofAgent: scene.agent.id, scene.ann.caller).output?.online == false)
        #expect(scene.machine.connection.ended == .operatorClosed)
        let details = try await scene.stage.events(.connectionClose) + scene.stage.events(.agentDisconnect)
        #expect(
            details.map(\.detail) == [3, 1].map { "agent \(scene.agent.id), connection \($0), by the owner" })
        #expect(details.allSatisfy { $0.accountID == scene.ann.account.id })
        #expect(
            try await scene.stage.perform(.listAPIKeys, [:], scene.ann.caller).apiKeys.contains {
                $0.id == scene.key.id
            })
    }

    @Test("nobody else closes any, and no number of another agent's is one of this")
    func refused() async throws {
        let scene = try await Scene()
        let engine = scene.stage.engine
        for (number, caller) in [
            (3, scene.bob.caller), (1, scene.bob.caller), (1, scene.eve.caller), (4, scene.ann.caller),
            (0, scene.ann.caller),
            (99, scene.ann.caller),
        ] as [(UInt64, Caller)] {
            #expect(
                try await engine.closeConnection(number, ofAgent: scene.agent.id, caller).refusal?.code == .notFound)
        }
        #expect(
            try await engine.closeConnection(1, ofAgent: scene.agent.id, TestRealm.caller()).refusal?.code
                == .missingToken)
        #expect(scene.stage.connections.count == 4)
        try await scene.stage.perform(.signOut, [:], scene.ann.caller)
        #expect(
            try await engine.closeConnection(1, ofAgent: scene.agent.id, scene.ann.caller).refusal?.code
                == .revokedToken)
        #expect(
            try await engine.connections(ofAgent: scene.agent.id, scene.ann.caller).refusal?.code == .revokedToken)
        #expect(scene.machine.connection.ended == nil)
    }
}
