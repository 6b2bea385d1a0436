import WatchwordCore

extension Engine {
    /// One of the caller's agents. One that is unknown and one that is another account's are alike `notFound`.
    func getAgent(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        guard let principal = caller.principal else { return .refused(.missingToken) }
        var inputs = InputReader(submission)
        let id = inputs.requiredID(.id, of: Agent.self)
        if let refusal = inputs.refusal { return .refused(refusal) }
        guard let agent = try await store.read({ try $0.agent(id) }), agent.accountID == principal.account.id
        else { return .refused(.notFound) }
        var grant = Grant()
        grant.user = shown(principal.account)
        grant.agent = agent
        return .granted(grant)
    }
}
