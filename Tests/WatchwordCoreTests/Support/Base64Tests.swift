import Testing
import WatchwordCore

@Suite("Base64 of RFC 4648 section 4")
struct Base64Tests {
    @Test(
        "The vectors of section 10, with padding and without",
        arguments: [
            ("", "", ""), ("f", "Zg==", "Zg"), ("fo", "Zm8=", "Zm8"), ("foo", "Zm9v", "Zm9v"),
            ("foob", "Zm9vYg==", "Zm9vYg"), ("fooba", "Zm9vYmE=", "Zm9vYmE"), ("foobar", "Zm9vYmFy", "Zm9vYmFy"),
        ])
    func vectors(_ text: String, _ padded: String, _ bare: String) {
        let bytes = Array(text.utf8)
        #expect(Base64.text(bytes, padded: true) == padded)
        #expect(Base64.text(bytes) == bare)
        #expect(Base64.bytes(bare.utf8) == bytes)
        #expect(Base64.paddedBytes(padded.utf8) == bytes)
        #expect(Base64.paddedBytes(bare.utf8) == bytes)
    }

    @Test("Its alphabet has + and /, and neither - nor _")
    func alphabet() {
        #expect(Base64.text([0xFB, 0xEF, 0xFF]) == "++//")
        #expect(Base64.bytes("++//".utf8) == [0xFB, 0xEF, 0xFF])
        #expect(Base64.bytes("--__".utf8) == nil)
        #expect(Base64.bytes("+-//".utf8) == nil)
        #expect(TextEncoding.base64urlBytes("++//".utf8) == nil)
        let all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        #expect(Base64.bytes(all.utf8).map { Base64.text($0) } == all)
    }

    @Test(
        "Padding is all that the length needs, or none at all",
        arguments: [
            "Zg=", "Zg===", "Zg====", "Zm8==", "Zm8===", "Zm9v=", "Zm9v==", "Zm9v===", "Zm9v====", "=", "==", "===",
            "====", "Z===", "Z", "Zm9vY", "Zm9vY===", "Zg==Zg==", "=Zg=", "Z=g=", "Zg=Q", "Zg=\n", "Zg== ", " Zg==",
            "Zm9v\n", "Zm9\u{E9}", "Zm.v",
        ])
    func malformed(_ text: String) {
        #expect(Base64.paddedBytes(text.utf8) == nil)
    }

    @Test("What wants a text without padding takes none with it", arguments: ["Zg==", "Zm8=", "Zm9v=", "="])
    func bare(_ text: String) {
        #expect(Base64.bytes(text.utf8) == nil)
    }

    @Test(
        "A spare bit that is set is refused, padded or not", arguments: ["Zh", "Zh==", "Zm9", "Zm9=", "/x==", "//9="])
    func spareBits(_ text: String) {
        #expect(Base64.paddedBytes(text.utf8) == nil)
    }

    @Test("Any bytes come back, and no other text stands for them", arguments: 0..<40 as Range<UInt64>)
    func roundTrip(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let bytes = generator.bytes(Int(seed))
        let text = Array(Base64.text(bytes, padded: true).utf8)
        #expect(text.count == (bytes.count + 2) / 3 * 4)
        #expect(Base64.paddedBytes(text) == bytes)
        #expect(Base64.bytes(Base64.text(bytes).utf8) == bytes)
        for index in text.indices {
            var other = text
            other[index] = UInt8.random(in: 0...255, using: &generator)
            if other != text { #expect(Base64.paddedBytes(other) != bytes, "seed \(seed), byte \(index)") }
        }
    }
}
