import WatchwordCore

extension Engine {
    /// Gives a new access token for the current one, in the same session. The old one stays good to its own end,
    /// for two windows, a retry or a lost answer must not sign anybody out; the session's end bounds both.
    func renew(_ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        guard let principal = caller.principal else { return .refused(.missingToken) }
        guard let session = principal.session else { return .refused(.wrongTokenType) }
        return try await store.write { transaction in
            guard let account = try standing(principal, at: now, in: transaction) else {
                return .refused(.revokedToken)
            }
            var grant = Grant()
            grant.user = shown(account)
            grant.session = session
            grant.access = try issueAccess(account, session, at: now, in: transaction)
            try transaction.append(event(.renew, caller, at: now, account: account.id, session: session.id))
            return .granted(grant)
        }
    }
}
