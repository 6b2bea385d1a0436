import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine

@testable import WatchwordWeb

@Suite("whom the pages of an account are for")
struct AccountAccessTests {
    static let pages = ["", "/profile", "/password", "/sessions", "/keys", "/delete"].map { "/account" + $0 }

    @Test("nobody sees them without signing in, and gets back to what was asked for", arguments: pages)
    func strangers(page: String) async throws {
        let stage = try Stage.whole()
        var browser = Browser(stage)
        let answer = try await browser.get(page)
        #expect(answer.status == 303)
        let next = page == "/account" ? "" : "?next=" + PercentEncoding.component(page)
        #expect(answer.location == "/account/sign-in" + next)
        #expect(try await browser.post(page, []).status == 303)
    }

    @Test("who is signed in sees all of them, none kept by a cache, none in a frame", arguments: pages)
    func people(page: String) async throws {
        var browser = try await Stage.whole().browser()
        let answer = try await browser.get(page)
        #expect(answer.status == 200)
        #expect(answer.header("cache-control") == "no-store")
        #expect(answer.header("x-frame-options") == "DENY")
        #expect(answer.text.contains("aria-current=\"page\"") || page == "/account/delete")
        for missing in ["words.", "{{", "Optional("] { #expect(!answer.text.contains(missing), "\(missing)") }
    }

    @Test("what a form of another site or without its token asks for is refused, and changes nothing", arguments: pages)
    func forgeries(page: String) async throws {
        let stage = try Stage.whole()
        var browser = try await stage.browser()
        let fields = [
            ("part", "details"), ("name", "Eve"), ("current_password", Stage.password),
            ("password", "another long one"),
            ("do", "create"),
        ]
        #expect(try await browser.post(page, fields).status == 403)
        #expect(try await browser.post(page, [("form", "x")] + fields).status == 403)
        let token = Browser.hidden(in: try await browser.get("/account/password"), action: "/account/password")
        browser.fetchSite = "cross-site"
        #expect(try await browser.post(page, token + fields).status == 403)
        browser.fetchSite = nil
        browser.origin = "https://evil.example"
        #expect(try await browser.post(page, token + fields).status == 403)
        browser.origin = nil
        var other = try await stage.browser("eve@example.org")
        let theirs = Browser.hidden(in: try await other.get("/account/password"), action: "/account/password")
        #expect(theirs.count == 1)
        #expect(try await browser.post(page, theirs + fields).status == 403, "a token of another session")
        #expect(try await stage.account().name == nil)
        #expect(try await browser.get("/account/keys").text.contains("No keys yet"))
    }

    @Test("a form of a session that ended meanwhile leads to sign-in")
    func ended() async throws {
        let stage = try Stage.whole()
        var browser = try await stage.browser()
        let token = Browser.hidden(in: try await browser.get("/account/password"), action: "/account/password")
        var other = try await stage.another()
        #expect(try await other.act(on: "/account/sessions", []).done == "sessions_ended")
        let answer = try await browser.post("/account/password", token)
        #expect(answer.status == 303 && answer.location?.hasPrefix("/account/sign-in") == true)
    }

    @Test("names of people, devices and keys are text wherever they are shown")
    func scripting() async throws {
        let evil = #""><script>alert(1)</script><img src=x onerror=alert(2)>'"#
        let stage = try Stage.whole()
        try await stage.enrol(name: evil)
        var browser = Browser(stage)
        browser.userAgent = evil
        _ = try await browser.signIn()
        _ = try await browser.act(on: "/account/keys", [("do", "create"), ("name", evil)])
        _ = try await browser.act(on: "/account/profile", [("part", "details"), ("fields.full_name", evil)])
        for page in Self.pages {
            let text = try await browser.get(page).text
            #expect(!text.contains("<script>alert") && !text.contains("<img src=x"), "\(page)")
            #expect(!text.contains(evil), "\(page)")
        }
        #expect(try await browser.get("/account").text.contains("&lt;script&gt;alert(1)"))
        let refused = try await browser.act(
            on: "/account/profile", [("part", "details"), ("username", evil), ("fields.age", evil)])
        #expect(refused.status == 422)
        #expect(!refused.text.contains(evil) && refused.text.contains("&lt;script&gt;"))
    }
}
