import Testing
import WatchwordCore

/// A token is found by the bytes that its text stands for, so no two texts may stand for the same ones.
@Suite("One text for one value")
struct CodeSpaceTests {
    @Test(
        "Of all texts of two characters just 256 stand for a byte, each for its own", arguments: TextEncoding.allCases)
    func bytes(_ encoding: TextEncoding) {
        var seen: Set<UInt8> = []
        for high in 0x20...0x7E as ClosedRange<UInt8> {
            for low in 0x20...0x7E as ClosedRange<UInt8> {
                guard let bytes = encoding.decode([high, low], count: 1) else { continue }
                #expect(Array(encoding.encode(bytes).utf8) == [high, low])
                seen.formUnion(bytes)
            }
            #expect(encoding.decode([high], count: 1) == nil)
        }
        #expect(seen.count == 256)
    }

    @Test("Base 62 has just as many digits as the greatest number of so many bytes needs, however many there are")
    func width() {
        for count in 1...64 {
            let greatest = TextEncoding.base62.encode([UInt8](repeating: 0xFF, count: count))
            #expect(greatest.first != "0", "one digit fewer would do for \(count) bytes")
            #expect(TextEncoding.base62.decode(greatest.utf8, count: count) == [UInt8](repeating: 0xFF, count: count))
            // One more than the greatest is none of that many bytes.
            let over = "z" + greatest.dropFirst()
            if over != greatest { #expect(TextEncoding.base62.decode(over.utf8, count: count) == nil) }
            let zero = TextEncoding.base62.encode([UInt8](repeating: 0, count: count))
            #expect(zero == String(repeating: "0", count: greatest.count))
        }
    }

    @Test(
        "Known numbers in base 62",
        arguments: [
            ([], ""), ([0], "00"), ([1], "01"), ([61], "0z"), ([62], "10"), ([255], "47"), ([1, 0], "048"),
            ([255, 255], "H31"), ([0, 0, 0, 9], "000009"), ([0xFF, 0xFF, 0xFF, 0xFF], "4gfFC3"),
            ([0x0D, 0xE0, 0xB6, 0xB3, 0xA7, 0x63, 0xFF, 0xFF], "1Bs0emTbBk7"),
        ] as [([UInt8], String)])
    func base62(_ bytes: [UInt8], _ text: String) {
        #expect(TextEncoding.base62.encode(bytes) == text)
        #expect(TextEncoding.base62.decode(text.utf8, count: bytes.count) == bytes)
    }

    @Test("Greater bytes have the greater text in hexadecimal and in base 62", arguments: [TextEncoding.hex, .base62])
    func order(_ encoding: TextEncoding) {
        var generator = SeededGenerator(seed: 4)
        for count in 1...20 {
            let pairs = (0..<20).map { _ in (generator.bytes(count), generator.bytes(count)) }
            for (left, right) in pairs {
                let isLess = Array(encoding.encode(left).utf8).lexicographicallyPrecedes(encoding.encode(right).utf8)
                #expect(isLess == left.lexicographicallyPrecedes(right), "\(left), \(right)")
            }
        }
    }

    @Test("A character that is changed, dropped or added never leaves the same bytes", arguments: TextEncoding.allCases)
    func changed(_ encoding: TextEncoding) {
        var generator = SeededGenerator(seed: 6)
        for count in 1...40 {
            let bytes = generator.bytes(count)
            let text = Array(encoding.encode(bytes).utf8)
            for index in text.indices {
                var other = text
                other[index] = UInt8.random(in: 0...255, using: &generator)
                if other != text {
                    #expect(encoding.decode(other, count: count) != bytes, "seed 6, \(count), \(index)")
                }
                other = text
                other.remove(at: index)
                #expect(encoding.decode(other, count: count) == nil)
                other.insert(UInt8(ascii: "0"), at: index)
                other.append(UInt8(ascii: "0"))
                #expect(encoding.decode(other, count: count) == nil)
            }
        }
    }

    @Test("Bytes beyond ASCII are no digit of any of them", arguments: TextEncoding.allCases)
    func beyond(_ encoding: TextEncoding) {
        for byte in 0x7F...0xFF as ClosedRange<UInt8> {
            #expect(encoding.decode([byte, byte], count: 1) == nil)
            #expect(encoding.decode([byte, 0x30], count: 1) == nil)
            #expect(encoding.decode([0x30, byte], count: 1) == nil)
        }
        #expect(TextEncoding.base64urlBytes([0x41, 0xC1]) == nil)
    }
}
