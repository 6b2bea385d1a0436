import WatchwordCore
import WatchwordDialect

/// What a text must be to stand in the place of a word of ours.
///
/// Mustache passes over a place that it does not know, and a page that does not say how long to wait would be found out
/// by those who wait.
struct WordRules {
    /// By their keys.
    let english: [String: String]
    /// Words that we have none of: the labels of a contract's own fields.
    let further: Set<String>

    /// The longest text, in characters: ours have 134 at most, and some languages need twice as many.
    static let longest = 500

    /// Values that a text may leave out, or take in another form: what agents are called. A realm knows it, and not
    /// every language can put a word in where another stood.
    private static let families = [
        "noun.": ["one", "many", "One", "Many"], "dialect.": ["agent", "agents"],
    ]

    /// What is wrong with a word, each with its column.
    func mistakes(in entry: WordsFile.Entry) -> [(column: Int, text: String)] {
        guard let ours = english[entry.key] ?? (further.contains(entry.key) ? "" : nil) else {
            let known = english.keys.sorted() + further.sorted()
            let hint = suggestion(for: entry.key, among: known).map { " (did you mean `\($0)`?)" } ?? ""
            return [(entry.position.column, "no word `\(entry.key)`\(hint)")]
        }
        guard !entry.text.isEmpty else {
            return [(entry.position.column, "`\(entry.key)` has no text: without this line it is said in English")]
        }
        if entry.key == "language" { return language(entry) }
        return characters(entry) + length(entry) + places(entry, ours)
    }

    private func language(_ entry: WordsFile.Entry) -> [(column: Int, text: String)] {
        guard LanguageTag(entry.text) == nil else { return [] }
        let near = entry.text.replacing("_", with: "-")
        let hint = LanguageTag(near) == nil ? "" : " (did you mean `\(near)`?)"
        return [
            (
                entry.column,
                "`\(entry.text)` names no language\(hint): browsers know them as `de`, `pt-BR` or `zh-Hant` (RFC 5646)"
            )
        ]
    }

    private func characters(_ entry: WordsFile.Entry) -> [(column: Int, text: String)] {
        for (offset, scalar) in entry.text.unicodeScalars.enumerated() where Self.isRefused(scalar) {
            let code = String(scalar.value, radix: 16, uppercase: true)
            let name = "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
            return [(entry.column + offset, "\(name) is a control character, which has no place in a text: remove it")]
        }
        return []
    }

    /// Control characters, separators of lines, and those that turn the direction of what follows for good. Marks and
    /// isolates of direction stay: texts from right to left need them.
    private static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2028...0x202E, 0xFEFF, 0xFFF9...0xFFFB: true
        default: scalar.properties.generalCategory == .control
        }
    }

    private func length(_ entry: WordsFile.Entry) -> [(column: Int, text: String)] {
        guard entry.text.count > Self.longest else { return [] }
        return [(entry.column, "\(entry.text.count) characters are more than pages have room for: \(Self.longest)")]
    }

    private func places(_ entry: WordsFile.Entry, _ ours: String) -> [(column: Int, text: String)] {
        let there = WordPlace.all(in: ours).map(\.name)
        var allowed = there
        for (family, members) in Self.families where there.contains(where: { $0.hasPrefix(family) }) {
            allowed += members.map { family + $0 }.filter { !there.contains($0) }
        }
        let places = WordPlace.all(in: entry.text)
        var mistakes = places.compactMap { place in
            problem(place, allowed).map { (column: entry.column + place.offset, text: $0) }
        }
        let needed = there.filter { name in !Self.families.keys.contains { name.hasPrefix($0) } }
        for name in needed where !places.contains(where: { $0.name == name }) {
            mistakes.append((entry.column, "`{{\(name)}}` is missing: the English text is `\(ours)`"))
        }
        return mistakes
    }

    private func problem(_ place: WordPlace, _ allowed: [String]) -> String? {
        guard place.isClosed else { return "`{{` without `}}` behind it" }
        if let sigil = place.sigil {
            return "`{{\(sigil)\(place.name)}}` is none of what a text can have: values only, as in `{{name}}`"
        }
        guard !allowed.contains(place.name) else { return nil }
        let hint = suggestion(for: place.name, among: allowed).map { " (did you mean `\($0)`?)" } ?? ""
        let rest = allowed.isEmpty ? "it has none" : "it has " + allowed.map { "`\($0)`" }.joined(separator: ", ")
        return "no value `\(place.name)` in this text\(hint): \(rest)"
    }
}
