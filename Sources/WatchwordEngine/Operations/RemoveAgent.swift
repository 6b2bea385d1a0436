import WatchwordCore

extension Engine {
    /// Removes one of the caller's agents; its keys open nothing from then on, for any process.
    ///
    /// One that is unknown and one that is another account's are alike `notFound`.
    func removeAgent(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        guard let principal = caller.principal else { return .refused(.missingToken) }
        var inputs = InputReader(submission)
        let id = inputs.requiredID(.id, of: Agent.self)
        if let refusal = inputs.refusal { return .refused(refusal) }

        let outcome: Outcome<(grant: Grant, changes: [Change])> = try await store.write { transaction in
            guard let account = try standing(principal, at: now, in: transaction) else {
                return .refused(.revokedToken)
            }
            guard let agent = try transaction.agent(id), agent.accountID == account.id else {
                return .refused(.notFound)
            }
            let changes = try remove(agent, in: transaction)
            try transaction.append(
                event(
                    .agentRemove, caller, at: now, account: account.id,
                    detail: "agent \(id), keys ended: \(changes.count - 1)"))
            var grant = Grant()
            grant.user = shown(account)
            grant.agent = agent
            return .granted((grant, changes))
        }
        switch outcome {
        case .refused(let refusal):
            return refused(refusal, .agentRemove, caller, at: now, account: principal.account.id)
        case .granted(let removed):
            memory.apply(removed.changes)
            return .granted(removed.grant)
        }
    }
    /// Removes an agent with its keys, and announces it; gives the changes: its own, then one for each key that ended.
    ///
    /// After the commit, apply them to `memory` before anyone is answered.
    func remove(_ agent: Agent, in transaction: any StoreTransaction) throws -> [Change] {
        let keys = try transaction.apiKeys(of: agent.accountID, agent: agent.id).map { Change.apiKey($0.id) }
        try transaction.delete(agent.id)
        let changes = [.agent(agent.id)] + keys
        for change in changes { try transaction.announce(change) }
        return changes
    }
}
