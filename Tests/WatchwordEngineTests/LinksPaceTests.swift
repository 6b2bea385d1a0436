import Synchronization
import Testing
import WatchwordCore

@testable import WatchwordEngine

@Suite("Links: the pace of the answer")
struct LinksPaceTests {
    @Test("However long the work takes, the answer comes at the same moment", arguments: [0, 1, 49, 50])
    func even(_ milliseconds: Int64) async throws {
        let clock = SteppedClock()
        let answer = try await evenly(.milliseconds(50), by: clock) {
            clock.advance(by: .milliseconds(milliseconds))
            return "done"
        }
        #expect(answer == "done")
        #expect(clock.now.elapsed == .milliseconds(50))
    }

    @Test("Work that takes longer is answered when it is done")
    func late() async throws {
        let clock = SteppedClock()
        try await evenly(.milliseconds(50), by: clock) { clock.advance(by: .milliseconds(80)) }
        #expect(clock.now.elapsed == .milliseconds(80))
    }

    @Test("A fault is thrown at once")
    func fault() async {
        let clock = SteppedClock()
        await #expect(throws: Fault.self) {
            try await evenly(.milliseconds(50), by: clock) { throw Fault(.storeUnavailable, "planned") }
        }
        #expect(clock.now.elapsed == .zero)
    }
}

/// A clock that moves when it is told, and to the end of a sleep at once.
private final class SteppedClock: Clock {
    struct Instant: InstantProtocol {
        var elapsed = Duration.zero

        func advanced(by duration: Duration) -> Instant { Instant(elapsed: elapsed + duration) }
        func duration(to other: Instant) -> Duration { other.elapsed - elapsed }
        static func < (left: Instant, right: Instant) -> Bool { left.elapsed < right.elapsed }
    }

    private let moment = Mutex(Instant())

    var now: Instant { moment.withLock { $0 } }
    var minimumResolution: Duration { .nanoseconds(1) }

    func advance(by span: Duration) { moment.withLock { $0 = $0.advanced(by: span) } }
    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        moment.withLock { $0 = max($0, deadline) }
    }
}
