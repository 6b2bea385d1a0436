import WatchwordCore

extension Engine {
    /// Renames one of the caller's own agents.
    ///
    /// One that is unknown and one that is another account's, shared or not, are alike `notFound`.
    func updateAgent(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        guard let principal = caller.principal else { return .refused(.missingToken) }
        var inputs = InputReader(submission)
        let id = inputs.requiredID(.id, of: Agent.self)
        let name = inputs.requiredText(.name, maximum: 255)
        if let refusal = inputs.refusal { return .refused(refusal) }

        let outcome: Outcome<Grant> = try await store.write { transaction in
            guard let account = try standing(principal, at: now, in: transaction) else {
                return .refused(.revokedToken)
            }
            guard var agent = try transaction.agent(id), agent.accountID == account.id else {
                return .refused(.notFound)
            }
            agent.name = name
            try transaction.update(agent)
            try transaction.append(event(.agentUpdate, caller, at: now, account: account.id, detail: "agent \(id)"))
            var grant = Grant()
            grant.user = shown(account)
            grant.agent = try present(agent, to: account.id, at: now, in: transaction)
            return .granted(grant)
        }
        guard let refusal = outcome.refusal else { return outcome }
        return refused(refusal, .agentUpdate, caller, at: now, account: principal.account.id)
    }
}
