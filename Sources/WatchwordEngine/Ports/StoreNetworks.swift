import WatchwordCore

/// What is remembered of where an account was opened, for longer than its sessions.
public protocol NetworkReading {
    /// When the account was last noted to be opened there; nothing if it never was, or that is forgotten.
    func networkSeen(_ network: TokenDigest, of account: Account.ID) throws -> Timestamp?
}

/// The same, written.
public protocol NetworkTransaction {
    /// Notes that the account was opened at that network; of an account's networks the `limit` seen last stay.
    /// Says what was known before.
    func noteNetwork(
        _ network: TokenDigest, of account: Account.ID, at now: Timestamp, keeping limit: Int64
    ) throws -> NetworkStanding
}

/// Whether an account was opened at a network before.
public enum NetworkStanding: Hashable, Sendable {
    /// It is not remembered from anywhere.
    case first
    case known
    case new
}
