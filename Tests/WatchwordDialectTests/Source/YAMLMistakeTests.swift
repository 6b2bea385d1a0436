import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Mistakes in YAML")
struct YAMLMistakeTests {
    struct Case: CustomTestStringConvertible {
        var text: String
        var expected: [String]
        var testDescription: String { text.debugDescription }

        init(_ text: String, _ expected: String...) {
            self.text = text
            self.expected = expected
        }
    }

    static let cases: [Case] = [
        // What the language leaves out
        Case(
            "a: &x 1", "1:4: error: an anchor (`&`) is not part of the language: write the value out, or quote the text"
        ),
        Case("a: *x", "1:4: error: an alias (`*`) is not part of the language: write the value out, or quote the text"),
        Case(
            "a: [*x, 1]",
            "1:5: error: an alias (`*`) is not part of the language: write the value out, or quote the text"),
        Case("a: !!str 1", "1:4: error: a tag (`!`) is not part of the language; quote the text if it is one"),
        Case("<<: {a: 1}", "1:1: error: a merge key (`<<`) is not part of the language"),
        Case("x: {<<: 1, b: 2}", "1:5: error: a merge key (`<<`) is not part of the language"),
        Case("? a", "1:1: error: a `?` key is not part of the language"),
        Case("x: {? a}", "1:5: error: a `?` key is not part of the language"),
        Case("%YAML 1.2\n---\na: 1", "1:1: error: a directive (`%`) is not part of the language"),
        Case("a: 1\n---\nb: 2", "2:1: error: a second document: a file holds one"),
        // Values that two readers read differently
        Case("a: YES", "1:4: error: `YES` means true or false to some readers: quote it, or write `true` or `false`"),
        Case(
            "a: {b: off}", "1:8: error: `off` means true or false to some readers: quote it, or write `true` or `false`"
        ),
        Case("on: 1", "1:1: error: `on` means true or false to some readers: quote it"),
        Case("a: True", "1:4: error: `True` is ambiguous: write `true`, or quote it"),
        Case("a: 0123", "1:4: error: `0123` is one number to some readers and another to others: quote it"),
        Case("a: 0x1F", "1:4: error: `0x1F` is one number to some readers and another to others: quote it"),
        Case("a: 1_000", "1:4: error: `1_000` is one number to some readers and another to others: quote it"),
        Case("a: .inf", "1:4: error: `.inf` is no number here: quote it if it is text"),
        Case(
            "a: 99999999999999999999",
            "1:4: error: `99999999999999999999` is too large a number: quote it if it is text"),
        // Indentation and layout
        Case("a:\n\tb: 1", "2:1: error: a tab as indentation: use spaces"),
        Case(
            "a: 1\n  b: 2",
            "2:3: error: indented deeper than what is above; a text over several lines is written behind `>` or `|`"),
        Case("  a: 1\nb: 2", "2:1: error: not part of what is above: check the indentation"),
        Case("a: - b", "1:4: error: a list starts on a line of its own"),
        Case("a: 1\njust text\nb: 2", "2:1: error: a member needs `: ` between its name and its value"),
        Case("a: \"x\" y", "1:8: error: unexpected text behind the value"),
        Case("a: |2\n  x", "1:4: error: quote this text, or leave the rest of the line behind `|` or `>` empty"),
        // Quotes
        Case(
            "a: \"x\nb: 'y\nc: 1",
            "1:4: error: this text is not closed: quotes end on the line they start on",
            "2:4: error: this text is not closed: quotes end on the line they start on"),
        Case("a: \"\\q\"", "1:5: error: no such escape in double quotes; a backslash is written `\\\\`"),
        Case("a: \"\\u12\"", "1:5: error: this escape needs 4 hexadecimal digits"),
        Case("a: \"\\uD800\"", "1:5: error: this escape names no character"),
        Case("a: @b", "1:4: error: quote this text: it starts with `@`"),
        // The commonest mistake: text with `, ` or `: `
        Case("a: b: c", "1:4: error: quote this text: it holds `: `"),
        Case("a: {b: c: d, e: 1}", "1:8: error: quote this text: it holds `: `"),
        Case(
            "a: {b: Hello, world}",
            "1:15: error: `world` has no value; if it goes on from the text before it, quote this text"),
        Case("a: {b:1}", "1:5: error: `b:1` has no value: put a space behind the colon, or quote it"),
        Case("a: {b: x{y}, c: 1}", "1:8: error: quote this text: it holds `{`"),
        Case("a: {b: , c: 1}", "1:5: error: `b` has no value; write `null` if that is meant"),
        Case("a: [b: c]", "1:5: error: quote this text: it holds `: `"),
        Case("a: {b: \"1\" \"c\": 2}", "1:12: error: a comma is missing before this"),
        Case("a: [\"x\" \"y\"]", "1:9: error: a comma is missing before this"),
        Case("a: [,]", "1:5: error: nothing stands before this comma"),
        Case("a: {b: 1", "1:4: error: this is not closed"),
        Case("a: {b: [1, 2\nc: 3", "1:8: error: this is not closed"),
        Case("a: {b: 1]", "1:9: error: `]` closes what `{` opened"),
        Case("a: [1}", "1:6: error: `}` closes what `[` opened"),
        // Keys
        Case("a: 1\nb: 2\na: 3", "3:1: error: duplicate key `a`"),
        Case("x: {a: 1, a: 2}", "1:11: error: duplicate key `a`"),
        Case("{a: 1}: 2", "1:7: error: a key must be plain or quoted text"),
        // Bytes
        Case("a: \"x\u{0}y\"", "1:6: error: a NUL character: write it as an escape in double quotes"),
        Case("a: x\u{7}", "1:5: error: a control character: write it as an escape in double quotes"),
    ]

    @Test("is refused at its place, with a hint", arguments: cases)
    func mistake(_ test: Case) {
        let (_, diagnostics) = YAML.read(text: test.text, file: "f")
        #expect(diagnostics.map { String($0.description.dropFirst(2)) } == test.expected)
    }

    @Test("is told wherever it stands, and once", arguments: try TextFixture.read("yaml-mistakes.txt", mark: "!"))
    func fixture(_ test: TextFixture) {
        let (_, diagnostics) = YAML.read(text: test.text, file: "f")
        #expect(diagnostics.map { String($0.description.dropFirst(2)) } == test.expected)
    }

    @Test("every mistake of a file is reported, and what is sound around them is read")
    func recovery() {
        let text = """
            a: &x 1
            b: {c: Hello: you, d: 2}
            e: [1, 2
            f: yes
            g:
              h: 1
               i: 2
              j: 3
            k: 4
            """
        let (node, diagnostics) = YAML.read(text: text, file: "f")
        #expect(diagnostics.map(\.position.line) == [1, 2, 3, 4, 7])
        #expect(node?["b"]?["d"]?.scalar == .int(2))
        #expect(node?["b"]?["c"]?.isUnreadable == true)
        #expect(node?["e"]?.items?.count == 2)
        #expect(node?["g"]?["j"]?.scalar == .int(3))
        #expect(node?["k"]?.scalar == .int(4))
    }

    @Test("a duplicate key keeps both values")
    func duplicates() {
        let (node, diagnostics) = YAML.read(text: "a: 1\na: 2", file: "f")
        #expect(diagnostics.count == 1)
        #expect(node?.entries?.map(\.value.scalar) == [.int(1), .int(2)])
    }

    @Test("a file over 1 MiB and one that is not UTF-8 are refused whole")
    func unreadable() {
        let (large, refusals) = YAML.read(bytes: [UInt8](repeating: 0x20, count: YAML.maximumBytes + 1), file: "f")
        #expect(large == nil && refusals.map(\.message) == ["the file is larger than 1 MiB"])
        let (invalid, mistakes) = YAML.read(bytes: Array("a: é\nb: ".utf8) + [0xC3, 0x28], file: "f")
        #expect(invalid == nil && mistakes.map(\.description) == ["f:2:4: error: not UTF-8 text"])
        let (whole, none) = YAML.read(
            bytes: Array("a: 1 #".utf8) + [UInt8](repeating: 0x20, count: (1 << 20) - 6), file: "f")
        #expect(whole?["a"]?.scalar == .int(1) && none.isEmpty, "1 MiB is read")
    }

    @Test(
        "a file that is not UTF-8 is told where it stops being that",
        arguments: [
            ([0x80], 1, 1), ([0x61, 0xFF], 1, 2), ([0xC3], 1, 1), ([0x61, 0x0A, 0xC3, 0xA9, 0xC0, 0xAF], 2, 2),
            ([0xED, 0xA0, 0x80], 1, 1), ([0xF4, 0x90, 0x80, 0x80], 1, 1), ([0xF0, 0x9F, 0x98, 0x80, 0xF0, 0x9F], 1, 2),
            ([0xE2, 0x82, 0xAC, 0x0A, 0x0A, 0x61, 0x61, 0xE2, 0x82], 3, 3),
        ] as [([UInt8], Int, Int)])
    func invalid(bytes: [UInt8], line: Int, column: Int) {
        let (node, mistakes) = YAML.read(bytes: bytes, file: "f")
        #expect(node == nil && mistakes.map(\.description) == ["f:\(line):\(column): error: not UTF-8 text"])
    }

    @Test("32 levels are read and 33 are not, in both styles")
    func depth() {
        func nested(_ count: Int) -> String {
            String(repeating: "[", count: count) + String(repeating: "]", count: count)
        }
        func indented(_ count: Int) -> String {
            (0..<count).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        }
        for text in [nested(31), indented(32)] { #expect(YAML.read(text: text, file: "f").1.isEmpty) }
        for text in [nested(33), indented(33), nested(100_000), String(repeating: "- ", count: 100_000)] {
            let (_, diagnostics) = YAML.read(text: text, file: "f")
            #expect(diagnostics.contains { $0.message == "nested deeper than 32 levels" })
        }
    }

    @Test("past 100 mistakes the rest are counted")
    func flood() {
        let (_, diagnostics) = YAML.read(text: String(repeating: "a: yes\n", count: 200), file: "f")
        #expect(diagnostics.count == 101)
        #expect(diagnostics.last?.message == "and 299 more mistakes")
        let (_, hundred) = YAML.read(text: "- yes\n" + String(repeating: "- no\n", count: 99), file: "f")
        #expect(hundred.count == 100 && hundred.allSatisfy { !$0.message.hasPrefix("and ") })
        let (_, more) = YAML.read(text: String(repeating: "- no\n", count: 101), file: "f")
        #expect(more.count == 101 && more.last?.description == "f:100:3: error: and 1 more mistakes")
    }
}
