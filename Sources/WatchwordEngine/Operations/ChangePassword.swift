import WatchwordCore

extension Engine {
    /// Replaces the caller's password, who proves to know the current one. Every session of the account ends, the
    /// caller's too; what is granted belongs to a new one.
    func changePassword(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        guard let principal = caller.principal else { return .refused(.missingToken) }
        let id = principal.account.id
        var inputs = InputReader(submission)
        let current = inputs.requiredSecret(.currentPassword)
        let password = newPassword(&inputs)
        if let refusal = inputs.refusal { return .refused(refusal) }
        if let refusal = admit(.passwordChange, caller, at: now) { return .refused(refusal) }
        // A stolen token must not become a way to guess the password: this counts like signing in.
        if let refusal = admit(.passwordChange, caller, attemptAt: id.text, at: now) { return .refused(refusal) }

        let credential = try await store.read { try $0.passwordCredential(of: id) }
        switch try await verify(current, against: credential?.hash) {
        case .refused(let busy):
            throttle.abandoned(id.text, caller.address.network)
            return .refused(busy)
        case .granted(.right) where credential != nil: throttle.succeeded(id.text, caller.address.network, at: now)
        case .granted:
            throttle.failed(id.text, at: now)
            return refused(.wrongPassword, .passwordChange, caller, at: now, account: id)
        }
        let hash: String
        switch try await hasher.hash(password) {
        case .refused(let busy): return .refused(busy)
        case .granted(let made): hash = made
        }

        let outcome = try await store.write { transaction in
            try replacePassword(of: principal, credential, hash, caller, at: now, in: transaction)
        }
        if let code = outcome.refusal?.code { return refused(code, .passwordChange, caller, at: now, account: id) }
        memory.apply([.account(id)])
        return outcome
    }

    private func replacePassword(
        of principal: Principal, _ verified: PasswordCredential?, _ hash: String, _ caller: Caller,
        at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> Outcome<Grant> {
        guard let account = try standing(principal, at: now, in: transaction) else { return .refused(.revokedToken) }
        let version = verified?.version ?? 0
        let credential = PasswordCredential(accountID: account.id, hash: hash, version: version + 1, changedAt: now)
        guard try transaction.setPassword(credential, replacing: verified?.version) else {
            return .refused(.wrongPassword)
        }
        // A link asked for under the old password must not undo the new one.
        try transaction.voidOneTimeTokens(of: account.id, purpose: .reset, at: now)
        let ended = try endSessions(of: account.id, .passwordChanged, at: now, in: transaction)
        let opened = try openSession(of: account, caller, at: now, in: transaction)
        try transaction.append(
            event(
                .passwordChange, caller, at: now, account: account.id, session: opened.session.id,
                detail: "sessions ended: \(ended)"))
        var grant = Grant()
        grant.user = shown(account)
        grant.show(opened)
        return .granted(grant)
    }
}
