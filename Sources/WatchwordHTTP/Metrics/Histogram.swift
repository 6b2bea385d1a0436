/// How long things took, by upper bounds fixed in advance.
final class Histogram: Sendable {
    /// In seconds: a check from memory is far below the first, a password hash in the middle.
    static let bounds = [0.000_25, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    /// One per bound, and one beyond the last.
    private let buckets = (0...Histogram.bounds.count).map { _ in Counter() }
    private let nanoseconds = Counter()

    func observe(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let span = UInt64(clamping: seconds) * 1_000_000_000 + UInt64(clamping: attoseconds / 1_000_000_000)
        let inSeconds = Double(span) / 1e9
        buckets[Self.bounds.firstIndex { inSeconds <= $0 } ?? Self.bounds.count].add()
        nanoseconds.add(span)
    }

    /// How many took no longer than each bound; the last is all of them.
    var cumulative: [UInt64] {
        var total: UInt64 = 0
        return buckets.map {
            total += $0.value
            return total
        }
    }

    var sum: Double { Double(nanoseconds.value) / 1e9 }
}
