import WatchwordCore

extension Engine {
    /// Mails the verification link once more. Grants alike for unknown, disabled, verified and unverified addresses;
    /// refuses `validation`, and `rateLimited` by the caller's address.
    func requestVerification(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        try await requestLink(.verify, .verificationRequest, submission, caller).map { granted in
            // Who asks for themselves is told nothing new by their own account.
            var grant = granted
            grant.user = caller.principal?.account
            return grant
        }
    }
}
