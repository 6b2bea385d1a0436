import WatchwordDialect

/// A realm's own words for its pages: a translation, or some texts in the place of ours. What they lack is said in English.
public struct PageWords: Sendable, Equatable {
    /// By the keys of `Web/words/en.txt`; every one was checked.
    let texts: [String: String]

    /// None: every page is in English.
    public init() { texts = [:] }

    /// The largest file, in bytes: ours has a tenth of it.
    public static let maximumBytes = 256 * 1_024

    /// Those of a file, `KEY = TEXT` lines in UTF-8. `file`: its name in messages. `fields`: the contract's own fields of
    /// an account, each of which may have a label, `field.NAME`. Throws `PageWordsMistakes` with all that is wrong.
    public init(_ bytes: [UInt8], file: String, fields: [String] = []) throws(PageWordsMistakes) {
        guard bytes.count <= Self.maximumBytes else {
            throw PageWordsMistakes(
                file, [(.start, "\(bytes.count) bytes are more than words need: \(Self.maximumBytes)")])
        }
        // What editors on Windows put before a text.
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        if let line = lines.firstIndex(where: { String(validating: $0, as: UTF8.self) == nil }) {
            throw PageWordsMistakes(
                file,
                [(SourcePosition(line: line + 1, column: 1), "this line is not text in UTF-8: save the file as that")]
            )
        }
        let own = WordsFile(String(decoding: bytes, as: UTF8.self))
        let rules = WordRules(
            english: Self.ours, further: Set(fields.map { "field." + $0 }).subtracting(Self.ours.keys))
        var mistakes = own.flaws.map { ($0, "a line must be `KEY = TEXT`, or begin with `#`") }
        var texts: [String: String] = [:]
        var first: [String: Int] = [:]
        for entry in own.entries {
            let line = entry.position.line
            mistakes += rules.mistakes(in: entry).map { (SourcePosition(line: line, column: $0.column), $0.text) }
            if let other = first[entry.key] {
                mistakes.append((entry.position, "the word `\(entry.key)` is there twice: line \(other) has it too"))
            }
            first[entry.key] = first[entry.key] ?? line
            texts[entry.key] = entry.text
        }
        guard mistakes.isEmpty else { throw PageWordsMistakes(file, mistakes) }
        self.texts = texts
    }

    /// What the pages' language is called (RFC 5646).
    public var language: String { texts["language"] ?? "en" }

    /// Whether it is written from right to left.
    public var isRightToLeft: Bool { LanguageTag(language)?.isRightToLeft ?? false }

    /// Every word in English, as a file to begin from.
    public static var english: String { EmbeddedPages.words.first { $0.name == "en" }?.text ?? "" }

    /// What is said in English since these have no text for it, as that file has it, under the same headings.
    public var missing: String {
        var text = ""
        var heading: [Substring] = []
        var before: Substring = ""
        for line in Self.english.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("#") { heading = (before.hasPrefix("#") ? heading : []) + [line] }
            before = line
            guard let entry = WordsFile(String(line)).entries.first, texts[entry.key] == nil else { continue }
            if !heading.isEmpty, !text.isEmpty { text += "\n" }
            for line in heading + [line] { text += line + "\n" }
            heading = []
        }
        return text
    }

    /// Every word, its own or ours. English among words from right to left is kept apart (U+2066 and U+2069): its full
    /// stop would stand at its beginning.
    var all: [String: String] {
        var all = Self.ours
        if isRightToLeft {
            all = all.mapValues { WordPlace.isFilling($0) ? $0 : "\u{2066}" + $0 + "\u{2069}" }
        }
        return all.merging(texts) { _, own in own }
    }

    /// Our words, by their keys.
    static var ours: [String: String] {
        Dictionary(WordsFile(english).entries.map { ($0.key, $0.text) }, uniquingKeysWith: { first, _ in first })
    }
}

/// Everything that is wrong with a file of words, in the order of its lines.
public struct PageWordsMistakes: Error, Sendable, Equatable, CustomStringConvertible {
    public var mistakes: [Diagnostic]

    init(_ file: String, _ mistakes: [(position: SourcePosition, text: String)]) {
        self.mistakes = mistakes.sorted { $0.position < $1.position }.map {
            Diagnostic(file: file, position: $0.position, severity: .error, message: $0.text)
        }
    }

    public var description: String { mistakes.map(\.description).joined(separator: "\n") }
}
