import WatchwordCore

extension Engine {
    /// Refuses from now on what the old issuer signed for this account up to now and that nobody has shown here yet.
    /// What was shown has a session and ends with it; what was not would outlive a reset without this.
    ///
    /// To be called wherever every session of an account ends, and wherever an account takes a name that another may
    /// have had before: at sign-up, and when its address or username changes.
    func distrustOldTokens(
        of account: Account.ID, at now: Timestamp, in transaction: any StoreTransaction
    ) throws {
        // Whichever of the realm's dialects accepts them, and through whichever the account changed.
        let accepted = ([terms] + realm.siblings).flatMap(\.accepted.tokens)
        guard accepted.contains(where: { now < $0.until }) else { return }
        try transaction.distrustTokens(of: account, until: now)
    }

    /// Whether the account still stands by what the old issuer signed for it: nothing ended it since, and the
    /// password is the one it had.
    func stands(by claim: AcceptedClaim, _ account: Account, in reading: any StoreReading) throws -> Bool {
        let distrust = try reading.distrust(of: account.id)
        let changed = try reading.passwordCredential(of: account.id)?.changedAt
        let wasChanged = changed.map { account.createdAt < $0 } ?? false
        guard let issuedAt = claim.issuedAt else { return distrust == nil && !wasChanged }
        // Tokens state whole seconds: one of the very second of a change may be older than the change.
        if let distrust, issuedAt.seconds <= distrust.seconds { return false }
        guard let changed else { return true }
        return wasChanged ? changed.seconds < issuedAt.seconds : changed.seconds <= issuedAt.seconds
    }

    /// The account that a token of the old issuer names, by the id it had there.
    func account(named claim: AcceptedClaim, in reading: any StoreReading) throws -> Account? {
        switch claim.rule.names {
        case .email: return try reading.account(.email(claim.subject))
        case .username: return try reading.account(.username(claim.subject))
        case .id:
            // An import may have given new ids, and then the old one can be another account's.
            let source = terms.accounts.idFormat.canonical(claim.subject) ?? claim.subject
            if let entry = try reading.importEntry(source) { return try reading.account(entry.accountID) }
            return try reading.account(Account.ID(source))
        }
    }
}
