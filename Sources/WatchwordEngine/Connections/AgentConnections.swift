import WatchwordCore

/// An open socket of an agent or to its terminal, as somebody who may reach the agent sees it.
public struct AgentConnection: Sendable {
    public var record: ConnectionRecord
    /// The key that it rests on; for the agent's owner only.
    public var key: APIKey?
    /// Whose terminal it is: the id, and a username or address. Nothing for the agent's own connection.
    public var account: Account?
}

extension Engine {
    /// The open sockets of an agent of the caller or shared with it, oldest first: the agent's own, and people's to its
    /// terminal. Whoever it is shared with sees of people's their own only.
    ///
    /// Those of this process: where several serve one realm, another's are not among them. An agent that is unknown and
    /// one that may not be reached are alike `notFound`.
    public func connections(ofAgent id: Agent.ID, _ caller: Caller) async throws -> Outcome<[AgentConnection]> {
        let now = clock.now()
        guard let principal = caller.principal else { return .refused(.missingToken) }
        let records = memory.connections.records(ofAgent: id, in: realm.id)
        return try await store.read { reading in
            guard let account = try standing(principal, at: now, in: reading) else { return .refused(.revokedToken) }
            guard let agent = try reachable(id, by: account.id, in: reading) else { return .refused(.notFound) }
            let isOwner = agent.accountID == account.id
            let seen = records.filter { isOwner || $0.role == .agent || $0.accountID == account.id }
            return .granted(
                try seen.map { record in
                    var connection = AgentConnection(record: record)
                    if case .apiKey(let key) = record.proof, isOwner { connection.key = try reading.apiKey(key) }
                    if record.role == .person { connection.account = try reading.account(record.accountID).map(known) }
                    return connection
                })
        }
    }

    /// Ends a socket of one of the caller's own agents, or to its terminal, for `operatorClosed`; gives the agent. What
    /// it rests on stays good: who has a key can connect again.
    ///
    /// A number that is no such socket of this process, and an agent that is unknown or another account's, are alike
    /// `notFound`.
    public func closeConnection(
        _ number: UInt64, ofAgent id: Agent.ID, _ caller: Caller
    ) async throws -> Outcome<Agent> {
        let now = clock.now()
        guard let principal = caller.principal else { return .refused(.missingToken) }
        let outcome: Outcome<Agent> = try await store.read { reading in
            guard let account = try standing(principal, at: now, in: reading) else { return .refused(.revokedToken) }
            guard let agent = try reading.agent(id), agent.accountID == account.id else { return .refused(.notFound) }
            return .granted(try present(agent, to: account.id, at: now, in: reading))
        }
        guard var agent = outcome.output else { return outcome }
        guard let record = memory.connections.records(ofAgent: id, in: realm.id).first(where: { $0.number == number }),
            memory.connections.end(number)
        else { return .refused(.notFound) }
        // Its own end is recorded when it is over; this says who wanted it.
        audit.record(
            event(
                record.role == .agent ? .agentDisconnect : .connectionClose, caller, at: now, account: agent.accountID,
                session: principal.session?.id, detail: "agent \(id), connection \(number), by the owner"))
        if record.role == .agent { agent.online = memory.connections.isOnline(id, in: realm.id) }
        return .granted(agent)
    }
}
