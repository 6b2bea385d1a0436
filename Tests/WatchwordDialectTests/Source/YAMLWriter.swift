import WatchwordCore
import WatchwordDialect

/// Writes data as YAML, each time in another of the ways in which the subset can say it.
struct YAMLWriter {
    var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(state: seed) }

    private mutating func once(in count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

    // MARK: Data

    private static let pieces = [
        "a", "word", " ", "  ", ":", ": ", " #", "#", "-", "- ", "'", "\"", "\\", "\n", "\t", "{", "}", "[", "]", ",",
        ", ", "&", "*", "!", "|", ">", "%", "@", "`", "?", "$", "é", "😀", "\u{7}", "\u{0}", "0", "12", "1.5", "true",
        "null", "~", "yes", "<<", "---", "...", "\r", "=", "/", "\u{FEFF}",
    ]

    mutating func text() -> String {
        (0..<Int.random(in: 0...4, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }
            .joined()
    }

    mutating func value(depth: Int) -> Value {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .int(Int64.random(in: -1_000...1_000, using: &random))
        case 3: return .double(Double(2 * Int.random(in: -499...499, using: &random) + 1) / 8)
        case 4, 5: return .string(text())
        case 6, 7:
            var members: [Value.Member] = []
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                let name = text()
                if !members.contains(where: { $0.name == name }) {
                    members.append(.init(name, value(depth: depth - 1)))
                }
            }
            return .object(members)
        default: return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth: depth - 1) })
        }
    }

    // MARK: Writing

    /// The document, from the left.
    mutating func document(_ value: Value) -> String {
        (once(in: 4) ? "---\n" : "") + block(value, indent: 0).drop { $0 == "\n" } + (once(in: 2) ? "\n" : "")
    }

    /// What stands behind `name:` or `-`: on the same line, or on lines of its own, each `indent` deep.
    private mutating func block(_ value: Value, indent: Int) -> String {
        let margin = String(repeating: " ", count: indent)
        switch value {
        case .object(let members) where !members.isEmpty && !once(in: 4):
            var text = ""
            for member in members {
                let deeper = indent + Int.random(in: 1...4, using: &random)
                text += "\n" + noise() + margin + scalar(member.name) + ":" + space()
                text += block(member.value, indent: deeper)
            }
            return text
        case .array(let items) where !items.isEmpty && !once(in: 4):
            var text = ""
            for item in items {
                let deeper = indent + Int.random(in: 1...4, using: &random)
                text += "\n" + noise() + margin + "-" + space() + block(item, indent: deeper)
            }
            return text
        case .string(let text) where indent > 0 && isLines(text) && once(in: 2):
            let isEnded = text.hasSuffix("\n")
            let lines = (isEnded ? String(text.dropLast()) : text)
                .split(separator: "\n", omittingEmptySubsequences: false)
            return (isEnded ? "|" : "|-") + lines.map { "\n" + ($0.isEmpty ? "" : margin + $0) }.joined()
        default: return flow(value, indent: indent) + (once(in: 5) ? " # a comment: [" : "")
        }
    }

    private mutating func space() -> String { String(repeating: " ", count: Int.random(in: 1...3, using: &random)) }

    /// Lines that mean nothing.
    private mutating func noise() -> String {
        once(in: 8) ? ["\n", "# comment: [\n", "\n\n"].randomElement(using: &random) ?? "" : ""
    }

    private mutating func flow(_ value: Value, indent: Int) -> String {
        let turn = once(in: 6) ? "\n" + String(repeating: " ", count: indent + 1) : ""
        switch value {
        case .object(let members):
            var parts: [String] = []
            for member in members { parts.append(scalar(member.name) + ": " + flow(member.value, indent: indent)) }
            return "{" + turn + parts.joined(separator: "," + (turn.isEmpty ? " " : turn)) + turn + "}"
        case .array(let items):
            var parts: [String] = []
            for item in items { parts.append(flow(item, indent: indent)) }
            return "[" + turn + parts.joined(separator: ", ") + (once(in: 4) && !items.isEmpty ? "," : "") + "]"
        case .string(let text): return scalar(text)
        case .null: return once(in: 2) ? "~" : "null"
        default: return JSON.text(value)
        }
    }

    private mutating func scalar(_ text: String) -> String {
        let isPlain =
            !text.isEmpty && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "/") }
            && !["null", "true", "false", "yes", "no", "on", "off"].contains(text)
        if isPlain, !once(in: 3) { return text }
        let isOneLine = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F || $0 == "\t" }
        if isOneLine, once(in: 2) { return "'" + text.replacing("'", with: "''") + "'" }
        return JSON.text(.string(text))
    }

    /// Whether lines behind a bar can hold it.
    private func isLines(_ text: String) -> Bool {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F || $0 == "\n" || $0 == "\t" }
            && !text.hasSuffix("\n\n") && text != "\n" && !text.isEmpty
            && lines.first.map { !$0.isEmpty && !$0.hasPrefix(" ") } == true
    }
}
