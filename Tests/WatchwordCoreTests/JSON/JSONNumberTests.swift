import Testing
import WatchwordCore

@Suite("Numbers of JSON")
struct JSONNumberTests {
    private func read(_ text: String) -> Value? { try? JSON.parse(text.utf8).get() }

    @Test("Every finite double comes back with all of its bits", arguments: 0..<20 as Range<UInt64>)
    func doubles(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let number = Double(bitPattern: generator.next())
            guard number.isFinite else { continue }
            guard case .double(let back)? = read(JSON.text(.double(number))) else {
                Issue.record("seed \(seed): \(number) is not read as a double")
                continue
            }
            #expect(back.bitPattern == number.bitPattern, "seed \(seed): \(number)")
        }
    }

    @Test(
        "A double stays one, whole, tiny, or with a minus before a zero",
        arguments: [
            0.0, -0.0, 1, -1, 1e15, 1e16, 1e17, 9_007_199_254_740_992, 1e22, .leastNonzeroMagnitude,
            -.leastNonzeroMagnitude,
            .leastNormalMagnitude, .greatestFiniteMagnitude, 0.1, 1 / 3,
        ] as [Double])
    func kept(_ number: Double) {
        guard case .double(let back)? = read(JSON.text(.double(number))) else {
            Issue.record("\(number) is not read as a double")
            return
        }
        #expect(back.bitPattern == number.bitPattern)
    }

    @Test(
        "Every integer of 64 bits comes back exact, beyond the 53 bits that others keep (RFC 8259 section 6)",
        arguments: 0..<20 as Range<UInt64>)
    func integers(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for shift in 0..<64 as Range<UInt64> {
            let number = Int64(truncatingIfNeeded: generator.next() >> shift)
            for text in ["\(number)", " \(number) "] { #expect(read(text) == .int(number), "seed \(seed)") }
        }
        for edge in [Int64(1) << 53, 1 << 53 + 1, -(1 << 53) - 1, .max, .min] { #expect(read("\(edge)") == .int(edge)) }
    }

    @Test(
        "Only digits make an integer: what has a point or an exponent is a double, though it is whole",
        arguments: [
            ("1.0", 1), ("1e0", 1), ("10E-1", 1), ("-0.0", 0), ("0e9", 0), ("100e-2", 1), ("1E2", 100),
            ("-1.50e1", -15),
        ])
    func whole(_ text: String, _ number: Double) {
        #expect(read(text) == .double(number))
        #expect(read(text)?.int == nil)
    }

    @Test("The last integer of 64 bits is one, and the next is the nearest double, either way")
    func edge() {
        #expect(read("9223372036854775807") == .int(.max))
        #expect(read("9223372036854775808") == .double(0x1p63))
        #expect(read("-9223372036854775808") == .int(.min))
        #expect(read("-9223372036854775809") == .double(-0x1p63))
        #expect(read(String(repeating: "9", count: 256)) == .double(1e256))
    }

    @Test("What rounds to infinity is refused, and what rounds to the greatest double is that")
    func overflow() {
        #expect(read("1.7976931348623158e308") == .double(.greatestFiniteMagnitude))
        #expect(read("1.7976931348623159e308") == nil)
        #expect(read("-1.7976931348623159e308") == nil)
        #expect(read("2e308") == nil && read("1e309") == nil && read("1e99999") == nil)
        #expect(read("1e-99999") == .double(0))
        #expect(read("3e-324") == .double(.leastNonzeroMagnitude))
        #expect(read("2e-324") == .double(0))
    }

    @Test(
        "A number may have 256 characters and no more, of whatever kind",
        arguments: [
            ("", "1", ""), ("-", "1", ""), ("0.", "3", ""), ("1e-", "0", "1"), ("0.", "0", "1"), ("-0.", "9", "e+1"),
        ])
    func length(_ start: String, _ digit: String, _ end: String) {
        let most = 256 - start.utf8.count - end.utf8.count
        let text = { (count: Int) in start + String(repeating: digit, count: count) + end }
        #expect(read(text(most)) != nil)
        #expect(read("[\(text(most))]") != nil)
        #expect(JSON.parse(text(most + 1).utf8) == .failure(JSON.Problem(offset: 0, reason: .number)))
        #expect(JSON.parse("[1,\(text(most + 1))]".utf8) == .failure(JSON.Problem(offset: 3, reason: .number)))
    }

    @Test("What is no number for JSON is none in the middle of it either")
    func foreign() {
        for text in [
            "1_000", "1,000", "1'000", "0b1", "0o7", "1.e1", "1f", "1n", "١", "½", "∞", "--1", "-+1", "1-", "1e1.5",
            "1e 5", "- 1",
        ] {
            #expect(read(text) == nil, "\(text)")
            #expect(read("[\(text)]") == nil, "\(text)")
        }
    }

    @Test("A double that is no number becomes null wherever it stands, and so the text stays JSON")
    func notFinite() {
        for number in [Double.nan, .infinity, -.infinity, .signalingNaN] {
            let value = Value.object([.init("n", .array([.double(number), .int(1)]))])
            #expect(JSON.text(value) == #"{"n":[null,1]}"#)
            #expect(JSON.indented(.double(number)) == "null")
            #expect(JSONText.fitted(value, width: 80) == #"{"n": [null, 1]}"#)
        }
    }
}
