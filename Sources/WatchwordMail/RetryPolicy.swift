import WatchwordCore

/// When a mail that did not leave is tried again.
public struct RetryPolicy: Hashable, Sendable {
    /// After the last of them a mail is dead.
    public var attempts: Int64
    /// The pause behind the first; each later one is twice as long.
    public var first: Lifetime
    public var longest: Lifetime

    /// Twelve attempts over about five hours.
    public init(attempts: Int64 = 12, first: Lifetime = .seconds(15), longest: Lifetime = .hours(1)) {
        self.attempts = attempts
        self.first = first
        self.longest = longest
    }

    /// The pause behind that many failures, between a half and the whole of the doubled one, so that
    /// mails that failed together do not come back together.
    func pause(after failures: Int64, _ random: any RandomSource) -> Lifetime {
        // Twenty doublings of a second are already twelve days.
        let doubled = max(1, first.seconds) << min(max(0, failures - 1), 20)
        let whole = min(doubled, longest.seconds)
        let draw = random.bytes(4).reduce(Int64(0)) { $0 << 8 | Int64($1) }
        return .seconds(whole - draw % (whole / 2 + 1))
    }
}
