import WatchwordCore
import WatchwordEngine

/// What is remembered of networks, counted.
extension FaultingReading {
    func networkSeen(_ network: TokenDigest, of account: Account.ID) throws -> Timestamp? {
        try plan.pass { try base.networkSeen(network, of: account) }
    }
}

extension FaultingTransaction {
    func networkSeen(_ network: TokenDigest, of account: Account.ID) throws -> Timestamp? {
        try plan.pass { try base.networkSeen(network, of: account) }
    }
    func noteNetwork(
        _ network: TokenDigest, of account: Account.ID, at now: Timestamp, keeping limit: Int64
    ) throws -> NetworkStanding {
        try plan.pass { try base.noteNetwork(network, of: account, at: now, keeping: limit) }
    }
}
