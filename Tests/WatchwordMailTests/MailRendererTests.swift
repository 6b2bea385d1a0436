import Testing
import WatchwordCore
import WatchwordMail

@Suite("Mail in words")
struct MailRendererTests {
    private let renderer: MailRenderer

    init() throws { renderer = try Self.renderer() }

    static func renderer(
        name: String? = nil, pages: String? = nil, support: String? = nil, templates: MailTemplates? = nil
    ) throws -> MailRenderer {
        let site = MailSite(name: name, publicURL: "https://a.example", pagesURL: pages, support: support)
        return MailRenderer(site: site, templates: try templates ?? MailTemplates())
    }

    private static func count(_ piece: String, in text: String?) -> Int { (text ?? "").ranges(of: piece).count }

    @Test("every kind has a subject, and says in both forms of which place it speaks", arguments: Mail.Kind.allCases)
    func kinds(_ kind: Mail.Kind) throws {
        for content in [MailContent(kind), .sample(kind, publicURL: "https://a.example")] {
            let mail = renderer.render(content)
            #expect(!mail.subject.isEmpty && !mail.subject.contains("\n"))
            #expect(mail.text.contains("https://a.example") && mail.text.hasSuffix("\n"))
            let html = try #require(mail.html)
            #expect(html.hasPrefix("<!DOCTYPE html>") && html.contains("https://a.example"))
            #expect(!html.contains("src=") && !html.contains("<script") && !html.contains("url("))
            #expect(!(mail.text + html).contains("{{"))
        }
    }

    @Test("a verification in plain text, to the byte")
    func golden() throws {
        let renderer = try Self.renderer(name: "Shop", pages: "https://a.example/account", support: "help@a.example")
        let content = MailContent(
            .verify, link: "https://a.example/verify-email?token=t", lifetime: .hours(24), facts: [.name: "Ada"])
        let expected = """
            Someone signed up at Shop with this address. If it was you, open this link
            to verify it:

            https://a.example/verify-email?token=t

            It works once, for 1 day.

            If it was not you, ignore this mail.

            --\u{20}
            You get this mail because of something that happened at Shop
            (https://a.example).
            Look after your account: https://a.example/account
            Questions? help@a.example

            """
        #expect(renderer.render(content).text == expected)
        #expect(renderer.render(content).subject == "Verify your email address")
    }

    @Test("a reset says in both forms when, from where and with what it was asked for")
    func asked() throws {
        let occasion: [MailContent.Fact: String] = [
            .at: "2026-11-21T05:30:00Z", .address: "192.0.2.1", .device: "Firefox on Linux",
        ]
        let content = MailContent(.reset, link: "https://a.example/r?token=t", lifetime: .hours(1), facts: occasion)
        let expected = """
            Someone asked to reset the password of your account at a.example. To choose
            a new one, open this link:

            https://a.example/r?token=t

            It works once, for 1 hour.

            About the request:
              Time: 2026-11-21 05:30:00 UTC
              From: 192.0.2.1
              Device: Firefox on Linux

            If it was not you, ignore this mail: nothing has changed.

            """
        let mail = renderer.render(content)
        #expect(mail.text.hasPrefix(expected + "\n-- \n"))
        let html = try #require(mail.html)
        for told in [">About the request:<", "</span> 2026-11-21 05:30:00 UTC<", "</span> 192.0.2.1<"] {
            #expect(Self.count(told, in: html) == 1, "\(told)")
        }
    }

    @Test("a verification that was asked for does not say that somebody signed up; one of a sign-up tells no request")
    func verification() {
        func text(_ isRequested: Bool) -> String {
            renderer.render(.sample(.verify, publicURL: "https://a.example", isRequested: isRequested)).text
        }
        #expect(text(true).hasPrefix("Someone asked to verify this address at a.example. If it was you, open"))
        #expect(text(true).contains("About the request:\n  Time: 2026-11-21 05:30:00 UTC\n"))
        #expect(!text(true).contains("signed up") && !text(false).contains("asked to verify"))
        #expect(text(false).hasPrefix("Someone signed up at a.example with this address. If it was you,"))
        #expect(!text(false).contains("About the request") && !text(false).contains("Time:"))
        // A notice has the same facts, and is no request.
        #expect(!renderer.render(.sample(.newSignIn, publicURL: "https://a.example")).text.contains("request"))
    }

    @Test("a notice in plain text, to the byte")
    func notice() {
        let content = MailContent(
            .keyCreated,
            facts: [
                .name: "Ada", .account: "ada@example.com", .key: "Deploy", .keyHint: "ww_ab", .agent: "web",
                .at: "2026-11-21T05:30:00Z", .address: "192.0.2.1", .device: "curl",
            ])
        let expected = """
            Hello Ada,

            Your account at a.example has a new API key.

              Account: ada@example.com
              Key: Deploy
              Begins with: ww_ab
              Agent: web
              Time: 2026-11-21 05:30:00 UTC
              From: 192.0.2.1
              Device: curl

            If it was you, there is nothing to do. If not, somebody else may have got
            into your account: choose a new password at once.

            --\u{20}
            You get this mail because of something that happened at a.example
            (https://a.example).

            """
        #expect(renderer.render(content).text == expected)
    }

    @Test("a link stands on a line of its own, with how long it is good", arguments: [Mail.Kind.verify, .reset])
    func link(_ kind: Mail.Kind) throws {
        let link = "https://a.example/x?email=a%40b.example&token=" + String(repeating: "t", count: 200)
        let mail = renderer.render(MailContent(kind, link: link, lifetime: .minutes(90)))
        #expect(mail.text.contains("\n\n\(link)\n\n"))
        #expect(mail.text.contains("for 90 minutes"))
        #expect(!mail.subject.contains("token="))
        // As a button and as text.
        let escaped = link.replacing("&", with: "&amp;")
        #expect(Self.count("href=\"\(escaped)\"", in: mail.html) == 2)
        #expect(Self.count(">\(escaped)</a>", in: mail.html) == 1)
        #expect(renderer.render(MailContent(kind, link: link, lifetime: .days(1))).text.contains("for 1 day"))
    }

    @Test("a notice leads to the pages, in both forms, where there are some")
    func pages() throws {
        let mail = try Self.renderer(pages: "https://a.example/me?a=1&b=2").render(MailContent(.passwordChanged))
        #expect(mail.text.contains("Look after your account: https://a.example/me?a=1&b=2\n"))
        let escaped = "https://a.example/me?a=1&amp;b=2"
        #expect(Self.count("href=\"\(escaped)\"", in: mail.html) == 1)
        #expect(Self.count(">\(escaped)</a>", in: mail.html) == 1)
        let without = renderer.render(MailContent(.passwordChanged))
        #expect(!without.text.contains("Look after") && without.html?.contains("<a ") == false)
    }

    @Test("both owners of addresses are told of a change, and the former one not which address came instead")
    func addressChanged() {
        let new = renderer.render(.sample(.addressChanged, publicURL: "https://a.example"))
        let former = renderer.render(.sample(.addressChanged, publicURL: "https://a.example", isFormer: true))
        #expect(new.text.contains("has this address now") && !new.text.contains("ada@example.com"))
        #expect(former.text.contains("has another one now") && former.html?.contains("example.org") == false)
        // Who signs in with the address is not told it twice, and who signs in with a name is told both.
        #expect(Self.count("ada@example.org", in: new.text) == 1)
        let named = renderer.render(MailContent(.addressChanged, facts: [.account: "ada", .email: "a@example.org"]))
        #expect(named.text.contains("  Account: ada\n  Address: a@example.org\n"))
    }

    @Test(
        "a sample has what mails of its kind have: links tell at most when and from where",
        arguments: Mail.Kind.allCases)
    func samples(_ kind: Mail.Kind) {
        let sample = MailContent.sample(kind, publicURL: "https://a.example")
        #expect(sample.kind == kind)
        #expect((sample.link != nil) == [.verify, .reset].contains(kind))
        #expect(sample.link?.hasPrefix("https://a.example/") != false)
        #expect(sample.facts.isEmpty == (kind == .verify))
        let mayNotBeTheirs = [.verify, .reset, .signUpAttempt].contains(kind)
        #expect((Set(sample.facts.keys).subtracting([.at, .address, .device]).isEmpty) == mayNotBeTheirs)
        #expect((sample.facts[.email] != nil) == (kind == .addressChanged))
    }

    @Test("a code to type is no link")
    func code() throws {
        let mail = renderer.render(MailContent(.verify, link: "481516", lifetime: .minutes(10)))
        #expect(mail.text.contains("\n\n481516\n\n"))
        #expect(mail.text.contains("enter this\ncode to verify it"))
        #expect(mail.html?.contains("href") == false)
    }

    @Test("facts are told, and none can begin a line of its own")
    func facts() {
        let mail = renderer.render(
            MailContent(.keyCreated, facts: [.key: "deploy\nSubject: x", .keyHint: "ww_ab", .address: "192.0.2.1"]))
        #expect(mail.text.contains("deploy Subject:"))
        #expect(mail.text.contains("ww_ab") && mail.text.contains("192.0.2.1"))
    }

    @Test(
        "nothing that strangers chose is markup, a link, or long",
        arguments: [
            "<b>x</b>", "\"><img src=x onerror=y>", "'\u{301} onmouseover='x", "\"\u{301} onmouseover=\"x",
            "<\u{301}b>",
            "&lt;b&gt;\u{FE0F}", "https://evil.example/now", "www.evil.example", "evil@evil.example", "{{link}}",
            String(repeating: "x", count: 5_000),
        ])
    func hostile(_ text: String) throws {
        for fact in [MailContent.Fact.name, .device, .key, .agent] {
            let mail = renderer.render(MailContent(.keyCreated, facts: [fact: text]))
            let html = try #require(mail.html)
            #expect(!html.contains("<b>") && !html.contains("<img") && !html.contains("<\u{301}"))
            #expect(!html.unicodeScalars.elementsEqual(text.unicodeScalars))
            for (quote, next) in zip(html.unicodeScalars, html.unicodeScalars.dropFirst()) {
                #expect(!("<>\"'".unicodeScalars.contains(quote) && next == "\u{301}"))
            }
            for piece in ["https://evil", "evil.example", "@evil"] {
                #expect(!mail.text.contains(piece) && !html.contains(piece))
            }
            #expect(mail.text.count < 2_000)
        }
    }

    @Test("nobody is called by a name before the address is known to be theirs")
    func stranger() {
        for kind in [Mail.Kind.verify, .signUpAttempt] {
            let content = MailContent(kind, facts: [.name: "You have won"])
            let mail = renderer.render(content)
            #expect(!mail.text.contains("You have won") && mail.html?.contains("You have won") == false)
            #expect(renderer.name(in: content) == nil)
        }
        #expect(renderer.name(in: MailContent(.newSignIn, facts: [.name: "Ada"])) == "Ada")
    }

    @Test("lines are read without scrolling sideways, unless they are links")
    func wrapped() {
        for kind in Mail.Kind.allCases {
            let mail = renderer.render(.sample(kind, publicURL: "https://a.example"))
            let lines = mail.text.split(separator: "\n").filter { !$0.contains("://") }
            #expect(lines.allSatisfy { $0.count <= 76 })
            #expect(!mail.text.contains("\n\n\n"))
        }
    }

    @Test("the mail of `mail test` says that it is one")
    func test() {
        let mail = renderer.renderTest()
        #expect(mail.subject == "Mail from a.example arrives")
        #expect(mail.text.contains("test message") && mail.html?.contains("test message") == true)
    }
}
