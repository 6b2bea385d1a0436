import WatchwordCore

extension Engine {
    /// Sets a new password for whoever holds a reset link. Every session of the account ends, the account's other
    /// reset links are void, and its address counts as verified, for the mailbox was read.
    ///
    /// The hash is spent only on a token that a look-up found good; the transaction then judges it again, so that
    /// of several resets with one token exactly one wins.
    func resetPassword(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        var inputs = InputReader(submission)
        let token = inputs.requiredText(.token, maximum: InputReader.maximumBytes)
        let password = newPassword(&inputs)
        if let refusal = inputs.refusal { return .refused(refusal) }
        if let refusal = admit(.passwordReset, caller, at: now) { return .refused(refusal) }
        guard let digest = readOneTimeToken(token) else {
            return refused(.invalidLink, .passwordReset, caller, at: now)
        }
        if let refusal = try await store.read({ try redeem(digest, .reset, at: now, in: $0) }).refusal {
            return refused(refusal, .passwordReset, caller, at: now)
        }
        let hash: String
        switch try await hasher.hash(password) {
        case .refused(let busy): return .refused(busy)
        case .granted(let made): hash = made
        }

        let outcome = try await store.write { transaction in
            try reset(digest, hash, caller, at: now, in: transaction)
        }
        switch outcome {
        case .refused(let refusal): return refused(refusal, .passwordReset, caller, at: now)
        case .granted(let account):
            memory.apply([.account(account.id)])
            var grant = Grant()
            grant.user = shown(account)
            return .granted(grant)
        }
    }

    private func reset(
        _ digest: TokenDigest, _ hash: String, _ caller: Caller, at now: Timestamp,
        in transaction: any StoreTransaction
    ) throws -> Outcome<Account> {
        let redeemed = try redeem(digest, .reset, at: now, in: transaction)
        guard var account = redeemed.output else { return redeemed }
        guard try transaction.useOneTimeToken(digest, at: now) else { return .refused(.invalidLink) }
        try transaction.voidOneTimeTokens(of: account.id, purpose: .reset, at: now)
        try replacePassword(of: account.id, with: hash, at: now, in: transaction)
        let ended = try endSessions(of: account.id, .passwordReset, at: now, in: transaction)
        if !account.emailVerified {
            account.emailVerified = true
            account.updatedAt = now
            try transaction.voidOneTimeTokens(of: account.id, purpose: .verify, at: now)
            try save(account, in: transaction)
        }
        try transaction.append(
            event(.passwordReset, caller, at: now, account: account.id, detail: "sessions ended: \(ended)"))
        return .granted(account)
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
