import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Hostile bodies and types of bodies")
struct HostileBodyTests {
    private func bind(
        _ body: [UInt8], _ type: String? = "application/json", media: [MediaType] = [.json], path: [String] = ["v"]
    ) -> Outcome<Submission> {
        let route = Sample.dialect([
            Sample.route("POST /x", .signUp) {
                $0.media = media
                $0.bindings = [Binding(.name, [.body(path)])]
            }
        ]).routes[0]
        let headers = type.map { [(name: "content-type", value: $0)] } ?? []
        return route.bind(WireRequest(method: "POST", path: "/x", headers: headers, body: body), parameters: [])
    }

    private func value(_ json: String) -> Value? { bind(Array(#"{"v":\#(json)}"#.utf8)).output?[.name] }

    @Test(
        "Values are bound as JSON has them, of any type and size",
        arguments: [
            ("0", Value.int(0)), ("-0", .int(0)), ("9223372036854775807", .int(.max)),
            ("-9223372036854775808", .int(.min)), ("1.5", .double(1.5)), ("1e2", .double(100)), ("true", .bool(true)),
            ("null", .null), ("[]", .array([])), ("{}", .object([])), (#""""#, .string("")),
            (#""\u0000""#, .string("\u{0}")), (#""\ud83d\ude00""#, .string("\u{1F600}")),
            (#""\/\b\f""#, .string("/\u{8}\u{C}")),
            (#"[{"a":[null]}]"#, .array([.object([.init("a", .array([.null]))])])),
        ])
    func values(json: String, expected: Value) { #expect(value(json) == expected) }

    @Test(
        "What is no JSON is refused as a whole, also in members that nobody reads",
        arguments: [
            #""\ud800""#, #""\udc00\ud800""#, #""\ud83d""#, #""\u12""#, #""\x""#, "\"a\u{0}b\"", "\"a\nb\"", "01", "1.",
            ".5", "+1", "1e", "NaN", "Infinity", "-", "tru", "'a'", "[1,]", #"{"a":1,}"#, "{a:1}", "1 2", "/**/1", "",
            String(repeating: "[", count: 1_000) + String(repeating: "]", count: 1_000),
            String(repeating: #"{"a":"#, count: 1_000) + "1" + String(repeating: "}", count: 1_000),
            String(repeating: "9", count: 5_000),
        ])
    func malformed(json: String) {
        #expect(bind(Array(#"{"v":\#(json)}"#.utf8)).refusal?.code == .badJSON)
        #expect(bind(Array(#"{"v":"a","x":\#(json)}"#.utf8)).refusal?.code == .badJSON)
        #expect(bind(Array(#"{"v":"a","x":\#(json)}"#.utf8)).refusal?.problems == [InputProblem(.body, .json)])
    }

    @Test(
        "Bytes that are not UTF-8 are no JSON, no text, and no value of a form or of a part",
        arguments: [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80],
        ] as [[UInt8]])
    func notText(bytes: [UInt8]) {
        #expect(bind(Array(#"{"v":""#.utf8) + bytes + Array(#""}"#.utf8)).refusal?.code == .badJSON)
        let text = bind(bytes, "text/plain", media: [.text], path: ["*"])
        #expect(text.refusal == Refusal(.validation, problems: [InputProblem(.body, .characters)]))
        let broken = Refusal(.validation, problems: [InputProblem(.name, .characters)])
        #expect(bind(Array("v=".utf8) + bytes, "application/x-www-form-urlencoded", media: [.form]).refusal == broken)
        let escaped = bytes.map(PercentEncoding.escape).joined()
        #expect(
            bind(Array("v=\(escaped)".utf8), "application/x-www-form-urlencoded", media: [.form]).refusal == broken)
        let head = Array("--X\r\nContent-Disposition: form-data; name=v\r\n\r\n".utf8)
        #expect(
            bind(head + bytes + Array("\r\n--X--".utf8), "multipart/form-data; boundary=X", media: [.multipart]).refusal
                == broken)
        // In a field that nobody reads they stand in nobody's way.
        #expect(
            bind(Array("v=a&x=".utf8) + bytes, "application/x-www-form-urlencoded", media: [.form]).output?[.name]
                == .string("a"))
    }

    @Test("A byte order mark is no part of JSON (RFC 8259 section 8.1)")
    func byteOrderMark() {
        #expect(bind([0xEF, 0xBB, 0xBF] + Array(#"{"v":1}"#.utf8)).refusal?.code == .badJSON)
    }

    @Test(
        "A path is followed through members and items, and ends where there is none",
        arguments: [
            (["a", "b"], Value.int(1)), (["a"], .object([.init("b", .int(1))])), (["a", "c"], nil),
            (["l", "0"], .int(7)),
            (["l", "1"], nil), (["l", "-1"], nil), (["l", "x"], nil), (["l", ""], nil), (["t", "0"], nil),
            (["l", "99999999999999999999"], nil), (["n", "a"], nil), ([""], .int(3)), (["*"], nil),
        ] as [([String], Value?)])
    func paths(path: [String], expected: Value?) {
        let body = Array(#"{"a":{"b":1},"l":[7],"t":"text","n":null,"":3}"#.utf8)
        let found = bind(body, path: path).output?[.name]
        #expect(path == ["*"] ? found?["a"] != nil : found == expected)
    }

    // MARK: Types

    @Test(
        "A form's type has its name alone, whatever parameters stand behind it",
        arguments: [
            ("application/x-www-form-urlencoded", true), ("Application/X-WWW-Form-Urlencoded", true),
            ("application/x-www-form-urlencoded; charset=UTF-8", true),
            ("application/x-www-form-urlencoded;charset=\"utf-8\"", true),
            ("application/x-www-form-urlencoded ; a=b", true),
            (" application/x-www-form-urlencoded ", true), ("application/x-www-form-urlencoded;", true),
            ("application/x-www-form-urlencoded;;;", true),
            ("application/x-www-form-urlencoded; charset=iso-8859-1", false),
            ("application/x-www-form-urlencoded; charset=utf-8; charset=utf-16", false),
            ("application/x-www-form-urlencoded; CHARSET=UTF-7", false), ("application/x-www-form", false),
            ("application/x-www-form-urlencoded2", false), ("x-www-form-urlencoded", false),
            ("application / x-www-form-urlencoded", false), ("application/x-www-form-urlencoded, text/plain", false),
            ("application/x-www-form-urlencoded\u{301}", false), ("multipart/form-data", false),
        ])
    func forms(type: String, isTaken: Bool) {
        let bound = bind(Array("v=a".utf8), type, media: [.form])
        #expect(bound.output?[.name] == (isTaken ? .string("a") : nil))
        #expect(
            bound.refusal == (isTaken ? nil : Refusal(.unsupportedMedia, problems: [InputProblem(.body, .media)])))
    }

    @Test(
        "A multipart body has a boundary among its parameters, in any order and written either way",
        arguments: [
            ("multipart/form-data; boundary=X", true), ("multipart/form-data;boundary=\"X\"", true),
            ("MULTIPART/FORM-DATA; BOUNDARY=X", true), ("multipart/form-data; charset=utf-8; boundary=X", true),
            ("multipart/form-data; a=\"b;boundary=Y\"; boundary=X", true),
            ("multipart/form-data; boundary=X; a=b", true),
            ("multipart/form-data; a; boundary=X", true), ("multipart/form-data; boundary=\"\\X\"", true),
            ("multipart/form-data", false), ("multipart/form-data; boundary", false),
            ("multipart/form-data; boundary=Y", false),
            ("multipart/form-data; boundary=x", false), ("multipart/form-data; boundary=\"X", false),
            ("multipart/form-data; xboundary=X", false), ("multipart/form-data; boundary=Y; boundary=X", false),
        ])
    func multiparts(type: String, isTaken: Bool) {
        let body = "--X\r\nContent-Disposition: form-data; name=\"v\"\r\n\r\na\r\n--X--\r\n"
        let bound = bind(Array(body.utf8), type, media: [.multipart])
        #expect(bound.output?[.name] == (isTaken ? .string("a") : nil), "\(type)")
        #expect((bound.refusal?.code == .validation) == !isTaken, "\(type)")
    }

    @Test("The first Content-Type that says something is the body's, and no second changes it")
    func twoTypes() {
        let route = Sample.dialect([
            Sample.route("POST /x", .signUp) {
                $0.media = [.json, .form]
                $0.bindings = [Binding(.name, [.body(["v"])])]
            }
        ]).routes[0]
        func code(_ types: [String], _ body: String) -> RefusalCode? {
            let headers = types.map { (name: "content-type", value: $0) }
            return route.bind(
                WireRequest(method: "POST", path: "/x", headers: headers, body: Array(body.utf8)), parameters: []
            ).refusal?.code
        }
        #expect(code(["application/json", "application/x-www-form-urlencoded"], #"{"v":"a"}"#) == nil)
        #expect(code(["application/json", "application/x-www-form-urlencoded"], "v=a") == .badJSON)
        #expect(code(["", "application/json"], #"{"v":"a"}"#) == .unsupportedMedia)
        #expect(code([], #"{"v":"a"}"#) == .unsupportedMedia)
    }
}
