import Synchronization
import WatchwordCore

/// The open sockets of this process in all realms: whose they are, by what, and how to end them.
///
/// Each look-up takes the lock of one part, or of one part after the other; no message of a socket takes any.
public final class ConnectionRegistry: Sendable {
    private struct AgentName: Hashable, Sendable {
        let realm: Realm.ID
        let id: Agent.ID
    }

    /// What other processes know this one by, as long as it runs.
    public let node: String
    private let limits: ConnectionLimits
    private let numbers = Atomic<UInt64>(0)
    private let open = Atomic<Int>(0)
    private let waiting = Atomic<Int>(0)
    private let shards: [Locked<ConnectionShard>] = (0..<32).map { _ in Locked(ConnectionShard()) }
    /// The one connection of each agent.
    private let agents: [Locked<[AgentName: UInt64]>] = (0..<32).map { _ in Locked([:]) }
    private let addresses = AddressCounts()
    private let waitingAddresses = AddressCounts()

    public init(limits: ConnectionLimits = ConnectionLimits(), random: any RandomSource = SystemRandom()) {
        self.limits = limits
        node = TextEncoding.hex.encode(random.bytes(16))
    }

    /// Sockets registered, and those that have yet to authenticate.
    public var count: Int { open.load(ordering: .sequentiallyConsistent) }
    public var unauthenticated: Int { waiting.load(ordering: .relaxed) }

    /// Every established socket, of one realm if one is given, oldest first.
    public func records(of realm: Realm.ID? = nil) -> [ConnectionRecord] {
        shards.flatMap { shard in
            shard.with { shard in
                shard.entries.values.compactMap { entry in
                    entry.isEstablished && realm.map { $0 == entry.record.realm } ?? true ? entry.record : nil
                }
            }
        }.sorted { $0.number < $1.number }
    }

    /// The established sockets of an agent and to its terminal, oldest first.
    func records(ofAgent agent: Agent.ID, in realm: Realm.ID) -> [ConnectionRecord] {
        entries(of: [.agent(agent)], in: realm).filter(\.isEstablished).map(\.record).sorted { $0.number < $1.number }
    }

    /// How many sockets of the role are established in the realm.
    public func count(of role: ConnectionRecord.Role, in realm: Realm.ID) -> Int {
        records(of: realm).count { $0.role == role }
    }

    /// Whether the agent is connected to this process.
    public func isOnline(_ agent: Agent.ID, in realm: Realm.ID) -> Bool {
        let name = AgentName(realm: realm, id: agent)
        return agents[place(name)].with { $0[name] != nil }
    }

    /// Ends the socket of that number for `operatorClosed`; says whether there was one.
    public func end(_ number: UInt64) -> Bool { end(number, .operatorClosed) }

    /// Lets one more socket in that has yet to authenticate. Refuses `busy` where all places are taken, and
    /// `rateLimited` where those of its address are.
    public func admit(_ address: ClientAddress) -> Outcome<ConnectionAdmission> {
        guard count < limits.all, waiting.load(ordering: .relaxed) < limits.all else { return .refused(Self.full) }
        guard waitingAddresses.rise(address.network, limit: limits.unauthenticatedPerAddress)
        else { return .refused(Self.tooMany) }
        waiting.wrappingAdd(1, ordering: .relaxed)
        return .granted(ConnectionAdmission(self, network: address.network))
    }

    // MARK: For the engine

    /// Whether any agent of the realm is connected.
    func hasAgents(in realm: Realm.ID) -> Bool {
        agents.contains { $0.with { $0.keys.contains { $0.realm == realm } } }
    }

    func leave(_ network: String) {
        waitingAddresses.fall(network)
        waiting.wrappingSubtract(1, ordering: .relaxed)
    }

    func nextNumber() -> UInt64 { numbers.wrappingAdd(1, ordering: .relaxed).newValue }

    /// Enters a socket that is authenticated and has yet to be looked at again; why not, if there is no place for it.
    /// An agent that takes its own place needs none beside it.
    func register(_ record: ConnectionRecord, _ connection: any LiveConnection) -> Refusal? {
        let spare = record.role == .agent && record.agentID.map { isOnline($0, in: record.realm) } ?? false ? 1 : 0
        guard open.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue <= limits.all + spare else {
            open.wrappingSubtract(1, ordering: .sequentiallyConsistent)
            return Self.full
        }
        guard addresses.rise(record.address.network, limit: limits.perAddress + spare) else {
            open.wrappingSubtract(1, ordering: .sequentiallyConsistent)
            return Self.tooMany
        }
        let account = ConnectionShard.Subject(realm: record.realm, change: .account(record.accountID))
        let isIn = shard(record).with { shard in
            guard shard.count(of: account) < limits.perAccount + spare else { return false }
            shard.insert(ConnectionShard.Entry(record: record, connection: connection))
            return true
        }
        if isIn { return nil }
        addresses.fall(record.address.network)
        open.wrappingSubtract(1, ordering: .sequentiallyConsistent)
        return Self.tooMany
    }

    /// Shows the socket from now on; of an agent it ends the one before. Says whether it is still there.
    func establish(_ record: ConnectionRecord) -> Bool {
        guard change(record, { $0.isEstablished = true }) != nil else { return false }
        guard record.role == .agent, let id = record.agentID else { return true }
        let name = AgentName(realm: record.realm, id: id)
        let older = agents[place(name)].with { agents in
            let other = agents[name] ?? 0
            agents[name] = max(other, record.number)
            return min(other, record.number)
        }
        if older > 0 { _ = end(older, .replaced) }
        // It may have been taken out before it was the agent's one.
        guard current(record) != nil else {
            forget(record)
            return false
        }
        return true
    }

    /// Takes the socket out, if it is still in; says whether it was.
    @discardableResult
    func remove(_ record: ConnectionRecord) -> Bool {
        guard let entry = shard(record).with({ $0.remove(record.number) }) else { return false }
        addresses.fall(entry.record.address.network)
        open.wrappingSubtract(1, ordering: .sequentiallyConsistent)
        forget(entry.record)
        return true
    }

    /// The agent has this connection no more.
    private func forget(_ record: ConnectionRecord) {
        guard record.role == .agent, let id = record.agentID else { return }
        let name = AgentName(realm: record.realm, id: id)
        agents[place(name)].with { if $0[name] == record.number { $0[name] = nil } }
    }

    /// Takes the socket out and ends it, if it is still in; says whether it was.
    @discardableResult
    func end(_ entry: ConnectionShard.Entry, _ cause: ConnectionEnd) -> Bool {
        guard remove(entry.record) else { return false }
        entry.connection.end(cause)
        return true
    }

    /// Changes what is known of a socket, if it is still in, and gives the record as it is then. Account, agent and
    /// address stay.
    @discardableResult
    func change(
        _ record: ConnectionRecord, _ body: @Sendable (inout ConnectionShard.Entry) -> Void
    ) -> ConnectionRecord? {
        shard(record).with { $0.change(record.number, body) }
    }

    /// Notes the hard end that the store tells for that proof, if it still is the socket's. No end is ever put off, so
    /// the earliest that was read is the one, in whatever order they come.
    @discardableResult
    func note(end: Timestamp?, of proof: ConnectionRecord.Proof, for record: ConnectionRecord) -> ConnectionRecord? {
        change(record) { entry in
            guard let end, entry.record.proof == proof else { return }
            entry.record.endsAt = min(entry.record.endsAt ?? end, end)
        }
    }

    /// The record as it is now.
    func current(_ record: ConnectionRecord) -> ConnectionRecord? {
        shard(record).with { $0.entries[record.number]?.record }
    }

    /// The sockets that rest on any of these facts.
    func entries(of changes: some Collection<Change>, in realm: Realm.ID) -> [ConnectionShard.Entry] {
        var found: [UInt64: ConnectionShard.Entry] = [:]
        for change in changes {
            let subject = ConnectionShard.Subject(realm: realm, change: change)
            for shard in shards {
                for entry in shard.with({ $0.entries(of: subject) }) { found[entry.record.number] = entry }
            }
        }
        return Array(found.values)
    }

    /// The sockets of the realm that are past their hard end.
    func due(at now: Timestamp, in realm: Realm.ID) -> [ConnectionShard.Entry] {
        guard count > 0 else { return [] }
        return shards.flatMap { shard in shard.with { $0.due(at: now, in: realm) } }
    }

    private func end(_ number: UInt64, _ cause: ConnectionEnd) -> Bool {
        for shard in shards {
            if let entry = shard.with({ $0.entries[number] }) { return end(entry, cause) }
        }
        return false
    }

    private static let full = Refusal(.busy, retryAfter: 5)
    private static let tooMany = Refusal(.rateLimited, retryAfter: 30)

    private func shard(_ record: ConnectionRecord) -> Locked<ConnectionShard> {
        shards[Int(UInt(bitPattern: record.accountID.hashValue) % UInt(shards.count))]
    }

    private func place(_ name: AgentName) -> Int { Int(UInt(bitPattern: name.hashValue) % UInt(agents.count)) }
}
