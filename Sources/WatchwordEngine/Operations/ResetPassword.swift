import WatchwordCore

extension Engine {
    /// Sets a new password for whoever holds a reset link. Every session of the account ends, the account's other
    /// reset links are void, and its address counts as verified, for the mailbox was read. Where the contract's reply
    /// shows tokens, that begins a session.
    ///
    /// The hash is spent only on a token that a look-up found good; the transaction then judges it again, so that
    /// of several resets with one token exactly one wins.
    func resetPassword(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        var inputs = InputReader(submission)
        let link = presentedLink(&inputs)
        let password = newPassword(&inputs)
        if let refusal = inputs.refusal { return .refused(refusal) }
        if let refusal = admit(.passwordReset, caller, at: now) { return .refused(refusal) }
        if let refusal = try await examine(link, .reset, .passwordReset, caller, at: now).refusal {
            return refused(refusal, .passwordReset, caller, at: now)
        }
        let hash: String
        switch try await hasher.hash(password) {
        case .refused(let busy): return .refused(busy)
        case .granted(let made): hash = made
        }

        let outcome = try await store.write { transaction in
            try reset(link, hash, caller, at: now, in: transaction)
        }
        if let refusal = outcome.refusal { return refused(refusal, .passwordReset, caller, at: now) }
        if let account = outcome.output?.user { memory.apply([.account(account.id)]) }
        return outcome
    }

    private func reset(
        _ link: PresentedLink, _ hash: String, _ caller: Caller, at now: Timestamp,
        in transaction: any StoreTransaction
    ) throws -> Outcome<Grant> {
        let redeemed: RedeemedLink
        switch try redeem(link, .reset, at: now, in: transaction) {
        case .refused(let refusal): return .refused(refusal)
        case .granted(let good): redeemed = good
        }
        guard try transaction.useOneTimeToken(redeemed.digest, at: now) else { return .refused(.invalidLink) }
        var account = redeemed.account
        try transaction.voidOneTimeTokens(of: account.id, purpose: .reset, at: now)
        try replacePassword(of: account.id, with: hash, at: now, in: transaction)
        let ended = try endSessions(of: account.id, .passwordReset, at: now, in: transaction)
        if !account.emailVerified {
            account.emailVerified = true
            account.updatedAt = now
            try transaction.voidOneTimeTokens(of: account.id, purpose: .verify, at: now)
            try save(account, in: transaction)
        }
        var grant = Grant()
        grant.user = shown(account)
        if terms.reset?.signsIn == true {
            grant.show(try openSession(of: account, method: "otp", caller, at: now, in: transaction))
        }
        try transaction.append(
            event(
                .passwordReset, caller, at: now, account: account.id, session: grant.session?.id,
                detail: "sessions ended: \(ended)"))
        try notify(.passwordChanged, account, by: caller, at: now, in: transaction)
        return .granted(grant)
    }

    /// Sets a password whatever the one before it is, within a transaction that has proven the right to.
    func replacePassword(
        of account: Account.ID, with hash: String, at now: Timestamp, in transaction: any StoreTransaction
    ) throws {
        let version = try transaction.passwordCredential(of: account)?.version
        let credential = PasswordCredential(
            accountID: account, hash: hash, version: (version ?? 0) + 1, changedAt: now)
        guard try transaction.setPassword(credential, replacing: version) else {
            throw Fault(.invariant, "a password changed within its own transaction")
        }
    }
}
