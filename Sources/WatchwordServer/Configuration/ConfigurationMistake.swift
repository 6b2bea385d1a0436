/// One thing wrong with the configuration, where it stands and how to mend it.
public struct ConfigurationMistake: Error, Sendable, Equatable, CustomStringConvertible {
    public var place: Place
    /// What is wrong, without a secret: values of the configuration are not secrets, those of variables may be.
    public var text: String

    public enum Place: Sendable, Hashable {
        /// Both from 1.
        case file(String, line: Int, column: Int)
        /// An environment variable.
        case variable(String)
        /// An option of the command line.
        case option(String)
        /// No single place: what is wrong is that something is missing or does not fit together.
        case whole(String)
    }

    public init(_ place: Place, _ text: String) {
        self.place = place
        self.text = text
    }

    public var description: String {
        switch place {
        case .file(let file, let line, let column): "\(file):\(line):\(column): error: \(text)"
        case .variable(let name): "\(name): error: \(text)"
        case .option(let name): "\(name): error: \(text)"
        case .whole(let subject): "\(subject): error: \(text)"
        }
    }
}
