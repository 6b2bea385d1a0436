import WatchwordCore

extension Engine {
    /// Makes an API key of the caller's account, or of one of its agents where keys hang on agents; it lasts for `ttl`
    /// seconds where that is given.
    ///
    /// An agent that is unknown and one that is another account's are alike `notFound`.
    func createAPIKey(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        guard let principal = caller.principal else { return .refused(.missingToken) }
        guard let terms = terms.apiKeys else { return .refused(.notFound) }
        var inputs = InputReader(submission)
        let name = inputs.text(.name, maximum: 255)
        let agent =
            terms.boundToAgent
            ? inputs.requiredID(.agentID, of: Agent.self) : inputs.id(.agentID, of: Agent.self)
        let lifetime = inputs.span(.ttl, in: 1...Lifetime.never.seconds)
        if let refusal = inputs.refusal { return .refused(refusal) }
        if let refusal = admit(.keyCreate, caller, at: now) { return .refused(refusal) }

        let outcome: Outcome<Grant> = try await store.write { transaction in
            guard let account = try standing(principal, at: now, in: transaction) else {
                return .refused(.revokedToken)
            }
            if let agent, try transaction.agent(agent)?.accountID != account.id { return .refused(.notFound) }
            let issued = try makeAPIKey(
                for: account.id, agent: agent, name: name, lifetime: lifetime, at: now, in: transaction)
            try transaction.append(
                event(.keyCreate, caller, at: now, account: account.id, detail: "key \(issued.key.id)"))
            try notify(.keyCreated, account, key: issued.key, by: caller, at: now, in: transaction)
            var grant = Grant()
            grant.user = shown(account)
            grant.apiKey = issued
            return .granted(grant)
        }
        guard let refusal = outcome.refusal else { return outcome }
        return refused(refusal, .keyCreate, caller, at: now, account: principal.account.id)
    }
}
