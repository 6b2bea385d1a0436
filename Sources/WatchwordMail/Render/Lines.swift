import WatchwordCore

/// The lines of a mail's text.
enum Lines {
    private static let width = 76

    /// One line: a subject.
    static func one(_ text: String) -> String {
        Identifier.trimmed(text.split(whereSeparator: \.isNewline).joined(separator: " "))
    }

    /// Lines that are read without scrolling sideways, not more than one empty one after another, none at either end.
    /// A line with a link stays whole.
    static func tidy(_ text: String) -> String {
        var lines: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let wrapped = wrap(line)
            if wrapped == [""], lines.isEmpty || lines.last == "" { continue }
            lines += wrapped
        }
        while lines.last == "" { lines.removeLast() }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func wrap(_ line: Substring) -> [String] {
        // The line before a signature is `-- `, with its space.
        guard line != "-- " else { return ["-- "] }
        let indent = String(line.prefix { $0 == " " })
        var lines: [String] = []
        var current = indent
        for word in line.split(separator: " ") {
            if current.count > indent.count, current.count + 1 + word.count > width {
                lines.append(current)
                current = indent
            }
            current += (current.count > indent.count ? " " : "") + word
        }
        return lines + [current.count > indent.count ? current : ""]
    }
}
