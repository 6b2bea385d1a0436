import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordWeb

@Suite("forms that other sites post")
struct CrossSiteFormTests {
    let stage: Stage

    init() async throws {
        stage = try Stage()
        try await stage.enrol()
    }

    private var fields: [(String, String)] { [("identity", Stage.email), ("password", Stage.password)] }

    @Test("a form without its token is refused")
    func missing() async throws {
        var browser = Browser(stage)
        _ = try await browser.get("/account/sign-in")
        let answer = try await browser.post("/account/sign-in", fields)
        #expect(answer.status == 403)
        #expect(answer.text.contains("no longer good"))
        #expect(try await stage.sessions().isEmpty)
    }

    @Test("a token of another browser, of before sign-in, and of another session is refused")
    func foreign() async throws {
        var mallory = Browser(stage)
        let theirs = Browser.hidden(in: try await mallory.get("/account/sign-in"), action: "/account/sign-in")
        var browser = Browser(stage)
        _ = try await browser.get("/account/sign-in")
        #expect(try await browser.post("/account/sign-in", theirs + fields).status == 403)

        let before = Browser.hidden(in: try await browser.get("/account/sign-in"), action: "/account/sign-in")
        _ = try await browser.signIn()
        #expect(try await browser.post("/account/sign-out", before).status == 403)
        #expect(try await stage.sessions().count == 1)
    }

    @Test("a token that stands twice is none")
    func repeated() async throws {
        var browser = Browser(stage)
        let hidden = Browser.hidden(in: try await browser.get("/account/sign-in"), action: "/account/sign-in")
        #expect(try await browser.post("/account/sign-in", hidden + hidden + fields).status == 403)
    }

    @Test(
        "what a browser says comes from elsewhere is refused, whatever its token",
        arguments: ["cross-site", "same-site"])
    func fetchSite(_ site: String) async throws {
        var browser = Browser(stage)
        browser.fetchSite = site
        #expect(try await browser.signIn().status == 403)
        #expect(try await stage.sessions().isEmpty)
    }

    @Test("without Fetch Metadata the origin counts")
    func origins() async throws {
        for (origin, status) in [
            ("https://evil.example", 403), ("https://auth.example.evil.example", 403), ("https://auth.example", 303),
            ("null", 303), ("evil", 403),
        ] {
            var browser = Browser(stage)
            browser.fetchSite = nil
            browser.origin = origin
            #expect(try await browser.signIn().status == status, "\(origin)")
        }
    }

    @Test("other content types are refused before anything is done", arguments: ["application/json", "text/plain"])
    func media(_ type: String) async throws {
        var browser = Browser(stage)
        let hidden = Browser.hidden(in: try await browser.get("/account/sign-in"), action: "/account/sign-in")
        var request = browser.request("POST", "/account/sign-in", [("content-type", type)])
        request.body = Browser.encoded(hidden + fields)
        #expect(try await browser.send(request).status == 415)
    }

    @Test("an oversized form is refused")
    func size() async throws {
        var browser = Browser(stage)
        let answer = try await browser.post(
            "/account/sign-in", [("identity", String(repeating: "a", count: FormBody.maximumBytes))])
        #expect(answer.status == 413)
    }

    @Test("signing out takes a form, ends the session, and takes the cookie away")
    func signsOut() async throws {
        var browser = Browser(stage)
        _ = try await browser.signIn()
        #expect(try await browser.get("/account/sign-out").status == 405)
        #expect(try await stage.sessions().count == 1)
        let page = try await browser.get("/account/forgot-password")
        let answer = try await browser.post(
            "/account/sign-out", Browser.hidden(in: page, action: "/account/sign-out"))
        #expect(answer.location == "/account/signed-out")
        #expect(browser.cookies["__Host-watchword-test"] == nil)
        #expect(try await stage.sessions().isEmpty)
        #expect(try await browser.get("/account/signed-out").status == 200)
    }
}
