/// A moment as a date and a time of day in UTC, in the proleptic Gregorian calendar without leap seconds.
public struct CivilTime: Hashable, Sendable {
    public let year, month, day, hour, minute, second, microsecond: Int64
    /// 0 for Sunday.
    public let weekday: Int64

    public init(_ moment: Timestamp) {
        let seconds = moment.seconds
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let rest = seconds - days * 86_400
        (hour, minute, second) = (rest / 3_600, rest % 3_600 / 60, rest % 60)
        microsecond = (moment.microseconds % 1_000_000 + 1_000_000) % 1_000_000
        weekday = ((days + 4) % 7 + 7) % 7
        // Days since 0000-03-01, in eras of 400 years: a leap day then ends its year.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// `2026-11-21T05:30:00.000000Z`, the fraction with `digits` digits (0, 3 or 6), cut and not rounded (RFC 3339 section 5.6).
    public func text(fraction digits: Int = 0, separator: String = "T", zone: String = "Z") -> String {
        let date = "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
        let time = "\(Self.padded(hour, 2)):\(Self.padded(minute, 2)):\(Self.padded(second, 2))"
        let fraction = digits == 0 ? "" : "." + Self.padded(microsecond, 6).prefix(digits)
        return date + separator + time + fraction + zone
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
