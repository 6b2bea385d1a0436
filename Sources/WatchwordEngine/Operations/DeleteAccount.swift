import WatchwordCore

extension Engine {
    /// Removes the caller's account with everything that hangs on it but its record; sessions, tokens and keys of it
    /// are refused from then on. Where the contract asks for the current password, it must be right.
    func deleteAccount(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        guard let principal = caller.principal else { return .refused(.missingToken) }
        let id = principal.account.id
        var inputs = InputReader(submission)
        let current = inputs.expects(.currentPassword) ? inputs.requiredSecret(.currentPassword) : nil
        if let refusal = inputs.refusal { return .refused(refusal) }
        if let refusal = admit(.accountDelete, caller, at: now) { return .refused(refusal) }
        var verified: PasswordCredential?
        if let current {
            switch try await verifyCurrent(current, of: id, .accountDelete, caller, at: now) {
            case .refused(let refusal): return .refused(refusal)
            case .granted(let credential): verified = credential
            }
        }

        let outcome: Outcome<Grant> = try await store.write { [verified] transaction in
            guard let account = try standing(principal, at: now, in: transaction) else {
                return .refused(.revokedToken)
            }
            if let verified, try transaction.passwordCredential(of: id)?.version != verified.version {
                return .refused(.wrongPassword)
            }
            try transaction.delete(id)
            try transaction.announce(.account(id))
            try transaction.append(event(.accountDelete, caller, at: now, account: id))
            var grant = Grant()
            grant.user = shown(account)
            return .granted(grant)
        }
        if let refusal = outcome.refusal { return refused(refusal, .accountDelete, caller, at: now, account: id) }
        memory.apply([.account(id)])
        return outcome
    }
}
