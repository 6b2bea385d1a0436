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

    @Test("They are the logarithm of how many texts there are, rounded down and never up", arguments: 2...94)
    func exact(_ size: Int) {
        let alphabet = String(String.UnicodeScalarView((0x21..<0x21 + UInt32(size)).compactMap(Unicode.Scalar.init)))
        var texts: UInt128 = 1
        for length in 1...19 {
            let (product, isBeyond) = texts.multipliedReportingOverflow(by: UInt128(size))
            guard !isBeyond else { return }
            texts = product
            let format = OpaqueFormat(prefix: "long_prefix_", .letters(alphabet: alphabet, length: length))
            #expect(format.bits == 127 - texts.leadingZeroBitCount, "\(size) letters, \(length) of them")
            #expect(format.isGuessable == (texts < 1 << 112))
        }
    }

    @Test("More characters, or more to choose from, are never weaker")
    func monotonic() {
        for length in 1..<70 {
            let bits = { (alphabet: String, length: Int) in
                OpaqueFormat(.letters(alphabet: alphabet, length: length)).bits
            }
            #expect(bits("0123456789", length) <= bits("0123456789", length + 1))
            #expect(bits("0123456789", length) <= bits("0123456789abcdef", length))
        }
        for count in 1...64 {
            for encoding in TextEncoding.allCases {
                let format = OpaqueFormat(.bytes(count, encoding))
                #expect(format.bits == count * 8 && format.isGuessable == (count < 14))
            }
        }
    }
}
