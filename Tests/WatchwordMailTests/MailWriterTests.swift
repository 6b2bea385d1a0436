import Testing
import WatchwordCore
import WatchwordEngine
import WatchwordMail
import WatchwordTestKit

@Suite("Writing the mails of the outbox")
struct MailWriterTests {
    private let test: TestRealm
    private let writer: MailWriter

    init() throws {
        test = try TestRealm("shop")
        writer = MailWriter(
            realm: ID("shop"), sealer: test.sealer, renderer: try MailRendererTests.renderer(name: "Shop"),
            from: Mailbox(name: "Shop", address: "no-reply@example.com"),
            replyTo: Mailbox(address: "help@example.com"))
    }

    private func mail(_ sealed: [UInt8]) -> Mail {
        Mail(
            id: ID("m1"), kind: .passwordChanged, recipient: "ada@example.com", accountID: nil, sealed: sealed,
            createdAt: Timestamp(seconds: 1_795_239_000), dueAt: Timestamp(seconds: 1_795_300_000))
    }

    @Test("addresses it by name, dates it from when it was put there, and says where answers go")
    func writes() throws {
        let content = MailContent(.passwordChanged, facts: [.name: "Ada", .account: "ada"])
        let mail = mail(try test.sealer.seal(content.encoded, purpose: MailContent.purpose))
        let message = try writer.message(of: mail)
        #expect(message.id == mail.id && message.kind == .passwordChanged && message.realm == ID("shop"))
        #expect(message.to == Mailbox(name: "Ada", address: "ada@example.com"))
        #expect(message.from.name == "Shop" && message.replyTo?.address == "help@example.com")
        #expect(message.date == mail.createdAt)
        #expect(message.subject == "Your password was changed")
        #expect(message.text.contains("at Shop was changed") && message.html?.contains("at Shop was changed") == true)
        // The same at every attempt, but for nothing.
        #expect(try writer.message(of: mail).encoded == message.encoded)
    }

    @Test("a name that strangers chose starts no other field and is no link, nor is it long")
    func names() throws {
        for name in ["Ada\r\nBcc: b@example.com", "https://evil.example/now", String(repeating: "x", count: 5_000)] {
            let content = MailContent(.newSignIn, facts: [.name: name])
            let message = try writer.message(
                of: mail(try test.sealer.seal(content.encoded, purpose: MailContent.purpose)))
            let head = String(decoding: message.encoded, as: UTF8.self).split(separator: "\r\n\r\n")[0]
            #expect(!head.contains("\r\nBcc") && !head.contains("https://evil.example"))
            #expect(head.utf8.count < 2_000)
        }
    }

    @Test("says that it cannot open what was sealed under another secret, for another purpose, or is no content")
    func unopenable() throws {
        let content = MailContent(.reset, link: "https://a.example/reset?token=s3cret")
        var other = try test.sealer.seal(content.encoded, purpose: MailContent.purpose)
        other[other.count - 1] ^= 1
        let purpose = try test.sealer.seal(content.encoded, purpose: "another")
        let rubbish = try test.sealer.seal(Array("{}".utf8), purpose: MailContent.purpose)
        for sealed in [other, purpose, rubbish, [], [1, 2, 3]] {
            let failure = #expect(throws: MailFailure.self) { try writer.message(of: mail(sealed)) }
            #expect(failure?.kind == .permanent)
            #expect(failure?.reason.contains("sealed under another secret") == true)
        }
    }

    @Test("a test message says that it is one, to an address without a name")
    func testMessage() {
        let message = writer.testMessage(
            id: ID("t1"), to: "operator@example.com", date: Timestamp(seconds: 1_795_239_000))
        #expect(message.subject == "Mail from Shop arrives")
        #expect(message.to == Mailbox(address: "operator@example.com"))
        #expect(message.messageID == "<hocxeswhs0.t1.shop@example.com>")
        #expect(message.text.contains("test message"))
    }
}
