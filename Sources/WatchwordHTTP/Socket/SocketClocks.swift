import NIOCore
import WatchwordCore

/// What is due on one WebSocket, and when. Pure: the time is given.
struct SocketClocks {
    enum Due: Equatable {
        case ping
        case end(ConnectionEnd)
        /// Nobody is waited for any longer.
        case drop
    }

    private var heardAt: NIODeadline
    private var pingedAt: NIODeadline?
    private var authenticateBy: NIODeadline?
    private var closeBy: NIODeadline?
    /// Since when each write waits to be taken, oldest first.
    private var writes = CircularBuffer<NIODeadline>(initialCapacity: 1)
    private var expiresAt: Timestamp?
    /// When to look at the wall clock again.
    private var expiryCheck: NIODeadline?

    /// The wall clock may be set: no longer than this is slept for what it says.
    static let longestSleep = TimeAmount.hours(1)

    init(now: NIODeadline, authenticateWithin: Duration?) {
        heardAt = now
        authenticateBy = authenticateWithin.map { now + TimeAmount($0) }
    }

    // MARK: What happens

    mutating func heard(_ now: NIODeadline) {
        heardAt = now
        pingedAt = nil
    }

    mutating func wrote(_ now: NIODeadline) { writes.append(now) }

    /// The oldest write was taken.
    mutating func written() {
        if !writes.isEmpty { writes.removeFirst() }
    }

    mutating func authenticated() { authenticateBy = nil }

    /// From now on nothing is waited for but the end.
    mutating func closing(by deadline: NIODeadline) { closeBy = min(deadline, closeBy ?? deadline) }

    mutating func expire(at moment: Timestamp?, _ now: NIODeadline, _ wall: Timestamp) {
        expiresAt = moment
        expiryCheck = moment.map { now + Self.sleep(until: $0, wall) }
    }

    // MARK: What is due

    /// When to ask again what is due.
    func next(_ settings: SocketSettings) -> NIODeadline {
        if let closeBy { return closeBy }
        var next = pingedAt.map { $0 + TimeAmount(settings.pongWithin) } ?? heardAt + TimeAmount(settings.pingEvery)
        if let oldest = writes.first { next = min(next, oldest + TimeAmount(settings.writeTime)) }
        if let authenticateBy { next = min(next, authenticateBy) }
        if let expiryCheck { next = min(next, expiryCheck) }
        return next
    }

    /// `isReading`: whether this side would hear the client; if not, its silence proves nothing.
    mutating func due(
        _ now: NIODeadline, _ wall: Timestamp, isReading: Bool, _ settings: SocketSettings
    ) -> Due? {
        if let closeBy { return now >= closeBy ? .drop : nil }
        if let oldest = writes.first, now >= oldest + TimeAmount(settings.writeTime) { return .end(.tooSlow) }
        if let expiresAt, let expiryCheck, now >= expiryCheck {
            if wall >= expiresAt { return .end(.tokenExpired) }
            expire(at: expiresAt, now, wall)
        }
        if let authenticateBy, now >= authenticateBy { return .end(.authenticationDue) }
        return silence(now, isReading: isReading, settings)
    }

    private mutating func silence(_ now: NIODeadline, isReading: Bool, _ settings: SocketSettings) -> Due? {
        guard now >= pingedAt.map({ $0 + TimeAmount(settings.pongWithin) }) ?? heardAt + TimeAmount(settings.pingEvery)
        else { return nil }
        guard isReading else {
            // No answer can be waited for; but a client that is gone is lost by it, whose end could not be heard.
            heard(now)
            return .ping
        }
        guard pingedAt == nil else { return .end(.silent) }
        pingedAt = now
        return .ping
    }

    /// At least a millisecond, so that a clock that stands still is not asked without end.
    private static func sleep(until moment: Timestamp, _ wall: Timestamp) -> TimeAmount {
        guard moment > wall else { return .zero }
        let (micros, overflows) = moment.microseconds.subtractingReportingOverflow(wall.microseconds)
        guard !overflows, micros < longestSleep.nanoseconds / 1_000 else { return longestSleep }
        return max(.microseconds(micros), .milliseconds(1))
    }
}
