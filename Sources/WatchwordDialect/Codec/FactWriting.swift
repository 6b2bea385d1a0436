import WatchwordCore

/// How a fact becomes a value: its filters, and the realm's form of ids.
struct Rendering: Sendable, Equatable {
    var filters: [Filter]

    var isOptional: Bool { filters.contains(.optional) }

    func value(_ fact: Fact, idsAreNumbers: Bool) -> Value {
        var value: Value =
            switch fact {
            case .absent: .null
            case .value(let value): value
            case .id(let text): idsAreNumbers ? Int64(text).map(Value.int) ?? .string(text) : .string(text)
            case .time(let moment): time(moment)
            }
        for filter in filters { value = Self.apply(filter, value) }
        return value
    }

    private func time(_ moment: Timestamp) -> Value {
        for filter in filters {
            switch filter {
            case .iso: return .string(CivilTime(moment).iso(fraction: 6))
            case .isoMilliseconds: return .string(CivilTime(moment).iso(fraction: 3))
            case .sqlMilliseconds: return .string(CivilTime(moment).sql)
            case .epoch: return .int(moment.seconds)
            case .epochMilliseconds: return .int(moment.microseconds / 1_000)
            default: continue
            }
        }
        return .string(CivilTime(moment).iso(fraction: 6))
    }

    private static func apply(_ filter: Filter, _ value: Value) -> Value {
        switch (filter, value) {
        case (.string, .int(let number)): .string(String(number))
        case (.string, .bool(let flag)): .string(String(flag))
        case (.string, .double(let number)): .string(String(number))
        case (.integer, .string(let text)): Int64(text).map(Value.int) ?? value
        case (.lower, .string(let text)): .string(text.lowercased())
        case (.list, .array), (.list, .null): value == .null ? .array([]) : value
        case (.list, _): .array([value])
        default: value
        }
    }
}

/// A moment as a date and a time of day in UTC (proleptic Gregorian calendar, ISO 8601).
struct CivilTime {
    var year, month, day, hour, minute, second, microsecond: Int64

    init(_ moment: Timestamp) {
        let seconds = moment.seconds
        microsecond = moment.microseconds - seconds * 1_000_000
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let rest = seconds - days * 86_400
        (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60)
        // Days from the first of March of year 0, in eras of 400 years.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    private static func digits(_ number: Int64, _ width: Int) -> String {
        let text = String(number)
        return text.count < width ? String(repeating: "0", count: width - text.count) + text : text
    }

    private var date: String { Self.digits(year, 4) + "-" + Self.digits(month, 2) + "-" + Self.digits(day, 2) }
    private var time: String { Self.digits(hour, 2) + ":" + Self.digits(minute, 2) + ":" + Self.digits(second, 2) }

    func iso(fraction: Int) -> String {
        let parts = fraction == 3 ? Self.digits(microsecond / 1_000, 3) : Self.digits(microsecond, 6)
        return date + "T" + time + "." + parts + "Z"
    }

    var sql: String { date + " " + time + "." + Self.digits(microsecond / 1_000, 3) + "Z" }
}
