import NIOCore
import Synchronization

/// How many agents are open, and when and how the others ended.
final class Ends: Sendable {
    struct Tally {
        var open = 0
        var first: NIODeadline?
        var last: NIODeadline?
        var codes: [Int: Int] = [:]
    }

    private let state = Mutex(Tally())

    var tally: Tally { state.withLock { $0 } }

    func opened() { state.withLock { $0.open += 1 } }

    func ended(code: Int) {
        let now = NIODeadline.now()
        state.withLock {
            $0.open -= 1
            $0.first = $0.first ?? now
            $0.last = now
            $0.codes[code, default: 0] += 1
        }
    }

    /// Waits until none is open, or until `limit` is over: how many are left is in the tally.
    func none(within limit: Duration) async throws {
        let end = ContinuousClock.now + limit
        while tally.open > 0, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(5)) }
    }
}
