import Synchronization

/// How long a hash takes here, learned from those done.
final class HashPace: Sendable {
    /// In microseconds; the first guess is that of a usual server.
    private let average = Atomic<Int64>(30_000)

    func note(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let latest = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        // Lanes may overwrite each other's note: it is an estimate.
        let before = average.load(ordering: .relaxed)
        average.store(before + (latest - before) / 8, ordering: .relaxed)
    }

    /// Whole seconds until `jobs` in line are done by so many lanes, at least 1.
    func seconds(for jobs: Int, lanes: Int) -> Int64 {
        max(1, (Int64(jobs) * average.load(ordering: .relaxed) / Int64(max(1, lanes)) + 999_999) / 1_000_000)
    }
}
