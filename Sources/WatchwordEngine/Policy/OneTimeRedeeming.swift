import WatchwordCore

/// A one-time token as a request presents it.
struct PresentedLink: Sendable {
    var token: String
    /// Whether the route names an account beside the token.
    var isNamed: Bool
    /// The account named; nothing for a text that can be nobody's.
    var account: AccountName?
}

/// A one-time token that is good now, and whose it is.
struct RedeemedLink: Sendable {
    var digest: TokenDigest
    var account: Account
}

extension Engine {
    /// How many wrong guesses void a token that could be guessed.
    private static let guesses: Int64 = 5
    /// How long a guess takes, whether its account is known or not.
    private static let guessPace = Duration.milliseconds(50)

    func presentedLink(_ inputs: inout InputReader) -> PresentedLink {
        let token = inputs.requiredText(.token, maximum: InputReader.maximumBytes)
        let names = [InputName.uid, .email, .username, .identity].filter { inputs.expects($0) }
        let account = names.isEmpty ? nil : inputs.accountName(names, login: terms.accounts.login)
        return PresentedLink(token: token, isNamed: !names.isEmpty, account: account)
    }

    /// Whether the token is good, so that something may be spent on it; the transaction that uses it asks `redeem` again.
    ///
    /// A text that this contract's tokens cannot be costs no look-up. A token that could be guessed is counted against
    /// its account: beyond the throttle none is looked at, and the fifth wrong one voids the account's token.
    func examine(
        _ link: PresentedLink, _ purpose: OneTimeTokenRecord.Purpose, _ kind: AuditEvent.Kind, _ caller: Caller,
        at now: Timestamp
    ) async throws -> Outcome<RedeemedLink> {
        let format = oneTimeTerms(purpose).format
        guard format.canHaveMade(Secret(link.token)) else { return .refused(.invalidLink) }
        guard format.isGuessable else {
            return try await store.read { try redeem(link, purpose, at: now, in: $0) }
        }
        guard let name = link.account else { return .refused(.invalidLink) }
        if let refusal = admit(kind, caller, guessAt: name.key, at: now) { return .refused(refusal) }
        return try await evenly(Self.guessPace, by: ContinuousClock()) {
            // Guesses at once stand in one line, so that no two of them count as one.
            let outcome = try await store.write { transaction in
                let outcome = try redeem(link, purpose, at: now, in: transaction)
                if outcome.refusal != nil, let account = try name.find(in: transaction) {
                    try transaction.failOneTimeToken(of: account.id, purpose: purpose, limit: Self.guesses, at: now)
                }
                return outcome
            }
            if outcome.refusal == nil { throttle.refund(.code(account: name.key), throttle.limits.code) }
            return outcome
        }
    }

    /// The account that a one-time token opens now.
    ///
    /// Refuses `invalidLink` for a token that is unknown, of another purpose, of another account than the one named
    /// beside it, used or voided, sent to an address that is no longer the account's, or of an account that is disabled;
    /// `alreadyVerified` for one that is used where the address it was sent to is verified; `expiredLink` past its end.
    func redeem(
        _ link: PresentedLink, _ purpose: OneTimeTokenRecord.Purpose, at now: Timestamp, in reading: any StoreReading
    ) throws -> Outcome<RedeemedLink> {
        guard let (record, account) = try find(link, purpose, in: reading), !account.disabled,
            let email = account.email, Identifier.key(email) == Identifier.key(record.email)
        else { return .refused(.invalidLink) }
        guard record.usedAt == nil else {
            return .refused(purpose == .verify && account.emailVerified ? .alreadyVerified : .invalidLink)
        }
        guard now < record.expiresAt else { return .refused(.expiredLink) }
        return .granted(RedeemedLink(digest: record.digest, account: account))
    }

    private func find(
        _ link: PresentedLink, _ purpose: OneTimeTokenRecord.Purpose, in reading: any StoreReading
    ) throws -> (OneTimeTokenRecord, Account)? {
        if oneTimeTerms(purpose).format.isGuessable {
            guard let account = try link.account?.find(in: reading),
                let record = try reading.oneTimeToken(of: account.id, purpose: purpose),
                constantTimeEqual(
                    record.digest.bytes,
                    oneTimeDigest(of: link.token, purpose, account.id, createdAt: record.createdAt).bytes)
            else { return nil }
            return (record, account)
        }
        guard let record = try reading.oneTimeToken(Self.digest(Secret(link.token))), record.purpose == purpose,
            let account = try reading.account(record.accountID)
        else { return nil }
        if link.isNamed, link.account?.names(account) != true { return nil }
        return (record, account)
    }
}
