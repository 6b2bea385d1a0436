import WatchwordCore

/// What a process remembers of a realm so that checking a token asks no database: verified credentials,
/// uses not yet written, times of last use. Bounded; losing it costs time only, but for the uses of the last second.
public final class Memory: Sendable {
    let credentials: CredentialCache
    /// Uses of API keys that the store does not know yet.
    public let uses: Uses

    /// `capacity`: credentials remembered at most.
    public init(capacity: Int = 65_536) {
        credentials = CredentialCache(capacity: capacity)
        uses = Uses()
    }

    /// How many credentials are remembered.
    public var rememberedCredentials: Int { credentials.count }

    /// Look-ups of a credential that found it, and that had to ask the store.
    public var credentialLookups: (hits: UInt64, misses: UInt64) { credentials.lookups }

    /// Forgets what no longer stands. Called after the commit that changed it, before anyone is answered;
    /// when it returns, no credential that the changes concern is known any more.
    public func apply(_ changes: [Change]) {
        credentials.forget(changes)
        for case .account(let account) in changes { uses.forget(account) }
    }
}
