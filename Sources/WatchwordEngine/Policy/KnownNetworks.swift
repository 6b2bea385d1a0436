import WatchwordCore

extension Engine {
    /// How many networks of an account are remembered, those seen last.
    private static let networksKept: Int64 = 32

    /// Notes that a session of the account began at the caller's network, and says whether one did before.
    ///
    /// A network is kept under the realm's secret, so that the database does not tell where people have been.
    func noteNetwork(
        of account: Account.ID, _ caller: Caller, at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> NetworkStanding {
        // Each part with its length: no two accounts can spell one label.
        let parts = [realm.id.text, account.text, caller.address.network]
        let label = "known network" + parts.map { "/\($0.utf8.count):\($0)" }.joined()
        return try transaction.noteNetwork(
            TokenDigest(sealer.derive(label)), of: account, at: now, keeping: Self.networksKept)
    }
}
