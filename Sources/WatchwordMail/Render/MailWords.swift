/// The words of mails: `KEY = TEXT` lines, each text a template. What `Mail/words/en.txt` has, or a translation of it.
struct MailWords: Sendable {
    struct Entry: Sendable {
        var key: String
        var text: String
        /// From 1.
        var line: Int
    }

    private(set) var entries: [Entry] = []

    /// Throws `MailTemplateMistakes` for lines that are none, and keys that come twice.
    init(_ text: String, file: String) throws(MailTemplateMistakes) {
        var mistakes: [MailTemplateMistake] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = trimmed(line)
            if line.isEmpty || line.hasPrefix("#") { continue }
            guard let equals = line.firstIndex(of: "=") else {
                mistakes.append(
                    MailTemplateMistake(file, index + 1, 1, "a line must be `KEY = TEXT`, or begin with `#`"))
                continue
            }
            let key = trimmed(line[..<equals])
            if entries.contains(where: { $0.key == key }) {
                mistakes.append(MailTemplateMistake(file, index + 1, 1, "the key `\(key)` is there twice"))
            }
            entries.append(Entry(key: key, text: trimmed(line[line.index(after: equals)...]), line: index + 1))
        }
        guard mistakes.isEmpty else { throw MailTemplateMistakes(mistakes: mistakes) }
    }

    subscript(key: String) -> String? { entries.first { $0.key == key }?.text }

    /// These, with those of `others` in the place of the ones that have the same key.
    func replaced(by others: MailWords) -> MailWords {
        var words = self
        for other in others.entries {
            guard let index = words.entries.firstIndex(where: { $0.key == other.key }) else { continue }
            words.entries[index] = other
        }
        return words
    }
}

/// Without spaces, tabs and line ends at its ends.
private func trimmed(_ text: some StringProtocol) -> String {
    let blank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
    return String(text.drop(while: blank).reversed().drop(while: blank).reversed())
}
