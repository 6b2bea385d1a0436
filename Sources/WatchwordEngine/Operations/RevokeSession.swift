import WatchwordCore

extension Engine {
    /// Ends one of the caller's sessions with all its tokens, for every process at once; `current` is the caller's own.
    ///
    /// A session that is unknown, ended or another account's is alike `notFound`.
    func revokeSession(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        guard let principal = caller.principal else { return .refused(.missingToken) }
        var inputs = InputReader(submission)
        var id = inputs.requiredID(.id, of: Session.self)
        if let refusal = inputs.refusal { return .refused(refusal) }
        // No id of ours is a word: they have 22 characters.
        if id.text == "current", let own = principal.session?.id { id = own }

        let outcome: Outcome<Grant> = try await store.write { [id] transaction in
            guard let account = try standing(principal, at: now, in: transaction) else {
                return .refused(.revokedToken)
            }
            guard let session = try transaction.session(id), session.accountID == account.id,
                try end(id, .revoked, at: now, in: transaction)
            else { return .refused(.notFound) }
            try transaction.append(event(.sessionRevoke, caller, at: now, account: account.id, session: id))
            var grant = Grant()
            grant.user = shown(account)
            grant.session = session
            return .granted(grant)
        }
        if let refusal = outcome.refusal {
            return refused(refusal, .sessionRevoke, caller, at: now, account: principal.account.id)
        }
        memory.apply([.session(id)])
        return outcome
    }
}
