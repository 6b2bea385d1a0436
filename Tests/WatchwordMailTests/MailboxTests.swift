import Testing
import WatchwordCore

@testable import WatchwordMail

@Suite("A sender or recipient")
struct MailboxTests {
    @Test(
        "is an address, or a name and an address",
        arguments: [
            ("a@example.com", nil, "a@example.com"), ("Shop <a@example.com>", "Shop", "a@example.com"),
            (" \"Shop, Inc.\" <a@example.com> ", "Shop, Inc.", "a@example.com"),
            ("<a@example.com>", nil, "a@example.com"),
            ("Über uns <ü@bücher.example>", "Über uns", "ü@bücher.example"),
        ] as [(String, String?, String)])
    func reads(_ text: String, _ name: String?, _ address: String) {
        #expect(Mailbox(text) == Mailbox(name: name, address: address))
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "shop", "a@", "@b", "Shop a@example.com", "Shop <a@example.com", "a@example.com>", "<>",
            "A <B <a@example.com>",
            "a@b@c", "a b@example.com", "Shop <a@example.com> x", "a@example.com, b@example.com", "a\r\n@example.com",
        ])
    func refuses(_ text: String) { #expect(Mailbox(text) == nil) }

    @Test("goes on the wire with its domain in A-labels, and not at all if it cannot stay in its place")
    func wire() {
        #expect(Mailbox(address: "a@bücher.example").wire == "a@xn--bcher-kva.example")
        #expect(Mailbox(address: "jörg@Example.com").wire == "jörg@Example.com")
        #expect(Mailbox(address: "-oQ/tmp@example.com").wire == "-oQ/tmp@example.com")
        for hostile in ["a>\r\nRCPT TO:<b@example.com", "a@b c", "a@b>", "a", "a@exa\u{200B}mple.com"] {
            #expect(Mailbox(address: hostile).wire == nil, "\(hostile)")
        }
    }

    @Test("needs a system that knows internationalised mail only for what is before the @")
    func internationalised() {
        #expect(Mailbox(address: "jörg@example.com").isInternationalised)
        #expect(!Mailbox(address: "a@bücher.example").isInternationalised)
    }
}
