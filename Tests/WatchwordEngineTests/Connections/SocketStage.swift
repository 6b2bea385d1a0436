import Synchronization
import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

/// A socket that only remembers why it was ended.
final class ProbeConnection: LiveConnection {
    private let ends = Mutex<[ConnectionEnd]>([])

    var ended: ConnectionEnd? { ends.withLock { $0.first } }
    var endings: Int { ends.withLock { $0.count } }
    func end(_ end: ConnectionEnd) { ends.withLock { $0.append(end) } }
    func expire(at moment: Timestamp?) {}
}

/// A store that does something once, just before its next read or after it.
final class HookedStore: Store {
    private let base: any Store
    private let hook = Mutex<(@Sendable () async throws -> Void)?>(nil)

    init(_ base: any Store) { self.base = base }

    func beforeNextRead(_ body: @escaping @Sendable () async throws -> Void) { hook.withLock { $0 = body } }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreReading) throws -> Result
    ) async throws -> Result {
        let due = hook.withLock { hook in
            defer { hook = nil }
            return hook
        }
        try await due?()
        return try await base.read(body)
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws -> Result
    ) async throws -> Result {
        try await base.write(body)
    }
}

/// Accounts, agents and keys in a realm, and sockets that are opened with them.
struct SocketStage {
    let stage: Stage
    var engine: Engine
    var connections: ConnectionRegistry { engine.memory.connections }
    var clock: TestClock { stage.realm.clock }

    init(
        limits: ConnectionLimits = ConnectionLimits(), throttle: ThrottleLimits = .off, bound: Bool = true,
        _ change: (inout Terms) -> Void = { _ in }
    ) throws {
        stage = try Stage(limits: throttle) { terms in
            var keys = APIKeyTerms()
            keys.boundToAgent = bound
            terms.apiKeys = keys
            change(&terms)
        }
        engine = stage.engine.with(memory: Memory(connections: ConnectionRegistry(limits: limits)))
    }

    /// Somebody signed up, as a caller of this stage's engine.
    func enrol(
        _ email: String = "ann@example.com"
    ) async throws -> (account: Account, caller: Caller, token: PresentedCredential) {
        let grant = try granted(
            await engine.perform(
                .signUp, Submission([.email: .string(email), .password: .string(Stage.password)]),
                TestRealm.caller()))
        let token = PresentedCredential(kind: .access, text: try #require(grant.access).text)
        let principal = try granted(await engine.authenticate([token], TestRealm.caller()))
        return (principal.account, TestRealm.caller(principal: principal), token)
    }

    @discardableResult
    func perform(_ operation: Operation, _ inputs: [InputName: Value], _ caller: Caller) async throws -> Grant {
        try granted(await engine.perform(operation, Submission(inputs), caller))
    }

    func agent(_ name: String = "build server", of caller: Caller) async throws -> Agent {
        try #require(try await perform(.registerAgent, [.name: .string(name)], caller).agent)
    }

    /// A key that hangs on the agent, or on none.
    func key(
        of caller: Caller, for agent: Agent.ID? = nil, ttl: Int64? = nil
    ) async throws -> (key: APIKey, credential: PresentedCredential) {
        var inputs: [InputName: Value] = [:]
        inputs[.agentID] = agent.map { .string($0.text) }
        inputs[.ttl] = ttl.map(Value.int)
        let issued = try #require(try await perform(.createAPIKey, inputs, caller).apiKey)
        return (issued.key, PresentedCredential(kind: .apiKey, text: try #require(issued.secret)))
    }

    func open(
        _ role: ConnectionRecord.Role, _ credential: PresentedCredential, agent: Agent.ID? = nil,
        from address: String = "192.0.2.1", _ connection: ProbeConnection = ProbeConnection()
    ) async throws -> Outcome<ConnectionGrant> {
        try await open(role, .presented([credential]), agent: agent, from: address, connection)
    }

    func open(
        _ role: ConnectionRecord.Role, _ proof: SocketProof, agent: Agent.ID? = nil,
        from address: String = "192.0.2.1", path: String = "/ws", origin: String? = nil,
        _ connection: ProbeConnection = ProbeConnection()
    ) async throws -> Outcome<ConnectionGrant> {
        let opening = ConnectionOpening(role: role, route: "/ws", path: path, agentID: agent?.text)
        var caller = TestRealm.caller(address)
        caller.origin = origin
        return try await engine.connect(opening, by: proof, caller, connection)
    }

    /// A socket that is open, with its record.
    func opened(
        _ role: ConnectionRecord.Role, _ credential: PresentedCredential, agent: Agent.ID? = nil,
        from address: String = "192.0.2.1"
    ) async throws -> (connection: ProbeConnection, record: ConnectionRecord) {
        let connection = ProbeConnection()
        let grant = try granted(await open(role, credential, agent: agent, from: address, connection))
        return (connection, grant.record)
    }

    func tend() async throws { try await engine.tendConnections() }

    func events(_ kind: AuditEvent.Kind) async throws -> [AuditEvent] {
        stage.realm.audit.events.filter { $0.kind == kind }
    }
}
