import Testing
import WatchwordCore

@Suite("Secrets")
struct SecretTests {
    // A private type would be dumped with an address, which may have any digits.
    struct Holder {
        var password: Secret
    }

    @Test("No way of printing a secret prints it")
    func neverPrinted() {
        let secret = Secret("correct horse")
        #expect("\(secret)" == "[secret]")
        #expect(String(reflecting: secret) == "[secret]")
        #expect(!"\(Holder(password: secret))".contains("horse"))
        var dumped = ""
        dump(Holder(password: secret), to: &dumped)
        #expect(!dumped.contains("horse"))
        #expect(!dumped.contains("99"))
        #expect(Mirror(reflecting: secret).children.isEmpty)
    }

    @Test("It is revealed byte for byte")
    func revealed() {
        #expect(Secret("Ünï\u{0}").revealed == "Ünï\u{0}")
        #expect(Secret([0x61, 0x62]).revealed == "ab")
    }

    @Test("Secrets are equal if all their bytes are")
    func equality() {
        #expect(Secret("abc") == Secret("abc"))
        #expect(Secret("abc") != Secret("abd"))
        #expect(Secret("abc") != Secret("xbc"))
        #expect(Secret("abc") != Secret("ab"))
        #expect(Secret("") == Secret(""))
        // Normalisation must not make two passwords one.
        #expect(Secret("\u{E9}") != Secret("e\u{301}"))
    }

    @Test("The kernel's generator gives as many bytes as asked, and others each time")
    func random() {
        let source = SystemRandom()
        for count in [0, 1, 7, 8, 9, 33] { #expect(source.bytes(count).count == count) }
        #expect(source.bytes(32) != source.bytes(32))
    }

    @Test(
        "Two byte strings are equal only if no bit of theirs differs, whatever holds them",
        arguments: [1, 2, 16, 32, 65])
    func everyBit(_ count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let bytes = generator.bytes(count)
        #expect(constantTimeEqual(bytes, bytes[...]))
        #expect(constantTimeEqual(bytes.reversed(), Array(bytes.reversed())))
        for bit in 0..<count * 8 {
            var other = bytes
            other[bit / 8] ^= 1 << (bit % 8)
            #expect(!constantTimeEqual(bytes, other), "bit \(bit)")
            #expect(Secret(bytes) != Secret(other))
        }
        for other in [Array(bytes.dropLast()), bytes + [0], bytes + bytes, []] {
            #expect(!constantTimeEqual(bytes, other) && !constantTimeEqual(other, bytes))
        }
        // Two differences do not make up for each other.
        if count > 1 {
            var other = bytes
            other[0] ^= 0x5A
            other[count - 1] ^= 0x5A
            #expect(!constantTimeEqual(bytes, other))
        }
    }

    @Test("No byte of what the kernel's generator gives stands still", arguments: [1, 7, 8, 9, 32])
    func varied(_ count: Int) {
        let drawn = (0..<64).map { _ in SystemRandom().bytes(count) }
        for index in 0..<count { #expect(Set(drawn.map { $0[index] }).count > 8, "byte \(index)") }
    }
}
