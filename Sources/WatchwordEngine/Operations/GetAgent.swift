import WatchwordCore

extension Engine {
    /// One of the caller's agents, or one shared with it. One that is unknown and one that is another account's are
    /// alike `notFound`.
    func getAgent(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        guard let principal = caller.principal else { return .refused(.missingToken) }
        var inputs = InputReader(submission)
        let id = inputs.requiredID(.id, of: Agent.self)
        if let refusal = inputs.refusal { return .refused(refusal) }
        let now = clock.now()
        let agent = try await store.read { reading in
            try reachable(id, by: principal.account.id, in: reading).map {
                try present($0, to: principal.account.id, at: now, in: reading)
            }
        }
        guard let agent else { return .refused(.notFound) }
        var grant = Grant()
        grant.user = shown(principal.account)
        grant.agent = agent
        return .granted(grant)
    }
}
