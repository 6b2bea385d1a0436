import WatchwordCore

extension Engine {
    /// The caller's agents, in order of creation.
    func listAgents(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        guard let principal = caller.principal else { return .refused(.missingToken) }
        var inputs = InputReader(submission)
        let page = inputs.page()
        if let refusal = inputs.refusal { return .refused(refusal) }
        return try await store.read { reading in
            var grant = Grant()
            grant.agents = try reading.agents(of: principal.account.id, limit: page.limit, offset: page.offset)
            grant.user = shown(principal.account)
            grant.paging = page.paging(
                total: try reading.agentCount(of: principal.account.id), count: grant.agents.count)
            return .granted(grant)
        }
    }
}
