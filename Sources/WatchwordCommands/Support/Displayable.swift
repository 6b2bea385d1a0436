import ArgumentParser
import WatchwordCore
import WatchwordServer

/// A noun as commands show it: a row among others, or all that is known of it.
protocol Displayable {
    static var columns: [String] { get }
    var row: [String] { get }
    /// All that may be shown, never a secret; the JSON object, in order.
    var facts: [(name: String, value: Value)] { get }
}

extension Displayable {
    var object: Value { .object(facts.map { Value.Member($0.name, $0.value) }) }
}

/// `--json`, on everything that lists or shows.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print JSON.")
    var json = false

    func list<Noun: Displayable>(_ nouns: [Noun]) {
        guard !json else { return Output.json(.array(nouns.map(\.object))) }
        for line in TextTable.lines([Noun.columns] + nouns.map(\.row)) { Output.line(line) }
    }

    func show(_ noun: some Displayable) {
        guard !json else { return Output.json(noun.object) }
        let rows = noun.facts.map { [$0.name, Text.of($0.value)] }
        for line in TextTable.lines(rows) { Output.line(line) }
    }
}

/// How values stand in tables.
enum Text {
    /// `-` for what is absent.
    static func of(_ value: Value) -> String {
        switch value {
        case .null: "-"
        case .string(let text): safe(text)
        default: safe(JSON.text(value))
        }
    }

    static func of(_ text: String?) -> String { text.map(safe) ?? "-" }
    static func of(_ moment: Timestamp?) -> String { moment.map { CivilTime($0).text() } ?? "-" }

    /// Control characters could move a terminal's cursor: what strangers typed is shown without them.
    static func safe(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { Identifier.isControl($0) ? "\u{FFFD}" : $0 }))
    }
}

extension Value {
    init(_ moment: Timestamp?) { self = moment.map { .string(CivilTime($0).text(fraction: 3)) } ?? .null }
    init(_ text: String?) { self = text.map(Value.string) ?? .null }
}
