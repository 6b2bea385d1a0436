import Testing
import WatchwordCore

@Suite("Under what identifiers are looked up")
struct IdentifierKeyTests {
    /// Pieces that join to others in ways of their own: marks, joiners, flags, a letter that takes what follows it.
    private static let pieces = [
        " ", "\t", "\n", "\r\n", "\r", "\u{B}", "\u{C}", "a", "B", "é", "e\u{301}", "\u{301}", "\u{200D}",
        "\u{1F469}\u{200D}\u{1F467}",
        "\u{1F1E9}\u{1F1EA}", "\u{D4E}", "\u{A0}", "\u{2003}", "名", "İ", "ß", "Σ",
    ]

    private func text(_ random: inout SeededValues) -> String {
        (0..<random.below(9)).map { _ in Self.pieces[random.below(Self.pieces.count)] }.joined()
    }

    @Test(
        "Trimmed is what is left when blank bytes are taken from both ends, one by one",
        arguments: 0..<100 as Range<UInt64>)
    func trimmed(seed: UInt64) {
        var random = SeededValues(seed)
        let blanks: [UInt8] = [0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20]
        for _ in 0..<50 {
            let text = text(&random)
            var bytes = Array(text.utf8)
            while let last = bytes.last, blanks.contains(last) { bytes.removeLast() }
            while let first = bytes.first, blanks.contains(first) { bytes.removeFirst() }
            #expect(Array(Identifier.trimmed(text).utf8) == bytes, "seed \(seed): \(text.debugDescription)")
        }
    }

    @Test(
        "A key is its own key, whatever it was made from, and does not tell the cases or the blanks around it",
        arguments: 0..<100 as Range<UInt64>)
    func stable(seed: UInt64) {
        var random = SeededValues(seed)
        for _ in 0..<50 {
            let text = text(&random)
            let key = Identifier.key(text)
            #expect(Array(Identifier.key(key).utf8) == Array(key.utf8), "seed \(seed): \(text.debugDescription)")
            #expect(
                Array(Identifier.key(" \(text)\r\n").utf8) == Array(key.utf8), "seed \(seed): \(text.debugDescription)")
            #expect(Identifier.email(text).key == Identifier.username(text).key)
        }
        for byte in 0x41...0x5A as ClosedRange<UInt8> {
            let upper = String(Unicode.Scalar(byte))
            #expect(Identifier.key(upper) == String(Unicode.Scalar(byte + 0x20)))
        }
    }

    @Test("A username has nothing to trim, whatever follows what", arguments: 0..<100 as Range<UInt64>)
    func unpadded(seed: UInt64) {
        var random = SeededValues(seed)
        for _ in 0..<50 {
            let text = text(&random)
            guard Identifier.isUsername(text) else { continue }
            let first = text.utf8.first
            let last = text.utf8.last
            #expect(first != 0x20 && last != 0x20, "seed \(seed): \(text.debugDescription)")
            #expect(!text.utf8.contains { (0x09...0x0D).contains($0) })
            #expect((1...64).contains(text.count) && !Identifier.key(text).isEmpty)
        }
    }

    @Test("No username is an address, so that whoever signs in with either is one account")
    func disjoint() {
        for text in ["ann", "ann.example.org", "ann＠example.org", "a\u{301}nn", "名前"] {
            #expect(Identifier.isUsername(text) && !Identifier.isEmail(text))
        }
        for text in ["ann@example.org", "a@b", "@", "ann@\u{301}b", "ann\u{D4E}@b"] {
            #expect(!Identifier.isUsername(text))
        }
    }

    @Test("A letter that only looks like another makes another key")
    func lookalikes() {
        // Cyrillic а, Greek ο, a digit for a letter.
        for (left, right) in [("ann", "\u{430}nn"), ("bob", "b\u{3BF}b"), ("l0u", "lou")] {
            #expect(Identifier.key(left) != Identifier.key(right))
        }
        #expect(Identifier.email("a@b") != .username("a@b"))
    }

    @Test("A username has at most 64 characters as people count them, and at least one")
    func lengths() {
        for character in ["a", "é", "e\u{301}", "\u{1F1E9}"] {
            #expect(Identifier.isUsername(character))
        }
        for count in [1, 63, 64] { #expect(Identifier.isUsername(String(repeating: "a", count: count))) }
        for count in [0, 65, 1_000] { #expect(!Identifier.isUsername(String(repeating: "a", count: count))) }
        #expect(Identifier.isUsername(String(repeating: "e\u{301}", count: 64)))
        #expect(!Identifier.isUsername(String(repeating: "e\u{301}", count: 65)))
    }
}
