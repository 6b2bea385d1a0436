import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordWeb

@Suite("the links of mails")
struct LinkPageTests {
    let stage: Stage
    var browser: Browser

    init() async throws {
        stage = try Stage()
        try await stage.enrol()
        browser = Browser(stage)
    }

    @Test("following a verification link changes nothing; its button verifies")
    mutating func verifies() async throws {
        let link = try await stage.link(.verify)
        #expect(link.hasPrefix("/verify?token="))
        let page = try await browser.get(link)
        #expect(page.status == 200)
        #expect(try await !stage.account().emailVerified)
        let answer = try await browser.post(
            "/account/verify-email", Browser.hidden(in: page, action: "/account/verify-email"))
        #expect(answer.location == "/account/sign-in?done=verified")
        #expect(try await stage.account().emailVerified)
        let again = try await browser.submit(link, to: "/account/verify-email", [])
        #expect(again.location == "/account/sign-in?done=already_verified")
    }

    @Test("a link past its end, and one that never was, say so and lead to another mail")
    mutating func spent() async throws {
        let link = try await stage.link(.verify)
        stage.realm.clock.advance(by: .hours(25))
        let late = try await browser.submit(link, to: "/account/verify-email", [])
        #expect(late.status == 400)
        #expect(late.text.contains("too old"))
        #expect(late.text.contains("href=\"/account/request-verification\""))
        let wrong = try await browser.submit("/verify?token=abc", to: "/account/verify-email", [])
        #expect(wrong.status == 400)
        #expect(wrong.text.contains("does not work"))
        #expect(try await !stage.account().emailVerified)
    }

    @Test("a new password is set by the link, and everybody is signed out")
    mutating func resets() async throws {
        _ = try await browser.signIn()
        var other = Browser(stage)
        let asked = try await other.submit("/account/forgot-password", [("identity", Stage.email)])
        #expect(asked.location == "/account/forgot-password?done=reset_mailed")
        let link = try await stage.link(.reset)
        let token = try #require(link.split(separator: "/").last)
        let page = try await other.get("/account/reset-password?token=\(token)")
        #expect(page.text.contains("At least 8 characters"))
        let hidden = Browser.hidden(in: page, action: "/account/reset-password")
        let weak = try await other.post("/account/reset-password", hidden + [("password", "short!")])
        #expect(weak.status == 422)
        let answer = try await other.post(
            "/account/reset-password",
            Browser.hidden(in: weak, action: "/account/reset-password") + [("password", "another long password")])
        #expect(answer.location == "/account/sign-in?done=password_reset")
        #expect(try await stage.sessions().isEmpty)
        #expect(try await browser.get("/account/sign-in").status == 200, "the first browser is signed out")
        #expect(try await other.signIn(password: "another long password").status == 303)
        let again = try await other.submit(
            "/account/reset-password?token=\(token)", to: "/account/reset-password", [("password", "a third password")])
        #expect(again.status == 400)
    }

    @Test("asking for a reset is answered alike for everybody, and at once where the address is none")
    mutating func constant() async throws {
        _ = try await browser.get("/account/forgot-password")
        let known = try await browser.submit("/account/forgot-password", [("identity", Stage.email)])
        let unknown = try await browser.submit("/account/forgot-password", [("identity", "bob@example.org")])
        #expect(known == unknown)
        let none = try await browser.submit("/account/forgot-password", [("identity", "bob")])
        #expect(none.status == 422)
    }

    @Test("a link with a # leads to a page that holds the form for it")
    mutating func fragment() async throws {
        let page = try await browser.get("/_/")
        #expect(page.text.contains("data-hash=\"/auth/confirm-password-reset/\""))
        let hidden = Browser.hidden(in: page, action: "/account/reset-password")
        #expect(hidden.map(\.0).sorted() == ["form", "token"])
        #expect(page.text.contains("href=\"/account/reset-password\""))
        #expect(stage.site.claims(WireRequest(method: "GET", path: "/_")))
    }

    @Test("without its token a link's page asks for the code")
    mutating func pasted() async throws {
        let link = try await stage.link(.verify)
        let code = try #require(link.split(separator: "=").last)
        let answer = try await browser.submit("/account/verify-email", [("token", String(code))])
        #expect(answer.location == "/account/sign-in?done=verified")
    }

    @Test("a token is in no answer's address, and the Host field in no link")
    mutating func places() async throws {
        let link = try await stage.link(.verify)
        var request = browser.request("GET", link)
        request.headers[0] = ("host", "evil.example")
        let page = try await browser.send(request)
        #expect(!page.text.contains("evil.example"))
        #expect(page.header("referrer-policy") == "no-referrer")
        var form = browser.request("POST", "/account/forgot-password", [("content-type", FormBodyTests.type)])
        form.headers[0] = ("host", "evil.example")
        let hidden = Browser.hidden(in: page, action: "/account/verify-email").filter { $0.0 == "form" }
        form.body = Browser.encoded(hidden + [("identity", Stage.email)])
        #expect(try await browser.send(form).status == 303)
        #expect(try await stage.mail(.reset).link?.hasPrefix("https://auth.example/") == true)
    }
}

@Suite("reading links off their pieces")
struct MailLinksTests {
    @Test("path, parameters and what stands behind a # are read")
    func reads() {
        var terms = Terms()
        terms.verify = OneTimeTokenTerms(
            lifetime: .hours(1),
            link: [.publicURL, .text("/a/b?uid="), .accountID, .text("&t="), .token, .text("&m="), .email])
        terms.reset = OneTimeTokenTerms(lifetime: .hours(1), link: [.text("https://elsewhere.example/?t="), .token])
        let links = MailLinks([terms]).all
        #expect(links.count == 1)
        #expect(links.first?.path == ["a", "b"])
        #expect(links.first?.token == "t")
        #expect(links.first?.account == "uid")
        #expect(links.first?.email == "m")
    }

    @Test("a contract without links has the usual ones")
    func usual() {
        #expect(MailLinks([Terms()]).all.map(\.path) == [["verify-email"], ["reset-password"]])
    }
}
