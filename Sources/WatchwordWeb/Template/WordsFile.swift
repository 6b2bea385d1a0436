import WatchwordCore

/// `Web/words/en.txt`: lines `key = text`; `#` begins a comment line.
enum WordsFile {
    static func entries(of file: String) -> [(key: String, text: String)] {
        file.split(whereSeparator: \.isNewline).compactMap { line in
            let line = Identifier.trimmed(String(line))
            guard !line.hasPrefix("#"), let split = line.firstIndex(of: "=") else { return nil }
            let key = Identifier.trimmed(String(line[..<split]))
            return key.isEmpty ? nil : (key, Identifier.trimmed(String(line[line.index(after: split)...])))
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
}
