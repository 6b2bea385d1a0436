import Testing
import WatchwordCore

@Suite("Text inside a URL")
struct PercentEncodingTests {
    @Test("Only unreserved characters stand as they are")
    func component() {
        #expect(PercentEncoding.component("AZaz09-._~") == "AZaz09-._~")
        #expect(PercentEncoding.component("a+b/c?d=e&f#g@h:i %") == "a%2Bb%2Fc%3Fd%3De%26f%23g%40h%3Ai%20%25")
        #expect(PercentEncoding.component("ä\u{1F98A}\r\n") == "%C3%A4%F0%9F%A6%8A%0D%0A")
        #expect(PercentEncoding.component("") == "")
    }
}
