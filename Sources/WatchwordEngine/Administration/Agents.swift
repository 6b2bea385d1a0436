import WatchwordCore

extension Administration {
    /// The agents of an account in order of creation, or all of the realm, with who is online.
    ///
    /// Refuses `notFound` for an unknown account, and `conflict` where a bare name means two.
    public func agents(of reference: AccountReference?) async throws -> Outcome<[Agent]> {
        let now = engine.clock.now()
        return try await engine.store.read { reading in
            guard let reference else {
                let all = try reading.agents(limit: .max, offset: 0)
                return .granted(try engine.present(all, to: nil, at: now, in: reading))
            }
            return try reference.find(in: reading).map { account in
                let own = try reading.agents(of: account.id, limit: .max, offset: 0)
                return try engine.present(own, to: nil, at: now, in: reading)
            }
        }
    }

    /// Refuses `notFound`.
    public func agent(_ id: Agent.ID) async throws -> Outcome<Agent> {
        let now = engine.clock.now()
        return try await engine.store.read { reading in
            guard let agent = try reading.agent(id) else { return .refused(.notFound) }
            return .granted(try engine.present(agent, to: nil, at: now, in: reading))
        }
    }

    /// Refuses `notFound`, and `validation` for a name that no agent can have.
    public func renameAgent(_ id: Agent.ID, to name: String) async throws -> Outcome<Agent> {
        var inputs = InputReader(Submission([.name: .string(name)]))
        let name = inputs.requiredText(.name, maximum: 255)
        if let refusal = inputs.refusal { return .refused(refusal) }
        return try await change(id) { agent, now, transaction in
            var agent = agent
            agent.name = name
            try transaction.update(agent)
            try transaction.append(event(.agentUpdate, at: now, account: agent.accountID, detail: "agent \(id)"))
            return .granted(agent)
        }
    }

    /// Removes an agent with its keys; its connections and those to its terminal end. Refuses `notFound`.
    public func removeAgent(_ id: Agent.ID) async throws -> Outcome<Agent> {
        let now = engine.clock.now()
        let outcome: Outcome<(agent: Agent, changes: [Change])> = try await engine.store.write { transaction in
            guard let agent = try transaction.agent(id) else { return .refused(.notFound) }
            let changes = try engine.remove(agent, in: transaction)
            try transaction.append(
                event(
                    .agentRemove, at: now, account: agent.accountID,
                    detail: "agent \(id), keys ended: \(changes.count - 1)"))
            return .granted((agent, changes))
        }
        return outcome.map { removed in
            engine.memory.apply(removed.changes)
            return removed.agent
        }
    }

    /// Lets another account see the agent and open its terminal. Sharing it twice, or with its owner, changes nothing.
    ///
    /// Refuses `notFound` for an unknown agent or account, and `conflict` where a bare name means two accounts.
    public func shareAgent(_ id: Agent.ID, with reference: AccountReference) async throws -> Outcome<Agent> {
        try await change(id) { agent, now, transaction in
            try reference.find(in: transaction).map { account in
                guard account.id != agent.accountID, try transaction.share(id, with: account.id, at: now)
                else { return agent }
                try transaction.append(
                    event(
                        .agentShare, at: now, account: agent.accountID, detail: "agent \(id), account \(account.id)"))
                return agent
            }
        }
    }

    /// Ends that, and with it the terminals that are open by it. Refuses as `shareAgent`, and `notFound` where it was
    /// not shared.
    public func unshareAgent(_ id: Agent.ID, with reference: AccountReference) async throws -> Outcome<Agent> {
        let outcome: Outcome<Agent> = try await change(id) { agent, now, transaction in
            switch try reference.find(in: transaction) {
            case .refused(let refusal): return .refused(refusal)
            case .granted(let account):
                guard try transaction.unshare(id, with: account.id) else { return .refused(.notFound) }
                try transaction.announce(.agent(id))
                try transaction.append(
                    event(
                        .agentUnshare, at: now, account: agent.accountID,
                        detail: "agent \(id), account \(account.id)"))
                return .granted(agent)
            }
        }
        engine.memory.apply([.agent(id)])
        return outcome
    }

    /// Does `body` with the agent in one transaction, and gives the agent as it is then.
    private func change(
        _ id: Agent.ID,
        _ body: @escaping @Sendable (Agent, Timestamp, any StoreTransaction) throws -> Outcome<Agent>
    ) async throws -> Outcome<Agent> {
        let now = engine.clock.now()
        return try await engine.store.write { transaction in
            guard let agent = try transaction.agent(id) else { return .refused(.notFound) }
            return try body(agent, now, transaction).map {
                try engine.present($0, to: nil, at: now, in: transaction)
            }
        }
    }
}
