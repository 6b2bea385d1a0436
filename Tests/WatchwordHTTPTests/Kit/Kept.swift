import Synchronization

/// What happened, in order, from any thread; and whoever waits for it.
final class Kept<Element: Sendable>: Sendable {
    private let kept = Mutex<[Element]>([])
    private let stream = AsyncStream<Void>.makeStream()

    var all: [Element] { kept.withLock { $0 } }

    func add(_ element: Element) {
        kept.withLock { $0.append(element) }
        stream.continuation.yield()
    }

    /// Waits until so many have come; for one waiting task at a time.
    func wait(for count: Int) async {
        guard all.count < count else { return }
        for await _ in stream.stream where all.count >= count { return }
    }
}
