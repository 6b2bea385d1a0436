import Synchronization

/// The connections open on one listener.
final class ConnectionCount: Sendable {
    private let count = Atomic<Int>(0)

    var current: Int { count.load(ordering: .relaxed) }

    /// Counts one more, and says whether there was room for it.
    func open(atMost limit: Int) -> Bool {
        count.wrappingAdd(1, ordering: .relaxed).newValue <= limit
    }

    func close() { count.wrappingSubtract(1, ordering: .relaxed) }
}
