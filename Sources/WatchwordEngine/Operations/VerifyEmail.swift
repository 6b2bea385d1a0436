import WatchwordCore

extension Engine {
    /// Notes that the account's owner reads the mail of its address, as the token of a verification link proves.
    ///
    /// A token works once, until its end, and only for the address it was sent to.
    func verifyEmail(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        var inputs = InputReader(submission)
        let token = inputs.requiredText(.token, maximum: InputReader.maximumBytes)
        if let refusal = inputs.refusal { return .refused(refusal) }
        if let refusal = admit(.verifyEmail, caller, at: now) { return .refused(refusal) }
        guard let digest = readOneTimeToken(token) else {
            return refused(.invalidLink, .verifyEmail, caller, at: now)
        }
        // Most bad tokens end here, without a place in the queue of writes.
        if let refusal = try await store.read({ try redeem(digest, .verify, at: now, in: $0) }).refusal {
            return refused(refusal, .verifyEmail, caller, at: now)
        }

        let outcome = try await store.write { transaction in
            try verify(digest, caller, at: now, in: transaction)
        }
        switch outcome {
        case .refused(let refusal): return refused(refusal, .verifyEmail, caller, at: now)
        case .granted(let account):
            memory.apply([.account(account.id)])
            var grant = Grant()
            grant.user = shown(account)
            return .granted(grant)
        }
    }

    private func verify(
        _ digest: TokenDigest, _ caller: Caller, at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> Outcome<Account> {
        let redeemed = try redeem(digest, .verify, at: now, in: transaction)
        guard var account = redeemed.output else { return redeemed }
        guard try transaction.useOneTimeToken(digest, at: now) else { return .refused(.invalidLink) }
        account.emailVerified = true
        account.updatedAt = now
        try save(account, in: transaction)
        try transaction.append(event(.verifyEmail, caller, at: now, account: account.id))
        return .granted(account)
    }
}
