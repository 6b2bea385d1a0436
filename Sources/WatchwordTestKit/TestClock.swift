import Synchronization
import WatchwordCore

/// A clock that stands still until it is told.
public final class TestClock: WallClock {
    private let moment: Mutex<Timestamp>

    /// Starts at 2026-01-01T00:00:00Z unless told otherwise.
    public init(_ start: Timestamp = Timestamp(seconds: 1_767_225_600)) { moment = Mutex(start) }

    public func now() -> Timestamp { moment.withLock { $0 } }
    public func set(_ moment: Timestamp) { self.moment.withLock { $0 = moment } }
    public func advance(by span: Lifetime) { moment.withLock { $0 = $0 + span } }
    public func advance(microseconds: Int64) {
        moment.withLock { $0 = Timestamp(microseconds: $0.microseconds + microseconds) }
    }
}
