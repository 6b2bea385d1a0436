/// A difference that was looked at and is to stay, with its reason.
public struct Tolerance: Sendable, Equatable {
    /// Names of exchange files without `.http`; `*` stands for any characters.
    public var files: String
    /// Places of `Difference`; `*` stands for any characters.
    public var places: String
    public var reason: String
    /// Its line in the file of tolerances.
    public var line: Int

    /// Reads lines of `FILES | PLACES | REASON`; empty ones and those that begin with `#` say nothing.
    ///
    /// Throws `ExchangeMistake`: a difference without a reason is not tolerated.
    public static func read(_ text: String, name: String) throws(ExchangeMistake) -> [Tolerance] {
        var all: [Tolerance] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.allSatisfy(\.isWhitespace) || line.hasPrefix("#") { continue }
            let parts = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false).map {
                $0.trimmingPrefix(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
            }.map { String($0) }
            guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else {
                throw ExchangeMistake(file: name, line: index + 1, message: "a line is `FILES | PLACES | REASON`")
            }
            all.append(Tolerance(files: parts[0], places: parts[1], reason: parts[2], line: index + 1))
        }
        return all
    }

    func covers(_ file: String, _ difference: Difference) -> Bool {
        Self.matches(files[...], file[...]) && Self.matches(places[...], difference.place[...])
    }

    /// Whether `text` is of the form of `pattern`, in which `*` stands for any characters.
    static func matches(_ pattern: Substring, _ text: Substring) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard let first = parts.first, let last = parts.last, parts.count > 1 else { return pattern == text }
        guard text.hasPrefix(first), text.hasSuffix(last), text.count >= first.count + last.count else { return false }
        var rest = text.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }
}
