import WatchwordCore

/// How many messages one socket may send: so many a second, and ten times as many at once.
struct MessageRate {
    private let perSecond: Int64
    /// In millionths of a message.
    private var left: Int64
    private var seenAt: Timestamp

    init(perSecond: Int, _ now: Timestamp) {
        self.perSecond = Int64(perSecond)
        left = Int64(perSecond) * 10_000_000
        seenAt = now
    }

    /// Whether there is room for one more.
    mutating func takes(_ now: Timestamp) -> Bool {
        let passed = min(max(now.microseconds - seenAt.microseconds, 0), 10_000_000)
        seenAt = now
        left = min(left + passed * perSecond, perSecond * 10_000_000)
        guard left >= 1_000_000 else { return false }
        left -= 1_000_000
        return true
    }
}
