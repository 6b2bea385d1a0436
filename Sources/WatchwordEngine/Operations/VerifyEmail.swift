import WatchwordCore

extension Engine {
    /// Notes that the account's owner reads the mail of its address, as the token of a verification link proves; where
    /// the contract's reply shows tokens, that begins a session.
    ///
    /// A token works once, until its end, and only for the address it was sent to.
    func verifyEmail(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        var inputs = InputReader(submission)
        let link = presentedLink(&inputs)
        if let refusal = inputs.refusal { return .refused(refusal) }
        if let refusal = admit(.verifyEmail, caller, at: now) { return .refused(refusal) }
        // Most bad tokens end here, without a place in the queue of writes.
        if let refusal = try await examine(link, .verify, .verifyEmail, caller, at: now).refusal {
            return refused(refusal, .verifyEmail, caller, at: now)
        }

        let outcome = try await store.write { transaction in
            try verify(link, caller, at: now, in: transaction)
        }
        if let refusal = outcome.refusal { return refused(refusal, .verifyEmail, caller, at: now) }
        if let account = outcome.output?.user { memory.apply([.account(account.id)]) }
        return outcome
    }

    private func verify(
        _ link: PresentedLink, _ caller: Caller, at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> Outcome<Grant> {
        let redeemed: RedeemedLink
        switch try redeem(link, .verify, at: now, in: transaction) {
        case .refused(let refusal): return .refused(refusal)
        case .granted(let good): redeemed = good
        }
        guard try transaction.useOneTimeToken(redeemed.digest, at: now) else { return .refused(.invalidLink) }
        try transaction.voidOneTimeTokens(of: redeemed.account.id, purpose: .verify, at: now)
        var account = redeemed.account
        account.emailVerified = true
        account.updatedAt = now
        try save(account, in: transaction)
        var grant = Grant()
        grant.user = shown(account)
        if terms.verify?.signsIn == true {
            grant.show(try openSession(of: account, method: "otp", caller, at: now, in: transaction))
        }
        try transaction.append(
            event(.verifyEmail, caller, at: now, account: account.id, session: grant.session?.id))
        return .granted(grant)
    }
}
