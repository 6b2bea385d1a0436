import Synchronization

/// The tasks of a listener's open sockets: one each, from when it is known who the client is.
///
/// The task that answered the requests before is over then: a task keeps the memory of its deepest call as long as it
/// lives. They stand in several groups, because the runtime looks for one that ends among all of its group.
final class SocketTasks: Sendable {
    typealias Work = @Sendable () async -> Void

    private let groups = (0..<16).map { _ in AsyncStream<Work>.makeStream() }
    private let count = Atomic<Int>(0)

    /// Runs what is added until `finish`, and returns when the last is done.
    func run() async {
        await withDiscardingTaskGroup { all in
            // Each group waits for sockets of its own.
            for (works, _) in groups { all.addTask { await Self.run(works) } }
        }
    }

    private static func run(_ works: AsyncStream<Work>) async {
        await withDiscardingTaskGroup { group in
            for await work in works {
                // A socket is open as long as both sides like, beside the others.
                group.addTask { await work() }
            }
        }
    }

    /// Whether it will be run: not where the listener was told to stop at once.
    func add(_ work: @escaping Work) -> Bool {
        let place = count.wrappingAdd(1, ordering: .relaxed).newValue % groups.count
        if case .enqueued = groups[place].continuation.yield(work) { return true }
        return false
    }

    /// No more are added.
    func finish() { for (_, group) in groups { group.finish() } }
}
