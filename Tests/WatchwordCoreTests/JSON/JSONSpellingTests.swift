import Testing
import WatchwordCore

/// A writer that shares nothing with ours and takes every freedom of RFC 8259: blanks, escapes, spellings of numbers.
private struct FreeWriter {
    var random: SeededValues

    mutating func text(_ value: Value) -> String {
        let body =
            switch value {
            case .null: "null"
            case .bool(let flag): flag ? "true" : "false"
            case .int(let number): integer(number)
            case .double(let number): real(number)
            case .string(let text): quoted(text)
            case .array(let items): list("[", items.map { text($0) }, "]")
            case .object(let members):
                list("{", members.map { quoted($0.name) + blank() + ":" + text($0.value) }, "}")
            }
        return blank() + body + blank()
    }

    private mutating func list(_ open: String, _ items: [String], _ close: String) -> String {
        open + blank() + items.joined(separator: ",") + close
    }

    private mutating func blank() -> String {
        (0..<random.below(3)).map { _ in [" ", "\t", "\n", "\r"][random.below(4)] }.joined()
    }

    private func integer(_ number: Int64) -> String { String(number) }

    private mutating func real(_ number: Double) -> String {
        let text = number.description
        guard !text.contains("e") else { return random.below(2) == 0 ? text : text.uppercased() }
        switch random.below(4) {
        case 0: return text + String(repeating: "0", count: random.below(5))
        case 1: return text + ["e0", "E+0", "e-0", "E00"][random.below(4)]
        default: return text
        }
    }

    private mutating func quoted(_ text: String) -> String {
        var written = "\""
        for scalar in text.unicodeScalars {
            let mustEscape = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
            let short: [Unicode.Scalar: String] = [
                "\"": "\\\"", "\\": "\\\\", "/": "\\/", "\u{8}": "\\b", "\u{C}": "\\f", "\n": "\\n", "\r": "\\r",
                "\t": "\\t",
            ]
            switch random.below(3) {
            case 0 where !mustEscape: written.unicodeScalars.append(scalar)
            case 1: written += short[scalar] ?? escaped(scalar)
            default: written += escaped(scalar)
            }
        }
        return written + "\""
    }

    private mutating func escaped(_ scalar: Unicode.Scalar) -> String {
        String(scalar).utf16.map { unit in
            let digits = String(unit, radix: 16, uppercase: random.below(2) == 0)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }
}

@Suite("JSON, however it is spelt")
struct JSONSpellingTests {
    @Test("A value is the same with any blanks, escapes and spellings of numbers", arguments: 0..<200 as Range<UInt64>)
    func spellings(seed: UInt64) {
        var values = SeededValues(seed)
        let value = values.value(depth: 4)
        var writer = FreeWriter(random: SeededValues(seed &+ 1_000))
        for _ in 0..<5 {
            let text = writer.text(value)
            #expect((try? JSON.parse(text.utf8).get()) == value, "seed \(seed): \(text)")
        }
    }

    @Test("A character is read by its escape as by itself, on every plane")
    func planes() {
        var writer = FreeWriter(random: SeededValues(3))
        let edges: [UInt32] = [
            0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x1_0000, 0x1_F600, 0x2_0000, 0xF_FFFF, 0x10_FFFF,
        ]
        for scalar in edges.compactMap(Unicode.Scalar.init) {
            let value = Value.string("<\(scalar)>")
            for _ in 0..<6 { #expect((try? JSON.parse(writer.text(value).utf8).get()) == value, "\(scalar.value)") }
            #expect(JSON.text(value) == "\"<\(scalar)>\"", "and is written as itself")
        }
    }

    @Test(
        "Two spellings of one name are one name twice, however it is escaped",
        arguments: [
            (#"{"a":1,"a":2}"#, 7), (#"{"a":1,"\u0061":2}"#, 7), (#"{"/":1,"\/":2}"#, 7), (#"{"":1,"":2}"#, 6),
            (#"{"\ud83d\ude00":1,"😀":2}"#, 18), (#"{"\n":1,"\u000A":2}"#, 8), (#"{"x":{},"b":1,"x":[]}"#, 14),
            // Equal for whoever looks a member up: the letter with its mark, and both apart.
            ("{\"\u{E9}\":1,\"e\u{301}\":2}", 8), (#"{"\u00e9":1,"e\u0301":2}"#, 12),
        ])
    func duplicates(_ text: String, _ offset: Int) {
        #expect(JSON.parse(text.utf8) == .failure(JSON.Problem(offset: offset, reason: .duplicate)))
    }

    @Test(
        "Names that differ in a letter's case, a blank or an unseen character are different names",
        arguments: [
            #"{"a":1,"A":2}"#, #"{"a":1,"a ":2}"#, #"{"a":1,"a\u0000":2}"#, "{\"a\":1,\"a\u{200B}\":2}",
            #"{"a":1,"b":{"a":2}}"#,
        ])
    func differentNames(_ text: String) {
        guard case .success(.object(let members)) = JSON.parse(text.utf8) else {
            Issue.record("not read: \(text)")
            return
        }
        #expect(members.count == 2)
    }

    @Test("Random bytes are read or refused at one of them, and trap nothing", arguments: 0..<60 as Range<UInt64>)
    func noise(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let likely = Array("{}[]\",:\\u0123456789dD89abefnrtEe+-. \u{C3}\u{A9}".utf8)
        for _ in 0..<200 {
            let bytes = (0..<Int.random(in: 0...30, using: &generator)).map { _ in
                Int.random(in: 0..<4, using: &generator) == 0
                    ? UInt8.random(in: 0...255, using: &generator)
                    : likely[Int.random(in: 0..<likely.count, using: &generator)]
            }
            switch JSON.parse(bytes) {
            case .success(let value):
                #expect((try? JSON.parse(JSON.text(value).utf8).get()) == value, "seed \(seed): \(bytes)")
            case .failure(let problem):
                #expect((0...bytes.count).contains(problem.offset), "seed \(seed): \(bytes)")
                #expect(problem.reason != .ended || problem.offset == bytes.count, "seed \(seed): \(bytes)")
            }
        }
    }

    @Test(
        "A problem tells the operator where it is, and shows nothing of what was sent", arguments: JSON.Reason.allCases)
    func descriptions(_ reason: JSON.Reason) {
        let texts: [JSON.Reason: String] = [
            .ended: "\"hunter2", .unexpected: "hunter2", .trailing: "1 hunter2",
            .duplicate: #"{"hunter2":1,"hunter2":2}"#,
            .depth: String(repeating: "[", count: 33) + "\"hunter2\"", .surrogate: #""\ud800hunter2""#,
            .escape: #""\hunter2""#,
            .control: "\"hunter2\u{1}\"", .number: "[1e999,\"hunter2\"]", .byteOrderMark: "\u{FEFF}hunter2",
        ]
        var bytes = Array((texts[reason] ?? "").utf8)
        if reason == .encoding { bytes = Array("\"hunter2".utf8) + [0xFF, 0x22] }
        guard case .failure(let problem) = JSON.parse(bytes) else {
            Issue.record("\(reason) was not met")
            return
        }
        #expect(problem.reason == reason)
        #expect("\(problem)" == "\(reason.rawValue) at byte \(problem.offset)")
        #expect(!"\(problem)".contains("hunter"))
    }
}
