import WatchwordCore

extension Engine {
    /// Ends a session, and with it all its tokens, for every process; says whether it was live until now.
    ///
    /// After the commit, apply `.session(id)` to `memory` before anyone is answered.
    func end(
        _ session: Session.ID, _ reason: Session.Reason, at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> Bool {
        guard try transaction.endSession(session, Session.End(at: now, reason: reason)) else { return false }
        try transaction.announce(.session(session))
        return true
    }

    /// Ends every live session of an account but `kept`; says how many there were.
    ///
    /// After the commit, apply `.account(id)` to `memory` before anyone is answered.
    @discardableResult
    func endSessions(
        of account: Account.ID, except kept: Session.ID? = nil, _ reason: Session.Reason, at now: Timestamp,
        in transaction: any StoreTransaction
    ) throws -> Int {
        let ended = try transaction.endSessions(
            of: account, except: kept, Session.End(at: now, reason: reason))
        try distrustOldTokens(of: account, at: now, in: transaction)
        try transaction.announce(.account(account))
        return ended.count
    }
}
