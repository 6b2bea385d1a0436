import WatchwordCore

extension Engine {
    /// The caller's live API keys, oldest first, without their secrets; of one of its agents if one is named.
    func listAPIKeys(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        guard let principal = caller.principal else { return .refused(.missingToken) }
        var inputs = InputReader(submission)
        let agent = inputs.id(.agentID, of: Agent.self)
        let page = inputs.page()
        if let refusal = inputs.refusal { return .refused(refusal) }
        return try await store.read { reading in
            let owner = principal.account.id
            if let agent, try reading.agent(agent)?.accountID != owner { return .refused(.notFound) }
            let keys = try reading.apiKeys(of: owner, agent: agent).filter { $0.isLive(at: now) }
            var grant = Grant()
            grant.user = shown(principal.account)
            grant.apiKeys = Array(page.part(of: keys))
            grant.paging = page.paging(total: keys.count, count: grant.apiKeys.count)
            return .granted(grant)
        }
    }
}
