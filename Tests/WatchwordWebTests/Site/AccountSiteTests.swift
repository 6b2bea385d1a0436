import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordWeb

@Suite("the site")
struct AccountSiteTests {
    let stage: Stage

    init() throws { stage = try Stage() }

    @Test(
        "every page keeps the browser strict",
        arguments: [
            "/account/sign-in", "/account/sign-up", "/account/nowhere", "/account/sign-out", "/verify?token=x", "/_/",
        ])
    func headers(_ address: String) async throws {
        var browser = Browser(stage)
        let page = try await browser.get(address)
        let policy = try #require(page.header("content-security-policy"))
        #expect(policy.hasPrefix("default-src 'none'; style-src 'self'; script-src 'self'"))
        #expect(policy.contains("frame-ancestors 'none'"))
        #expect(policy.contains("form-action 'self'"))
        #expect(!policy.contains("unsafe"))
        #expect(page.header("cache-control") == "no-store")
        #expect(page.header("x-frame-options") == "DENY")
        #expect(page.header("x-content-type-options") == "nosniff")
        #expect(page.header("referrer-policy") == "no-referrer")
        #expect(page.header("cross-origin-opener-policy") == "same-origin")
        #expect(page.header("content-type") == "text/html; charset=utf-8")
        #expect(!page.text.contains("style=\""))
        #expect(!page.text.contains("<script>"))
        #expect(page.text.contains("<h1>"))
    }

    @Test("it claims its prefix, mailed links and a browser's look at the root, and nothing else")
    func claims() {
        func claims(_ method: String, _ path: String, _ headers: [(name: String, value: String)] = []) -> Bool {
            stage.site.claims(WireRequest(method: method, path: path, headers: headers))
        }
        #expect(claims("GET", "/account"))
        #expect(claims("DELETE", "/account/anything"))
        #expect(claims("GET", "/verify"))
        #expect(claims("GET", "/", [("accept", "text/html,*/*")]))
        #expect(!claims("GET", "/", [("accept", "application/json")]))
        #expect(!claims("POST", "/", [("accept", "text/html")]))
        #expect(!claims("GET", "/accounts"))
        #expect(!claims("GET", "/api"))
    }

    @Test("a method that a page does not know is refused with those it does")
    func methods() async throws {
        var browser = Browser(stage)
        let answer = try await browser.send(browser.request("DELETE", "/account/sign-in"))
        #expect(answer.status == 405)
        #expect(answer.header("allow") == "GET, HEAD, POST")
        let link = try await browser.send(browser.request("PUT", "/verify"))
        #expect(link.header("allow") == "GET, HEAD")
    }

    @Test("HEAD answers like GET, and the root leads to the pages")
    func heads() async throws {
        var browser = Browser(stage)
        #expect(try await browser.send(browser.request("HEAD", "/account/sign-in")).status == 200)
        let root = try await browser.get("/", headers: [("accept", "text/html")])
        #expect(root.status == 303)
        #expect(root.location == "/account")
    }

    @Test("assets are kept for ever under their digest, and known by it")
    func assets() async throws {
        var browser = Browser(stage)
        let page = try await browser.get("/account/sign-in")
        let start = try #require(page.text.firstRange(of: "/account/assets/style."))
        let address = String(page.text[start.lowerBound...].prefix { $0 != "\"" })
        let style = try await browser.get(address)
        #expect(style.status == 200)
        #expect(style.header("content-type") == "text/css; charset=utf-8")
        #expect(style.header("cache-control") == "public, max-age=31536000, immutable")
        let tag = try #require(style.header("etag"))
        #expect(try await browser.get(address, headers: [("if-none-match", tag)]).status == 304)
        #expect(try await browser.get("/account/assets/style.0000000000000000.css").status == 404)
        #expect(try await browser.get("/account/assets/..%2Fstyle.css").status == 404)
    }

    @Test("the realm's name, logo, colour and help stand on its pages")
    func look() async throws {
        let stage = try Stage(settings: {
            $0.logo = .init(bytes: [1, 2, 3], type: "image/png")
            $0.accent = "#00FF00"
            $0.support = "help@example.org"
            $0.name = "A & B"
        })
        var browser = Browser(stage)
        let page = try await browser.get("/account/sign-in")
        #expect(page.text.contains("A &amp; B"))
        #expect(page.text.contains("href=\"mailto:help@example.org\""))
        #expect(page.text.contains("/account/assets/logo."))
        #expect(Theme.text("#00FF00") == ":root{--accent:#00ff00;--on-accent:#000000}\n")
        #expect(Theme.text("#102040").contains("--on-accent:#ffffff"))
        #expect(Theme.text("red;}body{display:none").isEmpty)
        #expect(Theme.text("#+1+1+1").isEmpty)
    }

    @Test("records name pages without what clients chose")
    func names() {
        func name(_ path: String) -> String { stage.site.name(of: WireRequest(method: "GET", path: path)) }
        #expect(name("/account/sign-in") == "/account/sign-in")
        #expect(name("/account/secret-token") == "/account/…")
        #expect(name("/account/assets/whatever") == "/account/assets/{name}")
        #expect(name("/verify") == "/verify")
    }

    @Test("a fault is told by its id, and a stopping server as one")
    func failures() {
        let failure = stage.site.failure(id: "abc<b>")
        #expect(failure.status == 500)
        #expect(failure.text.contains("abc&lt;b&gt;"))
        #expect(stage.site.failure(id: "").status == 503)
    }

    @Test("an unknown notice is not shown")
    func notices() async throws {
        var browser = Browser(stage)
        #expect(try await !browser.get("/account/sign-in?done=nonsense").text.contains("nonsense"))
        #expect(try await browser.get("/account/sign-in?done=verified").text.contains("confirmed"))
        #expect(try await !browser.get("/account/sign-in?done=verified&done=verified").text.contains("confirmed"))
    }
}
