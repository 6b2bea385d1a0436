import WatchwordCore

extension Engine {
    /// Replaces the caller's password, who proves to know the current one. Every other session of the account ends;
    /// the caller's too where the contract's reply shows the tokens of a new one, which is then granted.
    func changePassword(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        guard let principal = caller.principal else { return .refused(.missingToken) }
        let id = principal.account.id
        var inputs = InputReader(submission)
        let current = inputs.requiredSecret(.currentPassword)
        let password = newPassword(&inputs)
        if let refusal = inputs.refusal { return .refused(refusal) }
        if let refusal = admit(.passwordChange, caller, at: now) { return .refused(refusal) }
        let verified: PasswordCredential
        switch try await verifyCurrent(current, of: id, .passwordChange, caller, at: now) {
        case .refused(let refusal): return .refused(refusal)
        case .granted(let credential): verified = credential
        }
        let hash: String
        switch try await hasher.hash(password) {
        case .refused(let busy): return .refused(busy)
        case .granted(let made): hash = made
        }

        let outcome = try await store.write { transaction in
            try replacePassword(of: principal, verified, hash, caller, at: now, in: transaction)
        }
        if let code = outcome.refusal?.code { return refused(code, .passwordChange, caller, at: now, account: id) }
        memory.apply([.account(id)])
        return outcome
    }

    private func replacePassword(
        of principal: Principal, _ verified: PasswordCredential, _ hash: String, _ caller: Caller,
        at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> Outcome<Grant> {
        guard let account = try standing(principal, at: now, in: transaction) else { return .refused(.revokedToken) }
        let credential = PasswordCredential(
            accountID: account.id, hash: hash, version: verified.version + 1, changedAt: now)
        guard try transaction.setPassword(credential, replacing: verified.version) else {
            return .refused(.wrongPassword)
        }
        var grant = Grant()
        grant.user = shown(account)
        grant.session = principal.session
        let opened = try settle(
            afterPasswordOf: account, principal, opensSession: terms.password.changeSignsIn, caller, at: now,
            in: transaction)
        if let opened { grant.show(opened) }
        return .granted(grant)
    }
}
