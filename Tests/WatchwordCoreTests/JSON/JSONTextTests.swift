import Testing
import WatchwordCore

@Suite("JSON for people")
struct JSONTextTests {
    private let value = Value.object([
        .init("id", .int(7)), .init("tags", .array([.string("a"), .string("b\"")])), .init("none", .object([])),
        .init("in", .object([.init("deep", .array([.null, .array([])]))])),
    ])

    @Test("Indented, every member and item has its line, two spaces a level, and what is empty stays closed")
    func indented() {
        let text = """
            {
              "id": 7,
              "tags": [
                "a",
                "b\\""
              ],
              "none": {},
              "in": {
                "deep": [
                  null,
                  []
                ]
              }
            }
            """
        #expect(JSON.indented(value) == text)
        let nested = Value.array([.array([.int(1), .object([.init("a", .array([.int(2)]))])])])
        #expect(
            JSON.indented(nested)
                == "[\n  [\n    1,\n    {\n      \"a\": [\n        2\n      ]\n    }\n  ]\n]")
        #expect(JSON.indented(.array([])) == "[]")
        #expect(JSON.indented(.string("x")) == #""x""#)
    }

    @Test("Fitted, what fits into the width is one line, and what is one too wide is broken")
    func fitted() {
        let line = #"{"id": 7, "tags": ["a", "b\""], "none": {}, "in": {"deep": [null, []]}}"#
        #expect(JSONText.fitted(value, width: line.count) == line)
        let broken = """
            {
              "id": 7,
              "tags": ["a", "b\\""],
              "none": {},
              "in": {"deep": [null, []]}
            }
            """
        #expect(JSONText.fitted(value, width: line.count - 1) == broken)
        // `  "in": {"deep": [null, []]},` has 29 characters, a comma counted where none follows.
        #expect(JSONText.fitted(value, width: 29) == broken)
        #expect(JSONText.fitted(value, width: 28).hasSuffix("  \"in\": {\n    \"deep\": [null, []]\n  }\n}"))
    }

    @Test("An array is broken like an object, its items by their own width and the comma behind them")
    func items() {
        let items = Value.array([.string("1234567890"), .array([.int(1), .int(2)])])
        #expect(JSONText.fitted(items, width: 24) == #"["1234567890", [1, 2]]"#)
        #expect(JSONText.fitted(items, width: 21) == "[\n  \"1234567890\",\n  [1, 2]\n]")
        #expect(JSONText.fitted(items, width: 9) == "[\n  \"1234567890\",\n  [1, 2]\n]")
        #expect(JSONText.fitted(items, width: 8) == "[\n  \"1234567890\",\n  [\n    1,\n    2\n  ]\n]")
    }

    @Test("What begins behind other text has that much less room")
    func used() {
        #expect(JSONText.fitted(.array([.int(1)]), width: 5, used: 2) == "[1]")
        #expect(JSONText.fitted(.array([.int(1)]), width: 5, used: 3) == "[\n  1\n]")
        #expect(JSONText.fitted(.array([.int(1)]), width: 5, level: 1) == "[1]")
        #expect(JSONText.fitted(.array([.int(1)]), width: 4, level: 1) == "[\n    1\n  ]")
    }

    @Test("What is empty, or no tree, stays on its line however narrow it is")
    func unbreakable() {
        for value in [Value.array([]), .object([]), .string("long"), .null, .int(12_345)] {
            #expect(JSONText.fitted(value, width: 0) == JSON.text(value))
        }
    }

    @Test("However it is laid out, it is the same value, and no line of it is wider than need be")
    func same() {
        for seed in 0..<60 as Range<UInt64> {
            var random = SeededValues(seed)
            let value = random.value(depth: 4)
            for width in [0, 20, 60, 400] {
                let text = JSONText.fitted(value, width: width)
                #expect((try? JSON.parse(text.utf8).get()) == value, "seed \(seed), width \(width)")
            }
            #expect((try? JSON.parse(JSON.indented(value).utf8).get()) == value, "seed \(seed)")
        }
    }

    @Test("A line is wider than the width only where nothing in it could be broken", arguments: 0..<60 as Range<UInt64>)
    func width(seed: UInt64) {
        var random = SeededValues(seed)
        let value = Value.object([.init("first", random.value(depth: 4)), .init("second", random.value(depth: 4))])
        for width in [10, 24, 40, 80] {
            for line in JSONText.fitted(value, width: width).split(separator: "\n") where line.count > width {
                // What stands behind the margin and the name, without the comma: no array or object with something in it.
                var part = String(line.drop { $0 == " " })
                if part.hasSuffix(",") { part.removeLast() }
                let whole = (try? JSON.parse(part.utf8).get()) ?? (try? JSON.parse("{\(part)}".utf8).get())
                let breakable: Bool =
                    switch whole {
                    case .array(let items): !items.isEmpty
                    case .object(let members):
                        switch members.first?.value {
                        case .array(let items): !items.isEmpty
                        case .object(let members): !members.isEmpty
                        default: false
                        }
                    default: false
                    }
                #expect(!breakable, "seed \(seed), width \(width): \(line)")
            }
        }
    }
}
