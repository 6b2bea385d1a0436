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

        let outcome: Outcome<(grant: Grant, keys: [Change])> = try await store.write { transaction in
            guard let account = try standing(principal, at: now, in: transaction) else {
                return .refused(.revokedToken)
            }
            guard let agent = try transaction.agent(id), agent.accountID == account.id else {
                return .refused(.notFound)
            }
            let keys = try transaction.apiKeys(of: account.id, agent: id).map { Change.apiKey($0.id) }
            try transaction.delete(id)
            for key in keys { try transaction.announce(key) }
            try transaction.append(
                event(
                    .agentRemove, caller, at: now, account: account.id,
                    detail: "agent \(id), keys ended: \(keys.count)"))
            var grant = Grant()
            grant.user = shown(account)
            grant.agent = agent
            return .granted((grant, keys))
        }
        switch outcome {
        case .refused(let refusal):
            return refused(refusal, .agentRemove, caller, at: now, account: principal.account.id)
        case .granted(let removed):
            memory.apply(removed.keys)
            return .granted(removed.grant)
        }
    }
}
