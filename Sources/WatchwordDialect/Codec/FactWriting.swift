import WatchwordCore

/// One fact, before it is written.
enum Fact: Equatable {
    case absent
    case text(String)
    case number(Int64)
    case flag(Bool)
    case time(Timestamp)
    /// A text that stands for a number where ids are integers.
    case id(String)
    /// A typed extra, or a list.
    case value(Value)

    var isAbsent: Bool { self == .absent }

    /// Presence and truth, as `$if` asks: absent, false, 0 and "" count as no.
    var isTrue: Bool {
        switch self {
        case .absent, .value(.null): false
        case .flag(let flag), .value(.bool(let flag)): flag
        case .number(let number), .value(.int(let number)): number != 0
        case .text(let text), .id(let text), .value(.string(let text)): !text.isEmpty
        default: true
        }
    }
}

extension Fact {
    static func of(_ text: String?) -> Fact { text.map { .text($0) } ?? .absent }
    static func of(_ number: Int64?) -> Fact { number.map { .number($0) } ?? .absent }
    static func of(_ moment: Timestamp?) -> Fact { moment.map { .time($0) } ?? .absent }
    /// Nothing for what is no single value.
    static func scalar(_ value: Value?) -> Fact? {
        switch value {
        case nil, .null, .array, .object: nil
        default: .extra(value)
        }
    }
    static func extra(_ value: Value?) -> Fact {
        switch value {
        case nil, .null: .absent
        case .string(let text): .text(text)
        case .int(let number): .number(number)
        case let value?: .value(value)
        }
    }
}

/// How a fact is written: its filters, in the order in which they stand.
struct Rendering: Sendable, Equatable {
    var filters: [Filter] = []

    /// Whether it has something to write where there is no value.
    var standsIn: Bool { filters.contains { [.emptyText, .zero, .no, .flag].contains($0) } }

    /// Whether no filter changes the value, so that it can be written as it is.
    private var isPlain: Bool { filters.allSatisfy { $0 == .optional } }

    /// Appends the fact as JSON; an absent one is null.
    func append(_ fact: Fact, idsAreNumbers: Bool, to buffer: inout [UInt8]) {
        switch fact {
        case .text(let text) where isPlain: JSON.append(string: text, to: &buffer)
        case .number(let number) where isPlain: JSON.append(integer: number, to: &buffer)
        case .id(let text) where isPlain && !idsAreNumbers: JSON.append(string: text, to: &buffer)
        default: JSON.append(value(fact, idsAreNumbers: idsAreNumbers), to: &buffer)
        }
    }

    /// The fact inside a text; an absent one is no text.
    func text(_ fact: Fact, idsAreNumbers: Bool) -> String {
        if isPlain, case .text(let text) = fact { return text }
        return switch value(fact, idsAreNumbers: idsAreNumbers) {
        case .null: ""
        case .string(let text): text
        case let value: JSON.text(value)
        }
    }

    func value(_ fact: Fact, idsAreNumbers: Bool) -> Value {
        var value: Value =
            switch fact {
            case .absent: .null
            case .text(let text): .string(text)
            case .number(let number): .int(number)
            case .flag(let flag): .bool(flag)
            case .value(let value): value
            case .id(let text):
                idsAreNumbers ? InputForm.canonical(text).map(Value.int) ?? .string(text) : .string(text)
            case .time(let moment): time(moment)
            }
        for filter in filters { value = Self.apply(filter, value) }
        return value
    }

    private func time(_ moment: Timestamp) -> Value {
        for filter in filters {
            switch filter {
            case .iso: return .string(CivilTime(moment).text(fraction: 6))
            case .isoMilliseconds: return .string(CivilTime(moment).text(fraction: 3))
            case .isoMicroseconds: return .string(CivilTime(moment).text(fraction: 6))
            case .isoOffsetMilliseconds: return .string(CivilTime(moment).text(fraction: 3, zone: "+00:00"))
            case .isoOffset: return .string(CivilTime(moment).text(fraction: 0, zone: "+00:00"))
            case .isoOffsetMicroseconds: return .string(CivilTime(moment).text(fraction: 6, zone: "+00:00"))
            case .sql: return .string(CivilTime(moment).text(fraction: 0, separator: " ", zone: ""))
            case .sqlMilliseconds: return .string(CivilTime(moment).text(fraction: 3, separator: " "))
            case .epoch: return .int(moment.seconds)
            case .epochMilliseconds: return .int(moment.microseconds.quotientDown(1_000))
            default: continue
            }
        }
        return .string(CivilTime(moment).text(fraction: 6))
    }

    private static func apply(_ filter: Filter, _ value: Value) -> Value {
        switch (filter, value) {
        case (.string, .int), (.string, .bool), (.string, .double): .string(JSON.text(value))
        case (.integer, .string(let text)): Int64(text).map(Value.int) ?? value
        case (.integer, .bool(let flag)): .int(flag ? 1 : 0)
        case (.lower, .string(let text)): .string(text.lowercased())
        case (.upper, .string(let text)): .string(text.uppercased())
        case (.flag, .null), (.no, .null): .bool(false)
        case (.flag, .bool): value
        case (.flag, .int(let number)): .bool(number != 0)
        case (.flag, .string(let text)): .bool(!text.isEmpty)
        case (.emptyText, .null): .string("")
        case (.zero, .null): .int(0)
        case (.list, .null): .array([])
        case (.list, .array): value
        case (.list, _): .array([value])
        default: value
        }
    }
}

extension Int64 {
    /// Divided and rounded down, also below zero.
    func quotientDown(_ divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
