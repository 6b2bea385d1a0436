import WatchwordCore

/// The members of a mapping whose names were checked.
struct Members {
    var position: SourcePosition
    var entries: [Node.Entry]

    subscript(key: String) -> Node.Entry? { entries.first { $0.key == key } }
}

/// Readers of single values. Each reports what does not fit and returns nothing then.
extension Loader {
    /// Members of a section, items of a list: past any contract, and little enough to compare each with each.
    static let mostMembers = 1_000

    /// The members of a mapping, with those of unknown name reported.
    ///
    /// - Parameters:
    ///   - what: what is read, for the message that it is no mapping.
    ///   - unknown: what an unknown member would have been: `carrier key`.
    ///   - known: the names that the language has; nothing where any name will do.
    mutating func members(of node: Node, _ what: String, unknown: String, _ known: [String]?) -> Members? {
        guard let entries = node.entries else {
            if !node.isUnreadable { report.error("\(what) must be a mapping, not \(node.typeName)", at: node.position) }
            return nil
        }
        guard entries.count <= Self.mostMembers else {
            report.error("\(what) has more than \(Self.mostMembers) members", at: node.position)
            return nil
        }
        work += entries.count + 1
        guard let known else { return Members(position: node.position, entries: entries) }
        var kept: [Node.Entry] = []
        for entry in entries {
            if known.contains(entry.key) {
                kept.append(entry)
            } else {
                report.error(
                    message("unknown \(unknown) `\(entry.key)`", meaning: entry.key, among: known), at: entry.position)
            }
        }
        return Members(position: node.position, entries: kept)
    }

    mutating func members(of entry: Node.Entry, unknown: String, _ known: [String]?) -> Members? {
        members(of: entry.value, "`\(entry.key)`", unknown: unknown, known)
    }

    /// The members of a mapping of the language.
    mutating func members(of entry: Node.Entry, _ table: LanguageTable) -> Members? {
        members(of: entry, unknown: table.noun, table.names)
    }

    mutating func members(of node: Node, _ what: String, _ table: LanguageTable) -> Members? {
        members(of: node, what, unknown: table.noun, table.names)
    }

    private mutating func misfit(_ node: Node, _ key: String, _ wanted: String) {
        guard !node.isUnreadable else { return }
        report.error("`\(key)` must be \(wanted), not \(node.isNull ? "nothing" : node.typeName)", at: node.position)
    }

    mutating func text(_ entry: Node.Entry) -> String? { text(entry.value, entry.key) }

    mutating func text(_ node: Node, _ key: String) -> String? {
        if let text = node.string { return text }
        if case .scalar(.int) = node.content {
            misfit(node, key, "text (quote it)")
        } else if case .scalar(.double) = node.content {
            misfit(node, key, "text (quote it)")
        } else {
            misfit(node, key, "text")
        }
        return nil
    }

    /// A text, or a whole number as its digits. Other numbers are not taken: `1.10` would lose its end.
    mutating func textOrInteger(_ entry: Node.Entry, _ bounds: ClosedRange<Int64>) -> String? {
        guard entry.value.scalar?.int != nil else { return text(entry) }
        return integer(entry, bounds).map { String($0) }
    }

    /// A text of letters, digits, `-`, `_` and `.` that does not start with a dot.
    mutating func name(_ entry: Node.Entry) -> String? {
        guard let text = text(entry) else { return nil }
        let fits = text.utf8.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
        guard fits, (1...64).contains(text.utf8.count), !text.hasPrefix(".") else {
            report.error("`\(entry.key)` is 1 to 64 letters, digits, `-`, `_` and `.`", at: entry.value.position)
            return nil
        }
        return text
    }

    /// The name of an environment variable (POSIX.1-2024 section 8.1).
    mutating func variable(_ entry: Node.Entry) -> String? {
        guard let text = text(entry) else { return nil }
        guard text.utf8.allSatisfy(isWordByte), !(text.utf8.first.map(isDigitByte) ?? true) else {
            report.error(
                "`\(text)` cannot name an environment variable: letters, digits and `_`", at: entry.value.position)
            return nil
        }
        return text
    }

    /// A whole number, or `$name` of a setting that is one.
    mutating func integer(_ entry: Node.Entry, _ bounds: ClosedRange<Int64>) -> Int64? {
        guard let scalar = scalar(entry) else { return nil }
        guard let number = scalar.int else {
            misfit(entry.value, entry.key, "a whole number")
            return nil
        }
        guard bounds.contains(number) else {
            report.error(
                "`\(entry.key)` must be \(bounds.lowerBound) to \(bounds.upperBound), not \(number)",
                at: entry.value.position)
            return nil
        }
        return number
    }

    /// `true`, `false`, or `$name` of a setting that is one of them.
    mutating func flag(_ entry: Node.Entry) -> Bool? {
        guard let scalar = scalar(entry) else { return nil }
        if let flag = scalar.bool { return flag }
        misfit(entry.value, entry.key, "true or false")
        return nil
    }

    /// The value that stands there, or that a setting named there has; nothing if that was reported. What is no
    /// scalar is null, and misfits.
    private mutating func scalar(_ entry: Node.Entry) -> Value? {
        guard let text = entry.value.string, text.hasPrefix("$"),
            isWord(text.dropFirst()) || text.hasPrefix("$settings.")
        else { return entry.value.scalar ?? .null }
        switch setting(text, at: entry.value.position) {
        case .value(let value)?: return value
        case .lifetime?:
            report.error("`\(entry.key)` is no lifetime, and the setting `\(text)` is one", at: entry.value.position)
            return nil
        case nil: return nil
        }
    }

    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(_ entry: Node.Entry) -> Choice? {
        choice(entry.value, entry.key)
    }

    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(_ node: Node, _ key: String) -> Choice? {
        let known = Choice.allCases.map(\.rawValue)
        guard let text = node.string else {
            misfit(node, key, "one of " + known.map { "`\($0)`" }.joined(separator: ", "))
            return nil
        }
        if let choice = Choice(rawValue: text) { return choice }
        let all = known.map { "`\($0)`" }.joined(separator: ", ")
        report.error(
            message("`\(key)` is none of \(all): `\(text)`", meaning: text, among: known), at: node.position)
        return nil
    }

    /// A list, or a single value standing for a list of one.
    mutating func items(_ node: Node) -> [Node] {
        guard let items = node.items else { return [node] }
        work += items.count + 1
        guard items.count <= Self.mostMembers else {
            report.error("a list of more than \(Self.mostMembers) items", at: node.position)
            return []
        }
        return items
    }

    /// `30m`, `7d`, `never`, or `$name` of a setting.
    mutating func lifetime(_ entry: Node.Entry, orNever: Bool = false, orZero: Bool = false) -> Lifetime? {
        let place = entry.value.position
        if case .scalar(.int) = entry.value.content {
            report.error("`\(entry.key)` needs a unit: `s`, `m`, `h` or `d`, as in `30m`", at: place)
            return nil
        }
        guard let text = text(entry) else { return nil }
        if text == "never" {
            if !orNever { report.error("`\(entry.key)` cannot be `never`", at: place) }
            return orNever ? .never : nil
        }
        if text.hasPrefix("$") {
            switch setting(text, at: place) {
            case .lifetime(let lifetime)?: return lifetime
            case .value?:
                report.error("`\(entry.key)` is a lifetime, and the setting `\(text)` has no `unit`", at: place)
                return nil
            case nil: return nil
            }
        }
        guard let unit = Setting.Unit(rawValue: String(text.suffix(1))), let count = Int64(text.dropLast()),
            text.utf8.dropLast().allSatisfy(isDigitByte)
        else {
            report.error("`\(text)` is no lifetime: a whole number and `s`, `m`, `h` or `d`, as in `30m`", at: place)
            return nil
        }
        guard let lifetime = unit.lifetime(count), count > 0 || orZero else {
            report.error("`\(entry.key)` must be more than nothing and at most 36500 days", at: place)
            return nil
        }
        return lifetime
    }
}

extension Loader {
    /// What `15m` and the like mean; nothing for any other text, and for what is over a century.
    static func lifetime(_ text: String) -> Lifetime? {
        guard let unit = Setting.Unit(rawValue: String(text.suffix(1))), let count = Int64(text.dropLast()),
            text.utf8.dropLast().allSatisfy(isDigitByte)
        else { return nil }
        return unit.lifetime(count)
    }
}

extension Setting.Unit {
    /// `count` of the unit; nothing if that is over a century.
    func lifetime(_ count: Int64) -> Lifetime? {
        let seconds: Int64 =
            switch self {
            case .seconds: 1
            case .minutes: 60
            case .hours: 3_600
            case .days: 86_400
            }
        guard count >= 0, count <= Lifetime.never.seconds / seconds else { return nil }
        return .seconds(count * seconds)
    }

    var plural: String {
        switch self {
        case .seconds: "seconds"
        case .minutes: "minutes"
        case .hours: "hours"
        case .days: "days"
        }
    }
}

func isDigitByte(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

/// A letter, a digit or `_`.
func isWordByte(_ byte: UInt8) -> Bool {
    isDigitByte(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
}

/// Whether `text` is a token of RFC 9110 section 5.6.2, as names of header fields and cookies are.
func isToken(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { isWordByte($0) || "!#$%&'*+-.^`|~".utf8.contains($0) }
}

/// Whether `text` is a word: a letter or `_`, then letters, digits and `_`.
func isWord(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, !isDigitByte(first) else { return false }
    return text.utf8.allSatisfy(isWordByte)
}
