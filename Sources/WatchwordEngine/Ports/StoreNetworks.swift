import WatchwordCore

/// What is remembered of where sessions of an account began, for longer than the sessions are.
public protocol NetworkTransaction {
    /// Notes that a session of the account began at that network; of an account's networks the `limit` seen last stay.
    /// Says what was known before.
    func noteNetwork(
        _ network: TokenDigest, of account: Account.ID, at now: Timestamp, keeping limit: Int64
    ) throws -> NetworkStanding
}

/// Whether an account's sessions began at a network before.
public enum NetworkStanding: Hashable, Sendable {
    /// None of its sessions is remembered from anywhere.
    case first
    case known
    case new
}
