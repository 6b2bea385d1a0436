import WatchwordCore

extension Engine {
    /// The principal's account as it is stored now; nothing if the account is gone or disabled, or if
    /// the session or key that proved it has ended.
    ///
    /// A principal may come from memory: an operation that changes something asks again inside its transaction.
    func standing(_ principal: Principal, at now: Timestamp, in reading: any StoreReading) throws -> Account? {
        guard let account = try reading.account(principal.account.id), !account.disabled else { return nil }
        switch principal.proof {
        case .session(let session):
            guard try reading.session(session.id)?.isLive(at: now) == true else { return nil }
        case .apiKey(let key):
            guard try reading.apiKey(key.id)?.isLive(at: now) == true else { return nil }
        case .password(let changedAt):
            guard try reading.passwordCredential(of: account.id)?.changedAt == changedAt else { return nil }
        }
        return account
    }
}
