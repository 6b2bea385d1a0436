import WatchwordCore

extension Engine {
    /// The realm's accounts in order of creation, for callers who may see others; `search` keeps those whose address,
    /// username or name begins with it, in any case. Refuses `forbidden`.
    func listUsers(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        guard let principal = caller.principal else { return .refused(.missingToken) }
        guard seesOthers(principal) else { return .refused(.forbidden) }
        var inputs = InputReader(submission)
        let page = inputs.page()
        let prefix = inputs.text(.search, maximum: 256).map(Identifier.key) ?? ""
        if let refusal = inputs.refusal { return .refused(refusal) }
        let (accounts, total) = try await store.read { reading in
            if prefix.isEmpty {
                return (try reading.accounts(limit: page.limit, offset: page.offset), try reading.accountCount())
            }
            return (
                try reading.accounts(startingWith: prefix, limit: page.limit, offset: page.offset),
                try reading.accountCount(startingWith: prefix)
            )
        }
        var grant = Grant()
        grant.users = accounts.map { shown($0) }
        grant.paging = page.paging(total: total, count: accounts.count)
        return .granted(grant)
    }
}
