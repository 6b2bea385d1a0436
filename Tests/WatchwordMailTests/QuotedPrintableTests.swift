import Testing

@testable import WatchwordMail

@Suite("Quoted-printable")
struct QuotedPrintableTests {
    private static func encoded(_ line: String) -> String {
        String(decoding: QuotedPrintable.line(Array(line.utf8)), as: UTF8.self)
    }

    /// As RFC 2045 section 6.7 has a reader do it.
    private static func decoded(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(text.replacing("=\r\n", with: "").utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "=") else {
                bytes.append(byte)
                continue
            }
            bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
            rest = rest.dropFirst(2)
        }
        return bytes
    }

    @Test(
        "leaves what is plain and writes the rest in capital digits",
        arguments: [
            ("", ""), ("plain, text!", "plain, text!"), ("a=b", "a=3Db"), ("ü", "=C3=BC"), ("a\tb", "a=09b"),
            ("a\u{7F}", "a=7F"), ("=", "=3D"),
        ])
    func characters(_ line: String, _ expected: String) { #expect(Self.encoded(line) == expected) }

    @Test("no line ends in a space, which some system on the way would take away")
    func spaces() {
        #expect(Self.encoded("end ") == "end=20")
        #expect(Self.encoded("  ") == " =20")
        // At a soft line break a space stands before the `=`.
        let lines = Self.encoded(String(repeating: "a ", count: 100)).components("\r\n")
        #expect(lines.dropLast().allSatisfy { $0.hasSuffix("=") })
        #expect(lines.last?.hasSuffix("=20") == true)
    }

    @Test("no line is longer than 76 characters, none is cut inside of a byte, and a reader has it back")
    func lines() {
        for length in 60...160 {
            for unit in ["a", "=", "ü", "💥", "a ", "ab="] {
                let line = String(repeating: unit, count: length)
                let encoded = Self.encoded(line)
                #expect(encoded.components("\r\n").allSatisfy { $0.utf8.count <= 76 })
                #expect(Self.decoded(encoded) == Array(line.utf8), "\(unit) \(length)")
            }
        }
    }
}

extension String {
    /// Its pieces, by characters as bytes: `\r\n` is one character to Swift.
    fileprivate func components(_ separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}
