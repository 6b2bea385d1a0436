import Synchronization

@testable import WatchwordClient

/// Time that passes when a test says so: who waits is let go by `pass`.
final class TestPace: Pace {
    private struct Waiting {
        var id: Int
        var span: Duration
        var go: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var elapsed = Duration.zero
        var next = 0
        var waiting: [Waiting] = []
        var cancelled: Set<Int> = []
        var watchers: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    var elapsed: Duration { state.withLock(\.elapsed) }

    /// As if something had taken so long.
    func advance(_ span: Duration) { state.withLock { $0.elapsed += span } }

    func wait(_ span: Duration) async throws {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { go in
                let (isCancelled, watchers) = state.withLock { state -> (Bool, [CheckedContinuation<Void, Never>]) in
                    if state.cancelled.remove(id) != nil { return (true, []) }
                    state.waiting.append(Waiting(id: id, span: span, go: go))
                    defer { state.watchers = [] }
                    return (false, state.watchers)
                }
                if isCancelled { go.resume(throwing: CancellationError()) }
                for watcher in watchers { watcher.resume() }
            }
        } onCancel: {
            let waiting = state.withLock { state -> Waiting? in
                guard let place = state.waiting.firstIndex(where: { $0.id == id }) else {
                    state.cancelled.insert(id)
                    return nil
                }
                return state.waiting.remove(at: place)
            }
            waiting?.go.resume(throwing: CancellationError())
        }
    }

    /// Lets the first pass that waits for a span of this range, once somebody does; gives the span.
    @discardableResult
    func pass(_ range: ClosedRange<Duration>) async -> Duration {
        while true {
            let found = state.withLock { state -> Waiting? in
                guard let place = state.waiting.firstIndex(where: { range.contains($0.span) }) else { return nil }
                state.elapsed += state.waiting[place].span
                return state.waiting.remove(at: place)
            }
            if let found {
                found.go.resume()
                return found.span
            }
            await withCheckedContinuation { watcher in
                let isThere = state.withLock { state in
                    if state.waiting.contains(where: { range.contains($0.span) }) { return true }
                    state.watchers.append(watcher)
                    return false
                }
                if isThere { watcher.resume() }
            }
        }
    }
}
