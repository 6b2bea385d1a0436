import Testing
import WatchwordCore

@Suite("Identifiers")
struct IdentifierTests {
    @Test("An identifier is looked up trimmed of ASCII space and lower-cased")
    func key() {
        #expect(Identifier.email("  Ann@Example.ORG\r\n").key == "ann@example.org")
        #expect(Identifier.username("\tÉmile ").key == "émile")
        #expect(Identifier.trimmed(" \t\n ") == "")
        #expect(Identifier.trimmed("a b") == "a b")
    }

    @Test("Trimmed are the space and the controls from tab to carriage return, and nothing else of ASCII")
    func blanks() {
        for byte in 0...0x7F as ClosedRange<UInt8> {
            let character = String(Unicode.Scalar(byte))
            let isBlank = byte == 0x20 || (0x09...0x0D).contains(byte)
            #expect(Identifier.trimmed("\(character)a\(character)") == (isBlank ? "a" : "\(character)a\(character)"))
            #expect(Identifier.trimmed("a\(character)a") == "a\(character)a", "\(byte)")
        }
    }

    @Test("A space outside ASCII is not trimmed, for it is no mistake of typing")
    func foreignSpace() {
        #expect(Identifier.trimmed("\u{A0}ann") == "\u{A0}ann")
    }

    @Test(
        "These can be addresses",
        arguments: [
            "user@example.com", "a@b", "first.last+tag@sub.example.co.uk", "o'brien@example.ie", "ünï@exämple.de",
            "x@1.2.3.4",
        ])
    func emails(_ text: String) {
        #expect(Identifier.isEmail(text))
    }

    @Test(
        "These cannot be addresses",
        arguments: [
            "", "@", "@@", "ann@@example.com", "@ann@example.com", "ann@example.com@", "ann", "ann@", "@example.com",
            "a@b@c", "ann @example.com", "ann@exam ple.com", "ann@example..com",
            "ann@.com", "ann@com.", ".ann@example.com", "ann.@example.com", "a..b@example.com", "ann@-example.com",
            "ann@example-.com", "ann\u{0}@example.com", "ann@exa\u{200B}mple.com", "<ann@example.com>",
            "ann@example.com,bob@example.com", "ann@example.com\r\nBcc: bob@example.com", "\"a b\"@example.com",
        ])
    func noEmails(_ text: String) {
        #expect(!Identifier.isEmail(text))
    }

    @Test("An address keeps the lengths of RFC 5321")
    func emailLengths() {
        let local = String(repeating: "a", count: 64)
        #expect(Identifier.isEmail("\(local)@example.com"))
        #expect(!Identifier.isEmail("a\(local)@example.com"))
        let label = String(repeating: "b", count: 63)
        #expect(Identifier.isEmail("a@\(label).com"))
        #expect(!Identifier.isEmail("a@b\(label).com"))
        let domain = [label, label, String(repeating: "c", count: 61), "d"].joined(separator: ".")
        #expect(Identifier.isEmail("\(local.dropLast(4))@\(domain)"))
        #expect(!Identifier.isEmail("\(local)@\(domain)"))
        // 254 bytes in all (RFC 3696, erratum 1690), however few characters they are.
        let most = String(repeating: "a", count: 254 - 1 - domain.utf8.count)
        #expect(Identifier.isEmail("\(most)@\(domain)"))
        #expect(!Identifier.isEmail("a\(most)@\(domain)"))
        #expect(!Identifier.isEmail("\(most.dropLast())é@\(domain)"))
        #expect(Identifier.isEmail("\(String(repeating: "é", count: 32))@example.com"))
        #expect(!Identifier.isEmail("\(String(repeating: "é", count: 33))@example.com"))
    }

    @Test("These can be usernames", arguments: ["ann", "a", "Ann O'Neil", "émile", "名前", "user-1_x.y"])
    func usernames(_ text: String) {
        #expect(Identifier.isUsername(text))
    }

    @Test(
        "These cannot be usernames",
        arguments: [
            "", " ", " ann", "ann ", "ann@home", "a\u{0}b", "a\nb", "a\u{202E}b", "a\u{2028}b",
            String(repeating: "a", count: 65),
        ])
    func noUsernames(_ text: String) {
        #expect(!Identifier.isUsername(text))
    }

    @Test("A username of few characters but many bytes is refused")
    func usernameBytes() {
        let heavy = "a" + String(repeating: "\u{0301}", count: 200)
        #expect(heavy.count == 1)
        #expect(!Identifier.isUsername(heavy))
        let most = "aa" + String(repeating: "\u{0301}", count: 127)
        #expect(most.utf8.count == 256)
        #expect(Identifier.isUsername(most))
        #expect(!Identifier.isUsername(most + "a"))
        #expect(Identifier.isUsername(String(repeating: "\u{1F98A}", count: 64)))
        #expect(!Identifier.isUsername(String(repeating: "\u{1F98A}", count: 65)))
    }
}
