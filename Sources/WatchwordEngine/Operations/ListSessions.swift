import WatchwordCore

extension Engine {
    /// The caller's live sessions, newest first, and which of them the caller's own is.
    func listSessions(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        guard let principal = caller.principal else { return .refused(.missingToken) }
        var inputs = InputReader(submission)
        let page = inputs.page()
        if let refusal = inputs.refusal { return .refused(refusal) }
        let sessions = try await store.read { try $0.sessions(of: principal.account.id, liveAt: now) }
        var grant = Grant()
        grant.user = shown(principal.account)
        grant.session = principal.session
        grant.sessions = Array(page.part(of: sessions))
        grant.paging = page.paging(total: sessions.count, count: grant.sessions.count)
        return .granted(grant)
    }
}
