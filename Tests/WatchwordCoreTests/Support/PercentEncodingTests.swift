import Testing
import WatchwordCore

@Suite("Text inside a URL")
struct PercentEncodingTests {
    private static let unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

    @Test("Only unreserved characters stand as they are")
    func component() {
        #expect(PercentEncoding.component("AZaz09-._~") == "AZaz09-._~")
        #expect(PercentEncoding.component("a+b/c?d=e&f#g@h:i %") == "a%2Bb%2Fc%3Fd%3De%26f%23g%40h%3Ai%20%25")
        #expect(PercentEncoding.component("ä\u{1F98A}\r\n") == "%C3%A4%F0%9F%A6%8A%0D%0A")
        #expect(PercentEncoding.component("") == "")
    }

    @Test("Of ASCII these are the 66 of RFC 3986 section 2.3, and no others")
    func ascii() {
        for byte in 0...0x7F as ClosedRange<UInt8> {
            let character = String(Unicode.Scalar(byte))
            let encoded = PercentEncoding.component(character)
            let isUnreserved = Self.unreserved.unicodeScalars.contains(Unicode.Scalar(byte))
            #expect(encoded == (isUnreserved ? character : PercentEncoding.escape(byte)), "\(byte)")
        }
    }

    @Test("What is to be kept stays, and nothing else does")
    func kept() {
        #expect(PercentEncoding.component("a/b:c?d", keeping: "/") == "a/b%3Ac%3Fd")
        #expect(PercentEncoding.component("a/b:c?d", keeping: "/:") == "a/b:c%3Fd")
        // A character beyond ASCII has no byte among those kept.
        #expect(PercentEncoding.component("/\u{1F98A}", keeping: "/") == "/%F0%9F%A6%8A")
    }

    @Test(
        "A byte is written with two upper-case digits",
        arguments: [(0x00, "%00"), (0x0A, "%0A"), (0x2F, "%2F"), (0x9F, "%9F"), (0xA0, "%A0"), (0xFF, "%FF")]
            as [(UInt8, String)])
    func escape(_ byte: UInt8, _ text: String) {
        #expect(PercentEncoding.escape(byte) == text)
    }
}
