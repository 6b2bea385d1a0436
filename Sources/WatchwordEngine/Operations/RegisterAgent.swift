import WatchwordCore

extension Engine {
    /// Enrols an agent of the caller's account under a new id; or, given the id of one of its agents, takes it for
    /// that agent restarted and notes its name, so that a restart leaves no second one behind.
    ///
    /// Nobody chooses an id: one that is unknown and one that is another account's are alike `notFound`.
    func registerAgent(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        guard let principal = caller.principal else { return .refused(.missingToken) }
        var inputs = InputReader(submission)
        let name = inputs.requiredText(.name, maximum: 255)
        let id = inputs.id(.id, of: Agent.self)
        if let refusal = inputs.refusal { return .refused(refusal) }
        if let refusal = admit(.agentRegister, caller, at: now) { return .refused(refusal) }

        let outcome: Outcome<Grant> = try await store.write { transaction in
            guard let account = try standing(principal, at: now, in: transaction) else {
                return .refused(.revokedToken)
            }
            var grant = Grant()
            grant.user = shown(account)
            if let id {
                guard var agent = try transaction.agent(id), agent.accountID == account.id else {
                    return .refused(.notFound)
                }
                agent.name = name
                try transaction.update(agent)
                grant.agent = try present(agent, to: account.id, at: now, in: transaction)
            } else {
                let agent = Agent(
                    id: try newID(.agent, at: now, in: transaction), accountID: account.id, name: name,
                    createdAt: now)
                try transaction.insert(agent)
                grant.agent = agent
            }
            try transaction.append(
                event(
                    .agentRegister, caller, at: now, account: account.id,
                    detail: "agent \(grant.agent?.id.text ?? "")"))
            return .granted(grant)
        }
        guard let refusal = outcome.refusal else { return outcome }
        return refused(refusal, .agentRegister, caller, at: now, account: principal.account.id)
    }
}
