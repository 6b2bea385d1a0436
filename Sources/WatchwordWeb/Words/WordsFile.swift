import WatchwordDialect

/// A file of words: lines `key = text`, each with its place; `#` begins a comment line.
struct WordsFile {
    struct Entry {
        var key: String
        var text: String
        /// Of the key.
        var position: SourcePosition
        /// Of the text's first character, from 1.
        var column: Int
    }

    private(set) var entries: [Entry] = []
    /// Where a line is neither a word nor a comment.
    private(set) var flaws: [SourcePosition] = []

    init(_ text: String) {
        // Lines as editors count them; what else ends a line for Unicode is a character that no word may have.
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let line = Array(line)
            guard let start = line.firstIndex(where: Self.isText), let last = line.lastIndex(where: Self.isText),
                line[start] != "#"
            else { continue }
            let position = SourcePosition(line: index + 1, column: start + 1)
            guard let equals = line[start...last].firstIndex(of: "="), equals > start else {
                flaws.append(position)
                continue
            }
            let key = line[start..<equals].prefix { Self.isText($0) }
            let text = line[equals...last].dropFirst().drop { !Self.isText($0) }
            guard line[start..<equals].dropFirst(key.count).allSatisfy({ !Self.isText($0) }) else {
                flaws.append(position)
                continue
            }
            entries.append(
                Entry(
                    key: Self.string(key), text: Self.string(text), position: position, column: text.startIndex + 1))
        }
    }

    /// The text as HTML, but for what stands in `{{ }}`.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        var isPlace = false
        var rest = Substring(text)
        while let character = rest.unicodeScalars.first {
            if rest.hasPrefix("{{") { isPlace = true }
            if rest.hasPrefix("}}") { isPlace = false }
            rest.unicodeScalars.removeFirst()
            switch character {
            case _ where isPlace: escaped.unicodeScalars.append(character)
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }

    private static func isText(_ scalar: Unicode.Scalar) -> Bool { scalar != " " && scalar != "\t" && scalar != "\r" }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }
}
