import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordWeb

@Suite("signing in on a page")
struct SignInPageTests {
    let stage: Stage

    init() async throws {
        stage = try Stage()
        try await stage.enrol()
    }

    @Test("who knows the password is signed in, and led to the account")
    func signsIn() async throws {
        var browser = Browser(stage)
        let answer = try await browser.signIn()
        #expect(answer.status == 303)
        #expect(answer.location == "/account")
        let page = try await browser.get("/account/sign-in")
        #expect(page.location == "/account", "who is signed in is not asked again")
    }

    @Test("a wrong password and an unknown account are told in one way")
    func tellsNothing() async throws {
        var browser = Browser(stage)
        _ = try await browser.get("/account/sign-in")
        let wrong = try await browser.signIn(password: "not the right one")
        let unknown = try await browser.signIn("bob@example.org", password: "not the right one")
        #expect(wrong.status == 401)
        #expect(unknown.status == 401)
        #expect(wrong.text == unknown.text.replacing("bob@example.org", with: Stage.email))
        #expect(wrong.text.contains("do not belong together"))
        #expect(!wrong.text.contains("not the right one"))
        #expect(wrong.setCookies.isEmpty)
    }

    @Test("what was asked for is where one gets after signing in")
    func next() async throws {
        var browser = Browser(stage)
        let answer = try await browser.signIn(page: "/account/sign-in?next=%2Faccount%2Fsigned-out%3Fa%3Db")
        #expect(answer.location == "/account/signed-out?a=b")
    }

    @Test(
        "nothing that leads elsewhere is followed",
        arguments: [
            "//evil.example", "/\\evil.example", "https://evil.example", "https:evil.example", "/account//evil.example",
            "/account/../..//evil.example", "/account/\r\nLocation: https://evil.example", "/account/%0d%0aX: y",
            "/account/%2e%2e/%2fevil.example", "/accountant", "/account@evil.example", "javascript:alert(1)",
            " /account",
            "/account\\evil", "/account/\t/evil.example", "/account/%5c%5cevil", "", "evil", "/account#x",
        ])
    func openRedirect(_ next: String) async throws {
        var browser = Browser(stage)
        _ = try await browser.get("/account/sign-in")
        let hidden = Browser.hidden(in: try await browser.get("/account/sign-in"), action: "/account/sign-in")
        let answer = try await browser.post(
            "/account/sign-in",
            hidden + [("identity", Stage.email), ("password", Stage.password), ("next", next)])
        #expect(answer.status == 303)
        #expect(answer.location == "/account")
        let shown = try await browser.get("/account/sign-in?next=" + PercentEncoding.component(next))
        #expect(shown.location == "/account")
        var stranger = Browser(stage)
        let form = try await stranger.get("/account/sign-in?next=" + PercentEncoding.component(next))
        #expect(!form.text.contains("name=\"next\""))
    }

    @Test("a planted session is not taken up, and every sign-in begins a new one")
    func fixation() async throws {
        var browser = Browser(stage)
        browser.cookies["__Host-watchword-test"] = "web_" + String(repeating: "A", count: 43)
        _ = try await browser.signIn()
        let first = try #require(browser.cookies["__Host-watchword-test"])
        #expect(first != "web_" + String(repeating: "A", count: 43))
        browser.cookies["__Host-watchword-test"] = nil
        _ = try await browser.signIn()
        #expect(browser.cookies["__Host-watchword-test"] != first)
    }

    @Test("who signs in over a session of before ends it")
    func signsInAgain() async throws {
        try await stage.enrol("bob@example.org")
        var browser = Browser(stage)
        _ = try await browser.signIn()
        let page = try await browser.get("/account/forgot-password")
        let token = Browser.hidden(in: page, action: "/account/forgot-password")
        _ = try await browser.post(
            "/account/sign-in", token + [("identity", "bob@example.org"), ("password", Stage.password)])
        #expect(try await stage.sessions().isEmpty)
        #expect(try await stage.sessions("bob@example.org").count == 1)
    }

    @Test("too many attempts are told with the wait")
    func throttled() async throws {
        var limits = ThrottleLimits()
        limits.attempt = Limit(burst: 2, every: 90_000_000)
        let stage = try Stage(throttle: Throttle(limits: limits))
        try await stage.enrol()
        var browser = Browser(stage)
        for _ in 0..<2 { _ = try await browser.signIn(password: "wrong as can be") }
        let answer = try await browser.signIn()
        #expect(answer.status == 429)
        #expect(answer.header("retry-after") == "90")
        #expect(answer.text.contains("90 seconds"))
        #expect(answer.text.contains(Stage.email), "what was typed is kept")
    }

    @Test("who has yet to confirm an address is told so only with the password, and offered another mail")
    func unverified() async throws {
        let stage = try Stage(terms: { $0.accounts.requireVerified = true })
        try await stage.enrol()
        var browser = Browser(stage)
        #expect(try await !browser.signIn(password: "wrong as can be").text.contains("request-verification"))
        let answer = try await browser.signIn()
        #expect(answer.status == 401)
        let hidden = Browser.hidden(in: answer, action: "/account/request-verification")
        #expect(hidden.contains { $0 == ("identity", Stage.email) })
        let mailed = try await browser.post("/account/request-verification", hidden)
        #expect(mailed.location == "/account/request-verification?done=verification_mailed")
    }

    @Test("a disabled account is told so to its owner only")
    func disabled() async throws {
        var account = try await stage.account()
        account.disabled = true
        try await stage.realm.store.write { [account] in _ = try $0.update(account) }
        var browser = Browser(stage)
        #expect(try await browser.signIn().text.contains("switched off"))
        #expect(try await !browser.signIn(password: "wrong as can be").text.contains("switched off"))
    }
}
