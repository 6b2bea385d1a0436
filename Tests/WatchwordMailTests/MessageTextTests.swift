import Foundation
import Testing
import WatchwordCore
import WatchwordMail

@Suite("A mail as text")
struct MessageTextTests {
    static func message(
        from: String = "Watchword <no-reply@example.com>", to: String = "ada@example.com", subject: String = "Hello",
        body: String = "One\nTwo\n"
    ) -> MailMessage {
        MailMessage(
            id: ID("m1"), kind: .reset, realm: ID("shop"), from: from, recipient: to, subject: subject, body: body,
            date: Timestamp(seconds: 1_795_239_000))
    }

    private static func text(_ message: MailMessage) -> String { String(decoding: message.text(), as: UTF8.self) }

    @Test("is what RFC 5322 and RFC 2045 want, to the byte")
    func whole() {
        #expect(
            Self.text(Self.message())
                == [
                    "Date: Sat, 21 Nov 2026 05:30:00 +0000", "From: Watchword <no-reply@example.com>",
                    "To: ada@example.com", "Message-ID: <m1.shop@example.com>", "Subject: Hello",
                    "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
                    "Content-Transfer-Encoding: 8bit", "", "One", "Two", "",
                ].joined(separator: "\r\n"))
    }

    @Test("keeps a link whole on its line")
    func link() {
        let link = "https://auth.example/reset?token=" + String(repeating: "a", count: 300)
        #expect(Self.text(Self.message(body: "Open:\n\n\(link)\n")).contains("\r\n\r\n\(link)\r\n"))
    }

    @Test(
        "lets nothing start another header field or body",
        arguments: ["a\r\nBcc: b@example.com", "a\nBcc: b", "a\r\n\r\nbody", "a\u{0}b", "a\u{85}b", "a\u{2028}b"])
    func injection(_ hostile: String) {
        let message = Self.message(from: hostile, to: hostile, subject: hostile)
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

    @Test("encodes a sender's name beyond ASCII and leaves his address")
    func sender() {
        let text = Self.text(Self.message(from: "Wächter <no-reply@example.com>"))
        #expect(text.contains("From: =?utf-8?B?V8OkY2h0ZXI=?= <no-reply@example.com>\r\n"))
    }

    @Test("goes quoted-printable if a line is too long for any other way")
    func longLine() {
        let line = String(repeating: "ab=ü ", count: 250)
        let text = Self.text(Self.message(body: "short\n\(line)\nend \n"))
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
            ("Watchword <no-reply@example.com>", "<m1.shop@example.com>"), ("ops@example.org", "<m1.shop@example.org>"),
            ("nobody", "<m1.shop@localhost>"), ("", "<m1.shop@localhost>"),
        ])
    func messageID(_ from: String, _ expected: String) {
        #expect(Self.message(from: from).messageID == expected)
    }

    @Test("does not show what it says when it is printed")
    func description() {
        let message = Self.message(body: "https://auth.example/reset?token=secret")
        #expect(!"\(message)".contains("secret"))
        #expect(!"\(message)".contains("ada"))
    }
}
