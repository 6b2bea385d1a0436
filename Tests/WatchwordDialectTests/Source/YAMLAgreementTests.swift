import Testing
import WatchwordCore
import WatchwordDialect

/// Texts within the subset, and what PyYAML makes of each.
@Suite("YAML as other readers read it")
struct YAMLAgreementTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var text: String
        var expected: Value
        var testDescription: String { name }
        /// Whether it is a document that can stand inside another.
        var nests: Bool { !text.hasPrefix("\u{FEFF}") && !text.contains("---\n") && !text.contains("\r\n") }
    }

    static func cases() throws -> [Case] {
        try TextFixture.read("yaml.txt", mark: "=").map { fixture in
            guard case .success(let value) = JSON.parse(Array(fixture.expected.joined().utf8)) else {
                throw TextFixture.Unfit(line: fixture.name)
            }
            return Case(name: fixture.name, text: fixture.text, expected: value)
        }
    }

    private func read(_ text: String, _ place: SourceLocation = #_sourceLocation) -> Value? {
        let (node, diagnostics) = YAML.read(text: text, file: "f")
        #expect(diagnostics.isEmpty, "\(diagnostics) in \(text)", sourceLocation: place)
        return node?.value
    }

    @Test("is the same data", arguments: try cases())
    func same(_ test: Case) {
        #expect(read(test.text) == test.expected)
        #expect(read(test.text + "\n") == test.expected, "with a line end behind it")
        #expect(read(test.text + "\n\n# end") == test.expected, "with a comment behind it")
    }

    @Test("is the same data with the line ends of another system", arguments: try cases())
    func lineEnds(_ test: Case) {
        let text = test.text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n")
        #expect(read(text) == test.expected)
    }

    @Test("is the same data inside a member, a list, and a list of a member", arguments: try cases())
    func nested(_ test: Case) {
        guard test.nests else { return }
        func indented(_ by: Int) -> String {
            test.text.split(separator: "\n", omittingEmptySubsequences: false)
                .map { $0.isEmpty ? "" : String(repeating: " ", count: by) + $0 }.joined(separator: "\n")
        }
        let member = { (value: Value) in Value.object([.init("in", value)]) }
        #expect(read("in:\n\(indented(2))\n") == member(test.expected))
        #expect(read("-\n\(indented(1))\n") == .array([test.expected]))
        #expect(
            read("in:\n  - before\n  -\n\(indented(4))\n  - behind")
                == member(.array([.string("before"), test.expected, .string("behind")])))
        #expect(
            read("in:\n  before: 1\n  in:\n\(indented(3))\n  behind: 2")
                == member(.object([.init("before", .int(1)), .init("in", test.expected), .init("behind", .int(2))])))
    }

    @Test("every beginning of it is read, or refused at a place within it", arguments: try cases())
    func beginnings(_ test: Case) {
        let bytes = Array(test.text.utf8)
        for count in 0..<bytes.count {
            let (node, diagnostics) = YAML.read(bytes: Array(bytes[..<count]), file: "f")
            #expect(diagnostics.allSatisfy { $0.position.isWithin(bytes[..<count]) }, "\(count): \(diagnostics)")
            #expect(diagnostics.map(\.position) == diagnostics.map(\.position).sorted())
            node?.visit { #expect($0.isWithin(bytes[..<count]), "\(count): \($0)") }
        }
    }
}

extension SourcePosition {
    /// Whether there is such a place: a character of a line, or its end.
    func isWithin(_ bytes: ArraySlice<UInt8>) -> Bool {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard (1...max(lines.count, 1)).contains(line) else { return false }
        let characters = lines.isEmpty ? 0 : lines[line - 1].count { $0 & 0xC0 != 0x80 }
        return (1...characters + 1).contains(column)
    }
}

extension Node {
    /// The place of each node and key in it.
    func visit(_ look: (SourcePosition) -> Void) {
        look(position)
        for item in items ?? [] { item.visit(look) }
        for entry in entries ?? [] {
            look(entry.position)
            entry.value.visit(look)
        }
    }
}
