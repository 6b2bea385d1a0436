import Testing
import WatchwordCore

@Suite("How strong a token is")
struct OpaqueStrengthTests {
    @Test("A format's random bits are counted, whatever its prefix")
    func bits() {
        let cases: [(OpaqueFormat, Int, Bool)] = [
            (OpaqueFormat(), 256, false), (OpaqueFormat(prefix: "x_", .bytes(15, .hex)), 120, false),
            (OpaqueFormat(.bytes(14, .base62)), 112, false), (OpaqueFormat(.bytes(13, .base62)), 104, true),
            (OpaqueFormat(.uuid), 122, false),
            (OpaqueFormat(.letters(alphabet: "0123456789", length: 6)), 19, true),
            (OpaqueFormat(.letters(alphabet: "ybndrfg8ejkmcpqxot1uwisza345h769", length: 26)), 130, false),
            (OpaqueFormat(.letters(alphabet: "ybndrfg8ejkmcpqxot1uwisza345h769", length: 24)), 120, false),
            (OpaqueFormat(.letters(alphabet: "ybndrfg8ejkmcpqxot1uwisza345h769", length: 22)), 110, true),
            (OpaqueFormat(.letters(alphabet: "ab", length: 63)), 63, true),
            (OpaqueFormat(.letters(alphabet: "ab", length: 0)), 0, true),
        ]
        for (format, bits, isGuessable) in cases {
            #expect(format.bits == bits)
            #expect(format.isGuessable == isGuessable)
        }
        // Beyond 64 letters the count stops growing, far above what is asked for.
        #expect(!OpaqueFormat(.letters(alphabet: "0123456789", length: 4_096)).isGuessable)
    }
}
