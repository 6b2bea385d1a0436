import WatchwordCore

/// How long to wait before the next attempt: twice as long after each, and never the same for all agents of a server
/// that comes back.
struct Backoff: Sendable {
    static let first = Duration.seconds(1)
    static let longest = Duration.seconds(60)
    /// A connection that lasted so long starts over from the first.
    static let stable = Duration.seconds(60)
    /// The longest that a server's Retry-After is believed.
    static let longestAsked = Duration.seconds(600)

    private var bound = first

    /// The next wait, from half of the bound to all of it; at least what the server asked for.
    mutating func next(_ random: any RandomSource, asked: Duration? = nil) -> Duration {
        let wait = bound / 2 + bound / 2 * fraction(random)
        bound = min(bound * 2, Self.longest)
        return max(wait, min(asked ?? .zero, Self.longestAsked))
    }

    /// A connection has ended that lasted so long.
    mutating func lasted(_ span: Duration) {
        if span >= Self.stable { bound = Self.first }
    }

    /// From 0 to almost 1.
    private func fraction(_ random: any RandomSource) -> Double {
        let number = random.bytes(4).reduce(0) { $0 << 8 | UInt64($1) }
        return Double(number) / Double(UInt64(1) << 32)
    }
}
