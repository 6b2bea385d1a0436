import WatchwordCore

/// Bounds how often one address, one account from one address, or one key may try.
public final class Throttle: Sendable {
    public init() {}
}
