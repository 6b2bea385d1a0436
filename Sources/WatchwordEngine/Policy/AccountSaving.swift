import WatchwordCore

extension Engine {
    /// Writes an account whose identifiers have not changed, and tells every process.
    ///
    /// After the commit, apply `.account(id)` to `memory` before anyone is answered.
    func save(_ account: Account, in transaction: any StoreTransaction) throws {
        guard try transaction.update(account) == nil else {
            throw Fault(.invariant, "an account's own identifier is another's")
        }
        try transaction.announce(.account(account.id))
    }
}
