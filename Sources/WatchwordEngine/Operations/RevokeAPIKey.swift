import WatchwordCore

extension Engine {
    /// Ends one of the caller's API keys for every process at once.
    ///
    /// A key that is unknown, revoked or another account's is alike `notFound`.
    func revokeAPIKey(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        guard let principal = caller.principal else { return .refused(.missingToken) }
        var inputs = InputReader(submission)
        let id = inputs.requiredID(.id, of: APIKey.self)
        if let refusal = inputs.refusal { return .refused(refusal) }

        let outcome: Outcome<Grant> = try await store.write { transaction in
            guard let account = try standing(principal, at: now, in: transaction) else {
                return .refused(.revokedToken)
            }
            guard let key = try transaction.apiKey(id), key.accountID == account.id, key.isLive(at: now),
                try transaction.revokeAPIKey(id, at: now)
            else { return .refused(.notFound) }
            try transaction.announce(.apiKey(id))
            try transaction.append(event(.keyRevoke, caller, at: now, account: account.id, detail: "key \(id)"))
            try notify(.keyRevoked, account, key: key, by: caller, at: now, in: transaction)
            var grant = Grant()
            grant.user = shown(account)
            grant.apiKey = IssuedAPIKey(key: key, secret: nil)
            return .granted(grant)
        }
        if let refusal = outcome.refusal {
            return refused(refusal, .keyRevoke, caller, at: now, account: principal.account.id)
        }
        memory.apply([.apiKey(id)])
        return outcome
    }
}
