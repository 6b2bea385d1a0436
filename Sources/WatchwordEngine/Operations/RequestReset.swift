import WatchwordCore

extension Engine {
    /// Mails a link that lets the account's owner choose a new password. Grants alike for unknown, disabled and
    /// known addresses; refuses `validation`, and `rateLimited` by the caller's address.
    func requestReset(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        try await requestLink(.reset, .resetRequest, submission, caller).map { granted in
            // Who asks for themselves is told nothing new by their own account.
            var grant = granted
            grant.user = caller.principal?.account
            return grant
        }
    }
}
