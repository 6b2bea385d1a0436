import WatchwordCore

extension Engine {
    /// How long after the last sign of life of its process an agent counts as connected to it.
    static let nodePatience = Lifetime.seconds(15)

    /// The agents as `account` sees them: which are online, which are another's.
    func present(
        _ agents: [Agent], to account: Account.ID?, at now: Timestamp, in reading: any StoreReading
    ) throws -> [Agent] {
        let online = try reading.onlineAgents(
            among: agents.map(\.id), since: now - Self.nodePatience, except: memory.connections.node)
        return agents.map { agent in
            var agent = agent
            agent.online = online.contains(agent.id) || memory.connections.isOnline(agent.id, in: realm.id)
            if let note = memory.presence.note(of: agent.id) { agent.take(note) }
            if let account { agent.isShared = agent.accountID != account }
            return agent
        }
    }

    func present(
        _ agent: Agent, to account: Account.ID?, at now: Timestamp, in reading: any StoreReading
    ) throws -> Agent {
        try present([agent], to: account, at: now, in: reading).first ?? agent
    }

    /// The agent, if it is the account's own or shared with it; nothing also where there is none.
    func reachable(_ id: Agent.ID, by account: Account.ID, in reading: any StoreReading) throws -> Agent? {
        guard let agent = try reading.agent(id) else { return nil }
        guard try agent.accountID == account || reading.isShared(id, with: account) else { return nil }
        return agent
    }
}

extension Agent {
    /// As it will stand in the store in a moment.
    fileprivate mutating func take(_ note: Presence.Note) {
        if let arrival = note.arrival {
            (connectedAt, lastSeenAt) = (arrival.at, arrival.at)
            (lastAddress, version) = (arrival.address, arrival.version)
        }
        if let departure = note.departure, departure.connectedAt == connectedAt { lastSeenAt = departure.at }
    }
}
