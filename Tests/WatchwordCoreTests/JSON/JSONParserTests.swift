import Testing
import WatchwordCore

@Suite("JSON, read strictly")
struct JSONParserTests {
    private func value(_ text: String) -> Value? { try? JSON.parse(Array(text.utf8)).get() }

    private func problem(_ bytes: [UInt8]) -> JSON.Problem? {
        if case .failure(let problem) = JSON.parse(bytes) { problem } else { nil }
    }
    private func problem(_ text: String) -> JSON.Problem? { problem(Array(text.utf8)) }

    @Test(
        "Values of every type",
        arguments: [
            ("null", Value.null), ("true", .bool(true)), ("false", .bool(false)),
            ("0", .int(0)), ("-0", .int(0)), ("-17", .int(-17)), ("9223372036854775807", .int(.max)),
            ("-9223372036854775808", .int(.min)), ("9223372036854775808", .double(9_223_372_036_854_775_808)),
            ("1.5", .double(1.5)), ("1e3", .double(1_000)), ("-2E-2", .double(-0.02)), ("1E+2", .double(100)),
            ("1e-999", .double(0)), (#""""#, .string("")), (#""a""#, .string("a")), ("[]", .array([])),
            ("{}", .object([])), ("[1,[2],{}]", .array([.int(1), .array([.int(2)]), .object([])])),
            (#"{"a":1,"b":null}"#, .object([.init("a", .int(1)), .init("b", .null)])),
            (" \t\r\n{ \"a\" : [ 1 , 2 ] } \n", .object([.init("a", .array([.int(1), .int(2)]))])),
        ])
    func values(_ text: String, _ expected: Value) {
        #expect(value(text) == expected)
    }

    @Test("Members keep their order")
    func order() {
        guard case .object(let members) = value(#"{"z":1,"a":2,"m":3}"#) else {
            Issue.record("not an object")
            return
        }
        #expect(members.map(\.name) == ["z", "a", "m"])
    }

    @Test(
        "Strings and their escapes",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u00E9""#, "A\u{E9}\u{E9}"),
            (#""\ud83d\ude00""#, "\u{1F600}"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""a\u0000b""#, "a\u{0}b"),
            ("\"\u{1F600}é\u{2028}\u{7F}\"", "\u{1F600}é\u{2028}\u{7F}"), (#""x\ny""#, "x\ny"),
            (#""\uFFFF""#, "\u{FFFF}"), (#""\uD800\uDC00""#, "\u{10000}"), (#""\ud7ff\ue000""#, "\u{D7FF}\u{E000}"),
            (#""\uD800\uDFFF""#, "\u{103FF}"), (#""\n !""#, "\n !"), ("\" \"", " "),
        ])
    func strings(_ text: String, _ expected: String) {
        #expect(value(text)?.string.map { Array($0.utf8) } == Array(expected.utf8))
    }

    @Test(
        "What is not JSON is refused where it goes wrong",
        arguments: [
            ("", 0, JSON.Reason.ended), ("  ", 2, .ended), ("[", 1, .ended), ("{", 1, .ended), ("tru", 3, .ended),
            ("trux", 3, .unexpected), ("True", 0, .unexpected), ("nul", 3, .ended), ("[1 2]", 3, .unexpected),
            ("[1,]", 3, .unexpected), ("[,1]", 1, .unexpected), (#"{"a"}"#, 4, .unexpected),
            (#"{"a":}"#, 5, .unexpected),
            (#"{"a":1,}"#, 7, .unexpected), ("{a:1}", 1, .unexpected), ("{'a':1}", 1, .unexpected),
            ("1 2", 2, .trailing),
            ("{}}", 2, .trailing), ("null\u{0}", 4, .trailing), (#"{"a":1,"a":2}"#, 7, .duplicate),
            (#"{"a":1,"\u0061":2}"#, 7, .duplicate), (#"[{"b":{"a":1,"a":1}}]"#, 13, .duplicate),
            ("01", 1, .number), ("-01", 2, .number), ("00", 1, .number), ("09", 1, .number), ("0:", 1, .trailing),
            ("0/", 1, .trailing), ("1:", 1, .trailing), ("1/", 1, .trailing), ("[1:2]", 2, .unexpected),
            ("1.5:", 3, .trailing), ("1e5/", 3, .trailing), ("-", 1, .ended), ("-a", 1, .number), ("1.", 2, .ended),
            ("1.e2", 2, .number), (".5", 0, .unexpected), ("+1", 0, .unexpected), ("1e", 2, .ended), ("1e+", 3, .ended),
            ("1ex", 2, .number), ("1e400", 0, .number), ("-1e400", 0, .number), ("NaN", 0, .unexpected),
            ("Infinity", 0, .unexpected), ("0x1", 1, .trailing), ("// a\n1", 0, .unexpected),
            ("\u{A0}1", 0, .unexpected),
            ("\u{FEFF}1", 0, .byteOrderMark), ("\"abc", 4, .ended), ("\"a\nb\"", 2, .control),
            ("\"a\\n\u{1}\"", 4, .control),
            ("\"\\n\u{0}\"", 3, .control), ("\"\\n\u{1F}\"", 3, .control), (#""\ud800\ue000""#, 1, .surrogate),
            (#""\ud800\udbff""#, 1, .surrogate), (#""\udfff\udfff""#, 1, .surrogate),
            (#""\x41""#, 2, .escape), (#""\u00g0""#, 5, .escape), (#""\u00""#, 5, .escape), (#""\"#, 2, .ended),
            (#""\ud800""#, 1, .surrogate), (#""\udc00""#, 1, .surrogate), (#""\ud800\u0041""#, 1, .surrogate),
            (#""\ud800\ud800""#, 1, .surrogate), (#""\ud800x""#, 1, .surrogate), (#""\ud800\n""#, 1, .surrogate),
            (#""\ud83d"#, 7, .ended),
        ])
    func problems(_ text: String, _ offset: Int, _ reason: JSON.Reason) {
        #expect(problem(text) == JSON.Problem(offset: offset, reason: reason), "\(text)")
    }

    @Test(
        "Bytes that are not UTF-8 are refused",
        arguments: [
            [0x80], [0xC3], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF],
            [0xF0, 0x9F, 0x98],
        ] as [[UInt8]])
    func encoding(_ bytes: [UInt8]) {
        #expect(problem([0x22] + bytes + [0x22])?.reason == .encoding)
        #expect(problem([0x22, 0x5C, 0x6E] + bytes + [0x22])?.reason == .encoding, "behind an escape")
        #expect(problem(bytes)?.reason == .unexpected, "outside a string")
    }

    @Test("32 levels are read, 33 are not, a million cost no stack")
    func depth() {
        for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
            let inside = open == "[" ? "" : "1"
            let nested = { (count: Int) in
                String(repeating: open, count: count) + inside + String(repeating: close, count: count)
            }
            #expect(problem(nested(32)) == nil)
            #expect(problem(nested(33)) == JSON.Problem(offset: 32 * open.utf8.count, reason: .depth))
            #expect(problem(String(repeating: open, count: 1_000_000))?.reason == .depth)
        }
        for beside in ["[]", #"{"a":[]}"#, "{}"] {
            let text = "[" + String(repeating: beside + ",", count: 100) + beside + "]"
            #expect(value(text) != nil, "beside is not inside")
            // Nor does what is closed make room for more.
            let inner = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
            #expect(problem("[\(beside),\(beside),\(inner)]")?.reason == .depth, "\(beside)")
            #expect(problem("{\"a\":\(beside),\"b\":\(beside),\"c\":\(inner)}")?.reason == .depth, "\(beside)")
        }
    }

    @Test("A number is read up to 256 characters")
    func longNumbers() {
        #expect(problem(String(repeating: "1", count: 256)) == nil)
        #expect(problem(String(repeating: "1", count: 257))?.reason == .number)
        #expect(problem("0." + String(repeating: "0", count: 100_000))?.reason == .number)
    }

    @Test("Any collection of bytes is read")
    func collections() {
        let bytes: [UInt8] = [0x20, 0x5B, 0x5D, 0x20]
        #expect((try? JSON.parse(bytes[1...2]).get()) == .array([]))
        #expect((try? JSON.parse("[]".utf8).get()) == .array([]))
    }

    @Test("A problem says where and what, and nothing of the text")
    func description() {
        #expect(problem("[secret]")?.description == "unexpected character at byte 1")
    }
}
