import Testing
import WatchwordCore

@Suite("Text forms of bytes")
struct TextEncodingTests {
    @Test("The vectors of RFC 4648 section 10, unpadded")
    func vectors() {
        let vectors = [
            ("", "", ""), ("f", "Zg", "66"), ("fo", "Zm8", "666f"), ("foo", "Zm9v", "666f6f"),
            ("foob", "Zm9vYg", "666f6f62"), ("fooba", "Zm9vYmE", "666f6f6261"), ("foobar", "Zm9vYmFy", "666f6f626172"),
        ]
        for (text, base64, hex) in vectors {
            #expect(TextEncoding.base64url.encode(Array(text.utf8)) == base64)
            #expect(TextEncoding.hex.encode(Array(text.utf8)) == hex)
        }
        #expect(TextEncoding.base64url.encode([0xFB, 0xEF, 0xFF]) == "--__")
    }

    @Test("Every text decodes to the bytes it was made of, and its length tells nothing of them")
    func roundTrip() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        for encoding in TextEncoding.allCases {
            for count in 0...40 {
                let zeros = encoding.encode([UInt8](repeating: 0, count: count))
                for _ in 0..<8 {
                    let bytes = generator.bytes(count)
                    let text = encoding.encode(bytes)
                    #expect(encoding.decode(text.utf8, count: count) == bytes, "seed \(seed)")
                    #expect(text.utf8.count == zeros.utf8.count, "seed \(seed)")
                }
            }
        }
    }

    @Test("A text with a wrong character, length or case is nobody's")
    func garbage() {
        #expect(TextEncoding.hex.decode("666".utf8, count: 1) == nil)
        #expect(TextEncoding.hex.decode("6G".utf8, count: 1) == nil)
        #expect(TextEncoding.hex.decode("AB".utf8, count: 1) == nil)
        #expect(TextEncoding.hex.decode("6666".utf8, count: 1) == nil)
        #expect(TextEncoding.base64url.decode("Zg==".utf8, count: 1) == nil)
        #expect(TextEncoding.base64url.decode("Z".utf8, count: 0) == nil)
        #expect(TextEncoding.base64url.decode("+/+/".utf8, count: 3) == nil)
        #expect(TextEncoding.base64url.decode("Zm9v".utf8, count: 4) == nil)
        let text = TextEncoding.base62.encode([1, 2, 3])
        #expect(TextEncoding.base62.decode(text.dropLast().utf8, count: 3) == nil)
        #expect(TextEncoding.base62.decode((text.dropLast() + "-").utf8, count: 3) == nil)
        #expect(TextEncoding.base62.decode("zzzzz".utf8, count: 3) == nil)
    }

    @Test("A spare bit that is set makes another text, not another spelling of the same bytes")
    func spareBits() {
        #expect(TextEncoding.base64urlBytes("Zg".utf8) == [0x66])
        #expect(TextEncoding.base64urlBytes("Zh".utf8) == nil)
        #expect(TextEncoding.base64urlBytes("Zm9".utf8) == nil)
    }
}
