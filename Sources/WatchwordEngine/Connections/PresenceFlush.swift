import WatchwordCore

extension Engine {
    /// How often a process with connected agents says that it is alive.
    private static let lifeInterval = Lifetime.seconds(5)
    private static let presenceBatch = 1_000

    /// Writes which agents came and went since the last time and, while any is connected, every few seconds that this
    /// process is alive; gives how many agents it wrote of. To be called each second.
    ///
    /// A fault loses nothing: it is written the next time.
    @discardableResult
    public func flushPresence() async throws -> Int {
        memory.presence.beginRound()
        var written = 0
        while true {
            let now = clock.now()
            let notes = memory.presence.take(limit: Self.presenceBatch)
            let hasAgents = memory.connections.hasAgents(in: realm.id)
            let livesOn = hasAgents && memory.presence.isLifeDue(at: now, every: Self.lifeInterval)
            guard !notes.isEmpty || livesOn else { return written }
            let node = memory.connections.node
            do {
                try await store.write { transaction in
                    if livesOn { try transaction.noteLife(of: node, at: now) }
                    for (agent, note) in notes {
                        if let arrival = note.arrival { try transaction.noteArrival(of: agent, arrival) }
                        if let departure = note.departure {
                            try transaction.noteDeparture(
                                of: agent, from: node, connectedAt: departure.connectedAt, at: departure.at)
                        }
                    }
                }
            } catch {
                memory.presence.restore(notes)
                throw error
            }
            if livesOn { memory.presence.noteLife(at: now) }
            written += notes.count
            guard notes.count == Self.presenceBatch else { return written }
        }
    }

    /// Writes what is left, and that this process is over. To be called once, when no socket is open any more.
    public func endPresence() async throws {
        try await flushPresence()
        guard memory.presence.end() else { return }
        let (node, now) = (memory.connections.node, clock.now())
        try await store.write { try $0.noteEnd(of: node, at: now) }
    }

    /// Notes what an agent's program calls itself, where it says so only once it is connected.
    public func noteVersion(_ version: String, of record: ConnectionRecord) {
        guard record.role == .agent, let agent = record.agentID,
            let current = memory.connections.change(record, { $0.record.client = version })
        else { return }
        memory.presence.arrive(agent, arrival(of: current))
    }

    func arrival(of record: ConnectionRecord) -> AgentArrival {
        AgentArrival(
            node: memory.connections.node, at: record.openedAt, address: record.address.text, version: record.client)
    }
}
