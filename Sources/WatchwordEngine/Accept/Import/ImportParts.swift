import WatchwordCore

/// The parts of a record by name, read as leniently as other systems write them, each complaint gathered.
///
/// Null and the empty text are absent, as a column of a table is. A number or truth value may be text.
struct ImportParts {
    private var members: [Value.Member]
    private(set) var reasons: [ImportReason] = []

    init(_ record: Value) {
        if case .object(let members) = record {
            self.members = members
        } else {
            members = []
            reasons.append(.unreadable("it is no object"))
        }
    }

    mutating func complain(_ reason: ImportReason) { reasons.append(reason) }

    /// The part of that name, which is then dealt with.
    mutating func take(_ name: String) -> Value? {
        guard let index = members.firstIndex(where: { $0.name == name }) else { return nil }
        let value = members.remove(at: index).value
        return value == .null || value == .string("") ? nil : value
    }

    /// The typed extras: `fields` as an object, and `fields.NAME` beside it.
    mutating func takeFields() -> [Value.Member] {
        var found: [Value.Member] = []
        switch take("fields") {
        case nil: break
        case .object(let members): found = members
        case .string(let text):
            if case .success(.object(let members)) = JSON.parse(Array(text.utf8)) {
                found = members
            } else {
                fallthrough
            }
        default: complain(.type("fields", expected: "an object"))
        }
        for member in members where member.name.hasPrefix("fields.") {
            if let value = take(member.name) { found.append(Value.Member(String(member.name.dropFirst(7)), value)) }
        }
        return found.filter { $0.value != .null }
    }

    /// Complains of every part that nothing took.
    mutating func finish() {
        for member in members { complain(.unknown(member.name)) }
        members = []
    }

    mutating func text(_ name: String) -> String? {
        switch take(name) {
        case nil: return nil
        case .string(let text): return text
        case .int(let number): return String(number)
        default:
            complain(.type(name, expected: "text"))
            return nil
        }
    }

    mutating func flag(_ name: String) -> Bool? {
        guard let value = take(name) else { return nil }
        if let flag = value.asFlag { return flag }
        complain(.type(name, expected: "true or false"))
        return nil
    }

    mutating func number(_ name: String) -> Int64? {
        guard let value = take(name) else { return nil }
        if let number = value.asNumber, number >= 0 { return number }
        complain(.type(name, expected: "a whole number, 0 or more"))
        return nil
    }

    mutating func moment(_ name: String) -> Timestamp? {
        guard let value = take(name) else { return nil }
        if let moment = value.asMoment { return moment }
        complain(.type(name, expected: "a moment: RFC 3339, SQL, or seconds or milliseconds since 1970"))
        return nil
    }
}

extension Value {
    /// A truth value in any of the ways in which tables and programs write one.
    public var asFlag: Bool? {
        switch self {
        case .bool(let flag): return flag
        case .int(0), .double(0): return false
        case .int(1), .double(1): return true
        case .string(let text):
            switch text.lowercased() {
            case "true", "t", "yes", "y", "1": return true
            case "false", "f", "no", "n", "0": return false
            default: return nil
            }
        default: return nil
        }
    }

    var asNumber: Int64? {
        switch self {
        case .int(let number): return number
        case .string(let text): return Int64(text)
        default: return nil
        }
    }

    /// A moment in any of the ways in which tables and programs write one. Of a bare number its size tells the unit:
    /// seconds up to the year 5138, milliseconds from 1973 on, microseconds beyond.
    var asMoment: Timestamp? {
        switch self {
        case .int(let number): return Self.moment(ofNumber: number)
        case .double(let seconds):
            return abs(seconds) < 1e11 ? Timestamp(microseconds: Int64((seconds * 1e6).rounded())) : nil
        case .string(let text):
            if let number = Int64(text) { return Self.moment(ofNumber: number) }
            if let seconds = Double(text), abs(seconds) < 1e11 {
                return Timestamp(microseconds: Int64((seconds * 1e6).rounded()))
            }
            return Timestamp(reading: text)
        default: return nil
        }
    }

    private static func moment(ofNumber number: Int64) -> Timestamp? {
        switch number.magnitude {
        case ..<100_000_000_000: Timestamp(seconds: number)
        case ..<100_000_000_000_000: Timestamp(microseconds: number * 1_000)
        case ..<253_402_300_800_000_000: Timestamp(microseconds: number)
        default: nil
        }
    }
}
