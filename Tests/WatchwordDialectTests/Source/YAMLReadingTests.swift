import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Reading YAML")
struct YAMLReadingTests {
    /// The plain data of a text that has no mistakes.
    private func value(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> Value? {
        let (node, diagnostics) = YAML.read(text: text, file: "test.yaml")
        #expect(diagnostics.isEmpty, "\(diagnostics)", sourceLocation: sourceLocation)
        return node?.value
    }

    @Test("plain scalars have the type they look like")
    func scalars() {
        let text = """
            a: text with spaces  # and a comment
            b: true
            c: false
            d: null
            e: ~
            f:
            g: 42
            h: -7
            i: 1.5
            j: 2e3
            k: 30m
            l: 127.0.0.1
            m: 2024-01-01
            n: http://x/y#z
            o: "1"
            p: 'it''s'
            q: 12:30
            r: $user.id|str
            s: -dash
            t: a#b
            """
        #expect(
            value(text)
                == .object([
                    .init("a", .string("text with spaces")), .init("b", .bool(true)), .init("c", .bool(false)),
                    .init("d", .null), .init("e", .null), .init("f", .null), .init("g", .int(42)), .init("h", .int(-7)),
                    .init("i", .double(1.5)), .init("j", .double(2000)), .init("k", .string("30m")),
                    .init("l", .string("127.0.0.1")), .init("m", .string("2024-01-01")),
                    .init("n", .string("http://x/y#z")), .init("o", .string("1")), .init("p", .string("it's")),
                    .init("q", .string("12:30")), .init("r", .string("$user.id|str")), .init("s", .string("-dash")),
                    .init("t", .string("a#b")),
                ]))
    }

    @Test("double quotes know the escapes of YAML and JSON")
    func escapes() {
        #expect(value(#""a\"b\\c\/d\n\t\u00e9\x41\U0001F600\uD83D\uDE00""#) == .string("a\"b\\c/d\n\té\u{41}😀😀"))
        #expect(value(#"'a\n'"#) == .string(#"a\n"#))
    }

    @Test("block mappings and sequences nest by indentation")
    func blocks() {
        let text = """
            a:
              b:
                - 1
                - c: 2
                  d: 3
                -
                  e: 4
                - - 5
                  - 6
              f:
              - 7
            g: 8
            """
        #expect(
            value(text)
                == .object([
                    .init(
                        "a",
                        .object([
                            .init(
                                "b",
                                .array([
                                    .int(1), .object([.init("c", .int(2)), .init("d", .int(3))]),
                                    .object([.init("e", .int(4))]), .array([.int(5), .int(6)]),
                                ])), .init("f", .array([.int(7)])),
                        ])), .init("g", .int(8)),
                ]))
    }

    @Test("flow collections may span lines, hold comments and end with a comma")
    func flows() {
        let text = """
            a: {b: [1, "x, y", {c: d}], # why
                e: {}, f: [],
            }
            g: [
              h,
            ]
            "i": {"j":1,"k":"l"}
            """
        #expect(
            value(text)
                == .object([
                    .init(
                        "a",
                        .object([
                            .init("b", .array([.int(1), .string("x, y"), .object([.init("c", .string("d"))])])),
                            .init("e", .object([])), .init("f", .array([])),
                        ])), .init("g", .array([.string("h")])),
                    .init("i", .object([.init("j", .int(1)), .init("k", .string("l"))])),
                ]))
    }

    @Test("`|` keeps lines, `>` joins them, `-` drops the last line end")
    func blockTexts() {
        let text = "a: |\n  one\n    two\n\n  three\nb: >-\n  one\n  two\n\n  three\nc:\n  - |-\n    x\n  - y\n"
        #expect(
            value(text)
                == .object([
                    .init("a", .string("one\n  two\n\nthree\n")), .init("b", .string("one two\nthree")),
                    .init("c", .array([.string("x"), .string("y")])),
                ]))
    }

    @Test("a file that ends within the last line of a text has no line end to keep")
    func unfinished() {
        for (mark, text) in [("|", "one\ntwo"), (">", "one two")] {
            #expect(value("a: \(mark)\n  one\n  two") == .object([.init("a", .string(text))]))
            #expect(value("a: \(mark)\n  one\n  two\n") == .object([.init("a", .string(text + "\n"))]))
            #expect(value("a: \(mark)\n  one\n  two\n\n\n") == .object([.init("a", .string(text + "\n"))]))
            #expect(value("a: \(mark)-\n  one\n  two\n") == .object([.init("a", .string(text))]))
        }
    }

    @Test("JSON is read as it is, with any line ends")
    func json() {
        #expect(
            value("{\r\n  \"a\": [1, null, {\"b\": \"\\u0041\"}],\r\n  \"c\": -1.5e2\r\n}\r\n")
                == .object([
                    .init("a", .array([.int(1), .null, .object([.init("b", .string("A"))])])),
                    .init("c", .double(-150)),
                ]))
    }

    @Test("an empty file, a file of comments and a marker at the start are no mistakes")
    func emptiness() {
        for text in ["", "\n\n", "# nothing\n", "   # nothing", "\u{FEFF}", "---\n"] {
            let (node, diagnostics) = YAML.read(text: text, file: "f")
            #expect(node == nil && diagnostics.isEmpty, "\(text.debugDescription)")
        }
        #expect(value("---\na: 1\n") == .object([.init("a", .int(1))]))
    }

    @Test("every node and key knows its line and its column in characters")
    func positions() {
        let (node, _) = YAML.read(text: "é: {ü: [a, b]}\nsecond:\n  - {k: \"v\"}\n", file: "f")
        let entries = node?.entries ?? []
        #expect(entries.map(\.position) == [SourcePosition(line: 1, column: 1), SourcePosition(line: 2, column: 1)])
        #expect(entries.first?.value.position == SourcePosition(line: 1, column: 4))
        #expect(entries.first?.value.entries?.first?.position == SourcePosition(line: 1, column: 5))
        #expect(
            entries.first?.value["ü"]?.items?.map(\.position)
                == [SourcePosition(line: 1, column: 9), SourcePosition(line: 1, column: 12)])
        #expect(entries.last?.value.items?.first?["k"]?.position == SourcePosition(line: 3, column: 9))
    }
}
