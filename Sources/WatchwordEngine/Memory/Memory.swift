import Synchronization
import WatchwordCore

/// What a process remembers of a realm so that checking a token asks no database: verified credentials,
/// uses not yet written, times of last use. Bounded; losing it costs time only, but for the uses of the last second.
public final class Memory: Sendable {
    public init() {}
}
