import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Mistakes in a dialect")
struct MistakeTests {
    /// One mistake: an edit of `small.yaml`, and all that is said about it.
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var find = ""
        var replace = ""
        var expected: [String] = []
        var testDescription: String { name }
    }

    static func cases(_ file: String) throws -> [Case] {
        var cases: [Case] = []
        var lines: [Character: [String]] = [:]
        func close() {
            guard !cases.isEmpty else { return }
            cases[cases.count - 1].find = lines["-", default: []].joined(separator: "\n")
            cases[cases.count - 1].replace = lines["+", default: []].joined(separator: "\n")
            cases[cases.count - 1].expected = lines["!", default: []]
            lines = [:]
        }
        for line in try Fixture.read("\(Fixture.folder)/\(file)").split(separator: "\n") {
            if line.hasPrefix("# ") {
                close()
                cases.append(Case(name: String(line.dropFirst(2))))
            } else if let mark = line.first, "-+!".contains(mark) {
                lines[mark, default: []].append(String(line.dropFirst()))
            }
        }
        close()
        return cases
    }

    static func small() throws -> String { try Fixture.read("\(Fixture.folder)/small.yaml") }

    @Test("the file they are made in has none")
    func sound() throws {
        let loading = Dialect.load(text: try Self.small(), file: "small.yaml") { _ in nil }
        #expect(loading.dialect != nil, "\(loading.diagnostics)")
    }

    @Test("each is told at its place, and nothing else is", arguments: try cases("mistakes.txt") + cases("replies.txt"))
    func mistake(_ test: Case) throws {
        let loading = try edited(test)
        let isLoaded = loading.dialect != nil
        #expect(!isLoaded)
        #expect(loading.diagnostics.map(Self.text) == test.expected)
    }

    @Test("a legal but risky choice is noted, and loads", arguments: try cases("risks.txt"))
    func risk(_ test: Case) throws {
        let loading = try edited(test)
        let isLoaded = loading.dialect != nil
        #expect(isLoaded)
        #expect(loading.diagnostics.map(Self.text) == test.expected)
        // What loads prints as what loads to the same.
        let dialect = try #require(loading.dialect)
        let isSame = Dialect.load(text: dialect.canonicalJSON, file: "small.json") { _ in nil }.dialect == dialect
        #expect(isSame)
    }

    private func edited(_ test: Case) throws -> DialectLoading {
        let small = try Self.small()
        let range = try #require(small.firstRange(of: test.find), "\(test.name) edits nothing")
        return Dialect.load(text: small.replacingCharacters(in: range, with: test.replace), file: "small.yaml") { _ in
            nil
        }
    }

    private static func text(_ diagnostic: Diagnostic) -> String {
        String(diagnostic.description.dropFirst("small.yaml:".count))
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
