import WatchwordCore

extension Session {
    /// The method of a session that began with a token of the system before this one.
    public static let accepted = "accepted"
    /// The method of a session that import made for the tokens it brought.
    public static let imported = "imported"
}

extension Engine {
    /// A session that a token of another system stands for, and the token's own end.
    struct AcceptedSession: Sendable {
        var account: Account
        var session: Session
        var tokenEnd: Timestamp
    }

    /// Opens the session that a token of the old issuer stands for, and remembers the token for as long as it could
    /// be shown again: so it opens no second one, and once its session has ended it never comes back.
    ///
    /// Refuses `invalidToken` if it names no account, `revokedToken` if it was taken over before or no longer counts.
    func openAccepted(
        _ claim: AcceptedClaim, _ digest: TokenDigest, _ caller: Caller, at now: Timestamp,
        in transaction: any StoreTransaction
    ) throws -> Outcome<AcceptedSession> {
        guard let account = try account(named: claim, in: transaction) else { return .refused(.invalidToken) }
        guard !account.disabled, try stands(by: claim, account, in: transaction) else {
            return .refused(.revokedToken)
        }
        let memory = claim.expiresAt.map { $0 + .days(1) } ?? now + .never
        guard try transaction.acceptToken(digest, rememberedUntil: memory) else { return .refused(.revokedToken) }
        let end = now + terms.session.maximum
        let session = Session(
            id: newSessionID(), accountID: account.id, method: Session.accepted, address: caller.address.text,
            userAgent: keptUserAgent(caller), createdAt: now,
            expiresAt: max(end, min(claim.expiresAt ?? claim.rule.until, claim.rule.until)))
        try transaction.insert(session)
        try transaction.append(
            event(
                .tokenExchange, caller, at: now, account: account.id, session: session.id,
                detail: "\(claim.rule.kind.rawValue) token of key \(claim.rule.key)"))
        return .granted(
            AcceptedSession(account: account, session: session, tokenEnd: claim.expiresAt ?? session.expiresAt))
    }

    /// The refusal of a token that the old issuer did sign, on record as far as a flood of them allows.
    func refusedAccepted<Output>(
        _ refusal: Refusal, _ caller: Caller, at now: Timestamp
    ) -> Outcome<Output> {
        let record = Throttle.Subject.record(caller.address.network)
        guard throttle.take(record, throttle.limits.record, at: now) == nil else { return .refused(refusal) }
        return refused(refusal, .tokenExchange, caller, at: now)
    }
}
