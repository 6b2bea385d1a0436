import Testing

/// A text of a fixture, its lines behind `|`, and what is expected of it, the lines behind another mark.
struct TextFixture: CustomTestStringConvertible, Sendable {
    var name: String
    var text: String
    var expected: [String]
    var testDescription: String { name }

    struct Unfit: Error { var line: String }

    static func read(_ file: String, mark: Character) throws -> [TextFixture] {
        var fixtures: [TextFixture] = []
        for line in try Fixture.read("\(Fixture.folder)/\(file)").split(separator: "\n") {
            if line.first == "#" {
                fixtures.append(TextFixture(name: String(line.dropFirst(2)), text: "", expected: []))
                continue
            }
            guard let last = fixtures.indices.last else { continue }
            if line.first == "|" {
                fixtures[last].text += try unescaped(line.dropFirst()) + "\n"
            } else if line.first == mark {
                fixtures[last].expected.append(String(line.dropFirst()))
            }
        }
        for index in fixtures.indices { fixtures[index].text.removeLast() }
        return fixtures
    }

    /// What an editor would not show or keep is written as an escape.
    private static func unescaped(_ line: Substring) throws -> String {
        var text = ""
        var rest = line
        while let slash = rest.firstIndex(of: "\\") {
            text += rest[..<slash]
            let escapes = [
                "\\s": " ", "\\t": "\t", "\\r": "\r", "\\\\": "\\", "\\ufeff": "\u{FEFF}", "\\x00": "\u{0}",
                "\\x07": "\u{7}", "\\x1b": "\u{1B}", "\\x7f": "\u{7F}",
            ]
            guard let (escape, meant) = escapes.first(where: { rest[slash...].hasPrefix($0.key) }) else {
                throw Unfit(line: String(line))
            }
            text += meant
            rest = rest[slash...].dropFirst(escape.count)
        }
        return text + rest
    }
}
