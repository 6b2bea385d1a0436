import Testing
import WatchwordCore

@Suite("JSON, both ways")
struct JSONPropertyTests {
    @Test(
        "Compact text, escaped where it must be and nowhere else",
        arguments: [
            (Value.string("a/b\"c\\d"), #""a/b\"c\\d""#),
            (.string("\u{0}\u{1}\u{1F}\u{7F}"), "\"\\u0000\\u0001\\u001f\u{7F}\""),
            (.string("\u{8}\t\n\u{C}\r"), #""\b\t\n\f\r""#), (.string("é\u{2028}\u{1F600}"), "\"é\u{2028}\u{1F600}\""),
            (.int(.min), "-9223372036854775808"), (.int(.max), "9223372036854775807"), (.int(0), "0"), (.int(-7), "-7"),
            (.int(1_000), "1000"), (.double(0.1), "0.1"), (.double(1), "1.0"), (.double(1e300), "1e+300"),
            (.double(.infinity), "null"), (.double(.nan), "null"), (.null, "null"), (.bool(true), "true"),
            (.bool(false), "false"), (.array([]), "[]"), (.object([]), "{}"),
            (.object([.init("z", .array([.int(1), .null])), .init("a\"", .object([]))]), #"{"z":[1,null],"a\"":{}}"#),
        ])
    func text(_ value: Value, _ expected: String) {
        #expect(JSON.text(value) == expected)
    }

    @Test("Of ASCII only the quote, the backslash and the 32 controls are escaped")
    func ascii() {
        let short: [UInt8: String] = [8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 0x22: "\\\"", 0x5C: "\\\\"]
        for byte in 0...0x7F as ClosedRange<UInt8> {
            let character = String(Unicode.Scalar(byte))
            let escaped = short[byte] ?? (byte < 0x20 ? "\\u00" + TextEncoding.hex.encode([byte]) : character)
            #expect(JSON.text(.string("x\(character)y")) == "\"x\(escaped)y\"", "\(byte)")
        }
    }

    @Test("Every integer is written as the standard library writes it")
    func integers() {
        var generator = SeededGenerator(seed: 3)
        var numbers: [Int64] = [.min, .min + 1, -10, -9, -1, 0, 1, 9, 10, 99, 100, .max - 1, .max]
        for shift in 0..<64 { numbers.append(Int64(truncatingIfNeeded: generator.next() >> UInt64(shift))) }
        for number in numbers { #expect(JSON.text(.int(number)) == String(number)) }
    }

    @Test("It appends, and leaves what is there")
    func appends() {
        var bytes = Array("x".utf8)
        JSON.append(.int(1), to: &bytes)
        JSON.append(string: "é", to: &bytes)
        JSON.append(escaped: "\"", to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "x1\"é\"\\\"")
    }

    @Test("What is written is read back as the same", arguments: 0..<300 as Range<UInt64>)
    func roundTrip(seed: UInt64) {
        var random = SeededValues(seed)
        let value = random.value(depth: 5)
        let bytes = Array(JSON.text(value).utf8)
        #expect((try? JSON.parse(bytes).get()) == value, "seed \(seed)")
    }

    @Test("A text cut anywhere is refused, never read", arguments: 0..<60 as Range<UInt64>)
    func truncation(seed: UInt64) {
        var random = SeededValues(seed)
        let bytes = Array(JSON.text(.object([.init("k", random.value(depth: 4))])).utf8)
        for count in 0..<bytes.count {
            guard case .failure(let problem) = JSON.parse(bytes[..<count]) else {
                Issue.record("seed \(seed): \(count) of \(bytes.count) bytes were read")
                return
            }
            #expect(problem.offset <= count, "seed \(seed)")
        }
    }

    @Test(
        "Changed bytes never trap, and what is read can be written and read again", arguments: 0..<60 as Range<UInt64>)
    func mutation(seed: UInt64) {
        var random = SeededValues(seed)
        let bytes = Array(JSON.text(random.value(depth: 4)).utf8)
        for _ in 0..<200 where !bytes.isEmpty {
            var changed = bytes
            for _ in 0...random.below(3) {
                let index = random.below(changed.count)
                switch random.below(3) {
                case 0: changed[index] = UInt8(random.below(256))
                case 1: changed.insert(Array("{}[],:\"\\u0e-.tfn".utf8)[random.below(16)], at: index)
                default: if changed.count > 1 { changed.remove(at: index) }
                }
            }
            guard case .success(let value) = JSON.parse(changed) else { continue }
            #expect((try? JSON.parse(Array(JSON.text(value).utf8)).get()) == value, "seed \(seed)")
        }
    }
}
