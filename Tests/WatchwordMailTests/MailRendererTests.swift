import Testing
import WatchwordCore
import WatchwordMail

@Suite("Mail in words")
struct MailRendererTests {
    private let renderer = MailRenderer(publicURL: "https://a.example")

    @Test("Every kind has a subject and says of which place it speaks", arguments: Mail.Kind.allCases)
    func kinds(_ kind: Mail.Kind) {
        let mail = renderer.render(MailContent(kind))
        #expect(!mail.subject.isEmpty && !mail.subject.contains("\n"))
        #expect(mail.text.contains("https://a.example") && mail.text.hasSuffix("\n"))
    }

    @Test("A link stands on a line of its own, with how long it is good", arguments: [Mail.Kind.verify, .reset])
    func link(_ kind: Mail.Kind) {
        let mail = renderer.render(MailContent(kind, link: "https://a.example/x?token=t", lifetime: .minutes(90)))
        #expect(mail.text.contains("\n\nhttps://a.example/x?token=t\n\n"))
        #expect(mail.text.contains("for 90 minutes"))
        #expect(!mail.subject.contains("token=t"))
        #expect(renderer.render(MailContent(kind, link: "x", lifetime: .days(1))).text.contains("for 1 day"))
    }

    @Test("Facts are told, and none can begin a line of its own")
    func facts() {
        let mail = renderer.render(
            MailContent(.keyCreated, facts: [.key: "deploy\nSubject: x", .keyHint: "ww_ab", .address: "192.0.2.1"]))
        #expect(mail.text.contains("deploy Subject: x"))
        #expect(mail.text.contains("ww_ab") && mail.text.contains("192.0.2.1"))
    }
}
