/// A moment in UTC, in whole microseconds since 1970-01-01T00:00:00Z.
///
/// What would lie beyond the first or the last moment that 64 bits can tell, some 292,000 years away, is that moment:
/// a claim of another signer may name any second.
public struct Timestamp: Hashable, Comparable, Sendable {
    public let microseconds: Int64

    public init(microseconds: Int64) { self.microseconds = microseconds }
    public init(seconds: Int64) { self.microseconds = Self.microseconds(ofSeconds: seconds) }

    /// Whole seconds, rounded down: the NumericDate of RFC 7519 section 2.
    public var seconds: Int64 { microseconds / 1_000_000 - (microseconds % 1_000_000 < 0 ? 1 : 0) }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }
    public static func + (moment: Timestamp, span: Lifetime) -> Timestamp {
        let (sum, isBeyond) = moment.microseconds.addingReportingOverflow(microseconds(ofSeconds: span.seconds))
        return Timestamp(microseconds: isBeyond ? (span.seconds < 0 ? .min : .max) : sum)
    }
    public static func - (moment: Timestamp, span: Lifetime) -> Timestamp {
        let (rest, isBeyond) = moment.microseconds.subtractingReportingOverflow(microseconds(ofSeconds: span.seconds))
        return Timestamp(microseconds: isBeyond ? (span.seconds < 0 ? .max : .min) : rest)
    }

    private static func microseconds(ofSeconds seconds: Int64) -> Int64 {
        let (product, isBeyond) = seconds.multipliedReportingOverflow(by: 1_000_000)
        return isBeyond ? (seconds < 0 ? .min : .max) : product
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
