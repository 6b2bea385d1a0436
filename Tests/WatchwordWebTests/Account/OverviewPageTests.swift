import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine

@testable import WatchwordWeb

@Suite("the overview of an account")
struct OverviewPageTests {
    @Test("says who one is, and that the address is yet to be confirmed")
    func who() async throws {
        let stage = try Stage.whole()
        var browser = try await stage.browser(name: "Ada Lovelace")
        let page = try await browser.get("/account")
        #expect(page.text.contains("<dd>Ada Lovelace</dd>"))
        #expect(page.text.contains("<dd>\(Stage.email) <span class=\"tag\">Not confirmed yet</span></dd>"))
        #expect(page.text.contains("Send the mail again"))
        #expect(!page.text.contains("id=\"usage\""))
    }

    @Test("sends the mail that confirms it once more, within the mailbox's bound")
    func resend() async throws {
        let stage = try Stage.whole(throttle: Throttle(limits: ThrottleLimits()))
        var browser = try await stage.browser()
        var answers: [Int] = []
        for _ in 0..<8 { answers.append(try await browser.act(on: "/account", []).status) }
        #expect(answers.first == 303)
        #expect(answers.allSatisfy { $0 == 303 || $0 == 429 })
        let sent = try await stage.mailCount(.verify)
        #expect(sent >= 2 && sent < 9, "\(sent)")
    }

    @Test("says nothing of it where it is confirmed")
    func verified() async throws {
        let stage = try Stage.whole()
        var browser = try await stage.browser()
        try await stage.verify()
        let page = try await browser.get("/account")
        #expect(page.text.contains("<span class=\"tag\">Confirmed</span>"))
        #expect(!page.text.contains("Send the mail again"))
    }

    @Test("shows how much of a limit is used, where the contract counts")
    func usage() async throws {
        let stage = try Stage.whole { $0.apiKeys?.usageLimit = 100 }
        var browser = try await stage.browser()
        let page = try await browser.get("/account")
        #expect(page.text.contains("You have used 0 of 100 requests; 100 are left."))
        #expect(page.text.contains("<meter") && page.text.contains("max=\"100\" value=\"0\""))
    }

    @Test("leads to what the realm has")
    func links() async throws {
        var browser = try await Stage.whole().browser()
        let links = try await browser.get("/account").texts(between: "<dt><a href=\"", and: "\"")
        #expect(links == ["/account/keys", "/account/profile", "/account/password", "/account/sessions"])
        var other = try await Stage.whole { $0.apiKeys = nil }.browser()
        let fewer = try await other.get("/account").texts(between: "<dt><a href=\"", and: "\"")
        #expect(fewer == ["/account/profile", "/account/password", "/account/sessions"])
        #expect(try await other.get("/account/keys").status == 404)
        var bound = try await Stage.whole { $0.apiKeys?.boundToAgent = true }.browser()
        #expect(try await bound.get("/account/keys").status == 404)
    }
}
