import WatchwordCore

extension Engine {
    /// How many networks of an account are remembered, those seen last.
    private static let networksKept: Int64 = 32

    /// Notes that the account was opened at the caller's network, and says whether it was before.
    func noteNetwork(
        of account: Account.ID, _ caller: Caller, at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> NetworkStanding {
        try transaction.noteNetwork(
            networkDigest(of: account, caller), of: account, at: now, keeping: Self.networksKept)
    }

    /// When the account was last noted to be opened there.
    func networkSeen(of account: Account.ID, _ caller: Caller, in reading: any StoreReading) throws -> Timestamp? {
        try reading.networkSeen(networkDigest(of: account, caller), of: account)
    }

    /// A network is kept under the realm's secret, so that the database does not tell where people have been.
    private func networkDigest(of account: Account.ID, _ caller: Caller) -> TokenDigest {
        // Each part with its length: no two accounts can spell one label.
        let parts = [realm.id.text, account.text, caller.address.network]
        return TokenDigest(sealer.derive("known network" + parts.map { "/\($0.utf8.count):\($0)" }.joined()))
    }
}
