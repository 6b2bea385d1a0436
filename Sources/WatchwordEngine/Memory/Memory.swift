import WatchwordCore

/// What a process remembers of a realm so that checking a token asks no database: verified credentials,
/// uses not yet written, times of last use, which agents came and went. Bounded; losing it costs time only, but for the
/// uses of the last second.
public final class Memory: Sendable {
    let credentials: CredentialCache
    /// Uses of API keys that the store does not know yet.
    public let uses: Uses
    /// The open sockets of this process, in all realms.
    public let connections: ConnectionRegistry
    let watch = ConnectionWatch()
    let presence = Presence()

    /// `capacity`: credentials remembered at most; `connections`: one for all realms of a process.
    public init(capacity: Int = 65_536, connections: ConnectionRegistry = ConnectionRegistry()) {
        credentials = CredentialCache(capacity: capacity)
        uses = Uses()
        self.connections = connections
    }

    /// How many credentials are remembered.
    public var rememberedCredentials: Int { credentials.count }

    /// Look-ups of a credential that found it, and that had to ask the store.
    public var credentialLookups: (hits: UInt64, misses: UInt64) { credentials.lookups }

    /// Gives an element whenever open sockets may have lost what they rest on: then tend them. For one reader.
    public var connectionWakes: AsyncStream<Void> { watch.wakes }

    /// Forgets what no longer stands. Called after the commit that changed it, before anyone is answered;
    /// when it returns, no credential that the changes concern is known any more, and the keeper knows of them.
    public func apply(_ changes: [Change]) {
        credentials.forget(changes)
        for case .account(let account) in changes { uses.forget(account) }
        // What is registered after this looks at the store again, and finds the change there.
        if connections.count > 0 { watch.add(changes) }
    }
}
