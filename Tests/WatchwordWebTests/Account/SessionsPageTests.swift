import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordWeb

@Suite("where one is signed in")
struct SessionsPageTests {
    private static let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

    private func ids(_ page: String) -> [String] {
        page.split(separator: "name=\"id\" value=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }

    @Test("each session is named in plain words with its address, this one marked and not to be ended here")
    func list() async throws {
        let stage = try Stage.whole()
        try await stage.enrol()
        var browser = Browser(stage)
        browser.userAgent = Self.firefox
        browser.address = "198.51.100.7"
        _ = try await browser.signIn()
        var tool = Browser(stage)
        tool.userAgent = "something/1.0"
        _ = try await tool.signIn()
        var silent = Browser(stage)
        _ = try await silent.signIn()
        let page = try await browser.get("/account/sessions").text
        #expect(page.contains("<strong>Firefox on Linux</strong> <span class=\"tag\">This browser</span>"))
        #expect(page.contains("<strong>something/1.0</strong>") && page.contains("<strong>Unknown device</strong>"))
        #expect(page.contains("198.51.100.7"))
        #expect(ids(page).count == 2)
        #expect(page.contains("Sign out everywhere else"))
    }

    @Test("one ends, and nothing else")
    func one() async throws {
        let stage = try Stage.whole()
        var browser = try await stage.browser()
        var other = try await stage.another()
        var third = try await stage.another()
        let id = try await stage.realm.store.read { [email = Stage.email] reading in
            guard let account = try reading.account(.email(email)) else { return "" }
            return try reading.sessions(of: account.id, liveAt: Timestamp(seconds: 0)).first?.id.text ?? ""
        }
        let shown = ids(try await browser.get("/account/sessions").text)
        #expect(shown.count == 2 && shown.contains(id))
        #expect(try await browser.act(on: "/account/sessions", [("id", id)]).done == "session_ended")
        let left = [try await other.get("/account").status, try await third.get("/account").status]
        #expect(left.sorted() == [200, 303])
        #expect(try await browser.get("/account/sessions?done=session_ended").text.contains("That session has ended."))
    }

    @Test("all others end at once, and this one stays")
    func others() async throws {
        let stage = try Stage.whole()
        var browser = try await stage.browser()
        var other = try await stage.another()
        #expect(try await browser.act(on: "/account/sessions", []).done == "sessions_ended")
        #expect(try await other.get("/account").status == 303)
        let page = try await browser.get("/account/sessions")
        #expect(page.status == 200 && !page.text.contains("Sign out everywhere else"))
    }

    @Test("a session of somebody else, one that is none, and one's own are refused")
    func foreign() async throws {
        let stage = try Stage.whole()
        var browser = try await stage.browser()
        var eve = try await stage.browser("eve@example.org")
        _ = try await stage.another("eve@example.org")
        let theirs = ids(try await eve.get("/account/sessions").text)
        #expect(theirs.count == 1)
        for id in theirs + ["x", ""] {
            let status = try await browser.act(on: "/account/sessions", [("id", id)]).status
            #expect(status == 404 || id.isEmpty && status >= 400, "\(id): \(status)")
        }
        #expect(ids(try await eve.get("/account/sessions").text) == theirs)
        #expect(try await browser.act(on: "/account/sessions", [("id", "current")]).status == 400)
        #expect(try await browser.get("/account").status == 200)
    }
}
