/// One thing wrong with a template or with the words of mails: where it stands, what it is and how to mend it.
public struct MailTemplateMistake: Sendable, Equatable, CustomStringConvertible {
    public var file: String
    /// From 1; 0 for the whole file.
    public var line: Int
    public var column: Int
    public var text: String

    init(_ file: String, _ line: Int = 0, _ column: Int = 0, _ text: String) {
        self.file = file
        self.line = line
        self.column = column
        self.text = text
    }

    public var description: String {
        line == 0 ? "\(file): error: \(text)" : "\(file):\(line):\(column): error: \(text)"
    }
}

/// Everything that is wrong with the templates of a folder.
public struct MailTemplateMistakes: Error, Sendable, CustomStringConvertible {
    public var mistakes: [MailTemplateMistake]

    public var description: String { mistakes.map(\.description).joined(separator: "\n") }
}
