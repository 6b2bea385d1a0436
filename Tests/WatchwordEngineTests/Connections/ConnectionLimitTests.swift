import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("How many sockets there may be")
struct ConnectionLimitTests {
    private static func address(_ text: String) -> ClientAddress { ClientAddress(text: text, network: text) }

    @Test("in all: one more is busy, and a place that is left is free again")
    func all() async throws {
        let stage = try SocketStage(limits: ConnectionLimits(all: 2))
        let token = try await stage.enrol().token
        let first = try await stage.opened(.person, token)
        _ = try await stage.opened(.person, token)
        let refusal = try #require(try await stage.open(.person, token).refusal)
        #expect(refusal.code == .busy && refusal.retryAfter == 5)
        #expect(stage.connections.admit(Self.address("198.51.100.1")).refusal?.code == .busy)
        stage.engine.disconnect(first.record)
        stage.engine.disconnect(first.record)
        _ = try await stage.opened(.person, token)
        #expect(try await stage.open(.person, token).refusal?.code == .busy && stage.connections.count == 2)
    }

    @Test("of an account, whoever else has any")
    func account() async throws {
        let stage = try SocketStage(limits: ConnectionLimits(perAccount: 2))
        let (ann, bob) = (try await stage.enrol(), try await stage.enrol("bob@example.com"))
        let first = try await stage.opened(.person, ann.token)
        _ = try await stage.opened(.person, ann.token)
        #expect(try await stage.open(.person, ann.token).refusal?.code == .rateLimited)
        _ = try await stage.opened(.person, bob.token)
        _ = stage.connections.end(first.record.number)
        _ = try await stage.opened(.person, ann.token)
        #expect(stage.connections.count == 3)
    }

    @Test("from an address, whoever it is")
    func address() async throws {
        let stage = try SocketStage(limits: ConnectionLimits(perAddress: 2))
        let (ann, bob) = (try await stage.enrol(), try await stage.enrol("bob@example.com"))
        let first = try await stage.opened(.person, ann.token)
        _ = try await stage.opened(.person, bob.token)
        #expect(try await stage.open(.person, bob.token).refusal?.code == .rateLimited)
        _ = try await stage.opened(.person, bob.token, from: "192.0.2.2")
        stage.engine.disconnect(first.record)
        _ = try await stage.opened(.person, bob.token)
        #expect(stage.connections.count == 3)
    }

    @Test("an agent that comes again takes its own place where all are taken")
    func replacing() async throws {
        let stage = try SocketStage(limits: ConnectionLimits(all: 2, perAccount: 2, perAddress: 2))
        let (_, caller, token) = try await stage.enrol()
        let agent = try await stage.agent(of: caller)
        let key = try await stage.key(of: caller, for: agent.id).credential
        let older = try await stage.opened(.agent, key)
        _ = try await stage.opened(.person, token)
        let newer = try await stage.opened(.agent, key)
        #expect(older.connection.ended == .replaced && newer.connection.ended == nil)
        #expect(stage.connections.count == 2)
        #expect(try await stage.open(.person, token).refusal?.code == .busy)
    }

    @Test("of those that have yet to authenticate, fewer from one address")
    func unauthenticated() async throws {
        let registry = ConnectionRegistry(limits: ConnectionLimits(all: 3, unauthenticatedPerAddress: 2))
        let (one, two) = (Self.address("192.0.2.1"), Self.address("192.0.2.2"))
        let first = try granted(registry.admit(one))
        let second = try granted(registry.admit(one))
        #expect(registry.admit(one).refusal?.code == .rateLimited && registry.unauthenticated == 2)
        let third = try granted(registry.admit(two))
        #expect(registry.admit(two).refusal?.code == .busy)
        first.release()
        first.release()
        #expect(registry.unauthenticated == 2)
        let fourth = try granted(registry.admit(one))
        #expect(registry.admit(one).refusal != nil)
        for admission in [second, third, fourth] { admission.release() }
        #expect(registry.unauthenticated == 0)
    }

    @Test("a place that nobody holds any more is free")
    func dropped() throws {
        let registry = ConnectionRegistry(limits: ConnectionLimits(unauthenticatedPerAddress: 1))
        do { _ = try granted(registry.admit(Self.address("192.0.2.1"))) }
        #expect(registry.unauthenticated == 0)
        #expect(registry.admit(Self.address("192.0.2.1")).output != nil)
    }

    @Test("many come and go at once, and nothing is left")
    func churn() async throws {
        let stage = try SocketStage(limits: ConnectionLimits(all: 40, perAccount: 30))
        let (_, caller, token) = try await stage.enrol()
        let agent = try await stage.agent(of: caller)
        let key = try await stage.key(of: caller, for: agent.id).credential
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<16 {
                // Side by side, for the counts must hold then.
                group.addTask {
                    for _ in 0..<40 {
                        let outcome =
                            task % 4 == 0
                            ? try await stage.open(.agent, key)
                            : try await stage.open(.person, token, agent: agent.id)
                        if let record = outcome.output?.record { stage.engine.disconnect(record) }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(stage.connections.count == 0 && stage.connections.records().isEmpty)
        #expect(!stage.connections.isOnline(agent.id, in: stage.engine.realm.id))
        #expect(stage.connections.entries(of: [.account(agent.accountID)], in: stage.engine.realm.id).isEmpty)
    }

    @Test("a hard end is never put off, and what is read of an earlier proof is not the present one's")
    func ends() throws {
        let registry = ConnectionRegistry()
        var record = ConnectionRecord(
            number: registry.nextNumber(), realm: ID("a"), route: "/ws", accountID: ID("1"), agentID: nil,
            role: .person, proof: .session(ID("old")), address: Self.address("192.0.2.1"), client: nil,
            openedAt: Timestamp(seconds: 0), expiresAt: nil)
        #expect(registry.register(record, ProbeConnection()) == nil)
        func noted(_ seconds: Int64?, of proof: ConnectionRecord.Proof) -> Timestamp? {
            registry.note(end: seconds.map { Timestamp(seconds: $0) }, of: proof, for: record)?.endsAt
        }
        #expect(noted(20, of: record.proof) == Timestamp(seconds: 20))
        #expect(noted(30, of: record.proof) == Timestamp(seconds: 20))
        #expect(noted(nil, of: record.proof) == Timestamp(seconds: 20))
        #expect(noted(5, of: .session(ID("other"))) == Timestamp(seconds: 20))
        #expect(noted(10, of: record.proof) == Timestamp(seconds: 10))
        #expect(registry.due(at: Timestamp(seconds: 9), in: ID("a")).isEmpty)
        #expect(registry.due(at: Timestamp(seconds: 10), in: ID("b")).isEmpty)
        #expect(registry.due(at: Timestamp(seconds: 10), in: ID("a")).count == 1)
        record.proof = .session(ID("new"))
        let moved = record.proof
        registry.change(record) { $0.record.proof = moved }
        #expect(registry.entries(of: [.session(ID("old"))], in: ID("a")).isEmpty)
        #expect(registry.entries(of: [.session(ID("new"))], in: ID("a")).count == 1)
        registry.remove(record)
        #expect(noted(1, of: moved) == nil && registry.due(at: Timestamp(seconds: 99), in: ID("a")).isEmpty)
    }

    @Test("lists and counts tell realms and roles apart")
    func lists() async throws {
        let registry = ConnectionRegistry()
        for (index, realm) in ["a", "a", "b"].enumerated() {
            let record = ConnectionRecord(
                number: registry.nextNumber(), realm: ID(realm), route: "/ws", accountID: ID("1"), agentID: ID("7"),
                role: index == 1 ? .person : .agent, proof: .apiKey(ID("k")), address: Self.address("192.0.2.1"),
                client: nil, openedAt: Timestamp(seconds: 0), expiresAt: nil)
            #expect(registry.register(record, ProbeConnection()) == nil)
            #expect(registry.records().count == index && registry.establish(record))
        }
        #expect(registry.records().map(\.number) == [1, 2, 3] && registry.records(of: ID("b")).map(\.number) == [3])
        #expect(registry.count(of: .agent, in: ID("a")) == 1 && registry.count(of: .person, in: ID("b")) == 0)
        #expect(registry.isOnline(ID("7"), in: ID("b")) && !registry.isOnline(ID("7"), in: ID("c")))
        #expect(registry.entries(of: [.apiKey(ID("k"))], in: ID("a")).count == 2)
        #expect(registry.end(3) && registry.hasAgents(in: ID("a")) && !registry.hasAgents(in: ID("b")))
    }
}
