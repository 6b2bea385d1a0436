import WatchwordCore

extension Engine {
    /// The caller's agents in order of creation, then those shared with it.
    func listAgents(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        guard let principal = caller.principal else { return .refused(.missingToken) }
        var inputs = InputReader(submission)
        let page = inputs.page()
        if let refusal = inputs.refusal { return .refused(refusal) }
        let now = clock.now()
        return try await store.read { reading in
            var grant = Grant()
            let agents = try reading.reachableAgents(of: principal.account.id, limit: page.limit, offset: page.offset)
            grant.agents = try present(agents, to: principal.account.id, at: now, in: reading)
            grant.user = shown(principal.account)
            grant.paging = page.paging(
                total: try reading.reachableAgentCount(of: principal.account.id), count: grant.agents.count)
            return .granted(grant)
        }
    }
}
