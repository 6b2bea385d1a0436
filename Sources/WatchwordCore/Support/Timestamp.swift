/// A moment in UTC, in whole microseconds since 1970-01-01T00:00:00Z.
public struct Timestamp: Hashable, Comparable, Sendable {
    public let microseconds: Int64

    public init(microseconds: Int64) { self.microseconds = microseconds }
    public init(seconds: Int64) { self.microseconds = seconds * 1_000_000 }

    /// Whole seconds, rounded down: the NumericDate of RFC 7519 section 2.
    public var seconds: Int64 {
        microseconds >= 0 ? microseconds / 1_000_000 : (microseconds - 999_999) / 1_000_000
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }
    public static func + (moment: Timestamp, span: Lifetime) -> Timestamp {
        Timestamp(microseconds: moment.microseconds + span.seconds * 1_000_000)
    }
    public static func - (moment: Timestamp, span: Lifetime) -> Timestamp {
        Timestamp(microseconds: moment.microseconds - span.seconds * 1_000_000)
    }
}

/// A span of time in whole seconds; token lifetimes on the wire have no finer unit.
public struct Lifetime: Hashable, Comparable, Sendable {
    public let seconds: Int64

    public static func seconds(_ count: Int64) -> Lifetime { Lifetime(seconds: count) }
    public static func minutes(_ count: Int64) -> Lifetime { Lifetime(seconds: count * 60) }
    public static func hours(_ count: Int64) -> Lifetime { Lifetime(seconds: count * 3_600) }
    public static func days(_ count: Int64) -> Lifetime { Lifetime(seconds: count * 86_400) }

    /// A century: longer than anything here is kept, and safe to add to any moment.
    public static let never = Lifetime.days(36_500)

    public static func < (left: Lifetime, right: Lifetime) -> Bool { left.seconds < right.seconds }
}

/// Where "now" comes from. One operation reads it once.
public protocol WallClock: Sendable {
    func now() -> Timestamp
}
