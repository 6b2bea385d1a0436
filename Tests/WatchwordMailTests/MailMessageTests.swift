import Foundation
import Testing
import WatchwordCore
import WatchwordMail

@Suite("A mail as bytes")
struct MailMessageTests {
    static func message(
        from: Mailbox = Mailbox(name: "Watchword", address: "no-reply@example.com"), to: String = "ada@example.com",
        name: String? = nil, subject: String = "Hello", text: String = "One\nTwo\n", html: String? = nil
    ) -> MailMessage {
        MailMessage(
            id: ID("m1"), kind: .reset, realm: ID("shop"), from: from, to: Mailbox(name: name, address: to),
            subject: subject, text: text, html: html, date: Timestamp(seconds: 1_795_239_000))
    }

    private static func text(_ message: MailMessage) -> String { String(decoding: message.encoded, as: UTF8.self) }

    private static let head = [
        "Date: Sat, 21 Nov 2026 05:30:00 +0000", "From: Watchword <no-reply@example.com>", "To: ada@example.com",
        "Message-ID: <hocxeswhs0.m1.shop@example.com>", "Subject: Hello", "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
    ]

    @Test("is what RFC 5322 and RFC 2045 want, to the byte")
    func whole() {
        let lines = [
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 7bit", "", "One", "Two", "",
        ]
        #expect(Self.text(Self.message()) == (Self.head + lines).joined(separator: "\r\n"))
    }

    @Test("has text and HTML side by side, the text first, to the byte")
    func alternatives() {
        let lines = [
            "Content-Type: multipart/alternative; boundary=\"=_m1\"", "", "--=_m1",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 7bit", "", "One", "--=_m1",
            "Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "",
            "<p class=3D\"a\">=C3=84</p>", "--=_m1--", "",
        ]
        let message = Self.message(text: "One\n", html: "<p class=\"a\">Ä</p>\n")
        #expect(Self.text(message) == (Self.head + lines).joined(separator: "\r\n"))
    }

    @Test("has its HTML quoted-printable even if it is plain, for its lines are as long as they are")
    func plainHTML() {
        let text = Self.text(Self.message(text: "One\n", html: "<p>One</p>\n"))
        #expect(text.contains("charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\nOne\r\n"))
        #expect(text.contains("charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>One</p>\r\n"))
    }

    @Test("is never cut by a line of its text that looks like the boundary")
    func boundary() {
        let bytes = Self.text(Self.message(text: "--=_m1\n--=_m1--\n", html: "--=_m1--\n"))
        let lines = bytes.components(separatedBy: "\r\n")
        #expect(lines.filter { $0 == "--=_m1" }.count == 2)
        #expect(lines.filter { $0 == "--=_m1--" }.count == 1)
    }

    @Test("ends its lines by CR LF and by nothing else, however they ended before")
    func lineEnds() {
        let text = Self.text(Self.message(text: "a\r\nb\rc\n\r\nd", html: "<p>\r\n</p>\r\n"))
        #expect(text.contains("\r\n\r\na\r\nbc\r\n\r\nd\r\n--=_m1"))
        #expect(text.contains("\r\n\r\n<p>\r\n</p>\r\n--=_m1--\r\n"))
        let bytes = Array(text.utf8)
        for (index, byte) in bytes.enumerated() {
            if byte == 0x0A { #expect(bytes[index - 1] == 0x0D) }
            if byte == 0x0D { #expect(bytes[index + 1] == 0x0A) }
        }
    }

    @Test("keeps a link whole on its line")
    func link() {
        let link = "https://auth.example/reset?token=" + String(repeating: "a", count: 300)
        #expect(Self.text(Self.message(text: "Open:\n\n\(link)\n")).contains("\r\n\r\n\(link)\r\n"))
    }

    @Test(
        "lets nothing start another header field or body",
        arguments: ["a\r\nBcc: b@example.com", "a\nBcc: b", "a\r\n\r\nbody", "a\u{0}b", "a\u{85}b", "a\u{2028}b"])
    func injection(_ hostile: String) {
        let message = Self.message(
            from: Mailbox(name: hostile, address: hostile), to: hostile, name: hostile, subject: hostile)
        let head = Self.text(message).components(separatedBy: "\r\n\r\n")[0]
        #expect(!head.contains("\r\nBcc"))
        #expect(!head.contains("\nbody"))
        #expect(head.split(separator: "\r\n").count == 9)
    }

    @Test("encodes a subject beyond ASCII in words that fit their line")
    func subject() {
        let text = Self.text(Self.message(subject: String(repeating: "Grüße 💥 ", count: 20)))
        let lines = text.components(separatedBy: "\r\n").filter { $0.contains("=?utf-8?B?") }
        #expect(lines.count > 3)
        #expect(lines.allSatisfy { $0.utf8.count <= 86 && $0.hasSuffix("?=") })
        #expect(Self.text(Self.message(subject: "Grüße")).contains("Subject: =?utf-8?B?R3LDvMOfZQ==?=\r\n"))
    }

    @Test(
        "writes names as they are, quoted, or in encoded words, and leaves the address",
        arguments: [
            ("Wächter", "=?utf-8?B?V8OkY2h0ZXI=?= <a@example.com>"), ("Ada Lovelace", "Ada Lovelace <a@example.com>"),
            ("Lovelace, Ada", "\"Lovelace, Ada\" <a@example.com>"), ("a\\b\"c", "\"a\\\\b\\\"c\" <a@example.com>"),
            ("=?utf-8?B?eA==?=", "=?utf-8?B?PT91dGYtOD9CP2VBPT0/PQ==?= <a@example.com>"),
        ])
    func names(_ name: String, _ field: String) {
        let sender = Self.text(Self.message(from: Mailbox(name: name, address: "a@example.com")))
        #expect(sender.contains("From: \(field)\r\n"))
        #expect(Self.text(Self.message(to: "a@example.com", name: name)).contains("To: \(field)\r\n"))
    }

    @Test("writes a domain in A-labels where the rest is ASCII, and as it is where it is not")
    func internationalised() {
        #expect(Self.text(Self.message(to: "ada@bücher.example")).contains("To: ada@xn--bcher-kva.example\r\n"))
        #expect(Self.text(Self.message(to: "jörg@bücher.example")).contains("To: jörg@bücher.example\r\n"))
    }

    @Test("says where answers go if that is not the sender")
    func replyTo() {
        var message = Self.message()
        message.replyTo = Mailbox(name: "Help", address: "help@example.com")
        #expect(Self.text(message).contains("\r\nReply-To: Help <help@example.com>\r\n"))
    }

    @Test("goes quoted-printable if a line is too long for any other way")
    func longLine() {
        let line = String(repeating: "ab=ü ", count: 250)
        let text = Self.text(Self.message(text: "short\n\(line)\nend \n"))
        #expect(text.contains("Content-Transfer-Encoding: quoted-printable\r\n"))
        #expect(text.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 76 })
        #expect(text.contains("ab=3D=C3=BC ab"))
        #expect(text.hasSuffix("\r\nend=20\r\n"))
        let body = text.components(separatedBy: "\r\n\r\n")[1]
        #expect(body.replacing("=\r\n", with: "").hasPrefix("short\r\nab=3D=C3=BC ab=3D=C3=BC "))
    }

    @Test(
        "names itself the same at every attempt, under the sender's domain",
        arguments: [
            ("no-reply@example.com", "<hocxeswhs0.m1.shop@example.com>"),
            ("ops@bücher.example", "<hocxeswhs0.m1.shop@xn--bcher-kva.example>"),
            ("nobody", "<hocxeswhs0.m1.shop@localhost>"), ("", "<hocxeswhs0.m1.shop@localhost>"),
        ])
    func messageID(_ from: String, _ expected: String) {
        #expect(Self.message(from: Mailbox(name: "Watchword", address: from)).messageID == expected)
        // Ids count from 1 again in another database.
        var other = Self.message(from: Mailbox(name: "Watchword", address: from))
        other.date = Timestamp(microseconds: other.date.microseconds + 1)
        #expect(other.messageID != expected)
    }

    @Test("does not show what it says when it is printed")
    func description() {
        let message = Self.message(text: "https://auth.example/reset?token=secret")
        #expect(!"\(message)".contains("secret"))
        #expect(!"\(message)".contains("ada"))
    }
}
