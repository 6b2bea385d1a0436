import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordWeb

@Suite("what strangers typed, shown again")
struct EscapingTests {
    static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
        "x\"\u{301} onmouseover=alert(1) y=\"\u{301}", "<\u{338}script>", "&lt;b&gt;",
    ]

    /// No `<`, `"` of the text came through as markup.
    private func isSafe(_ page: WireResponse, _ text: String) -> Bool {
        let scalars = page.text.unicodeScalars
        return scalars.firstRange(of: text.unicodeScalars) == nil || !text.contains { "<>\"'&".contains($0) }
    }

    @Test("every echoed field of a form", arguments: hostile)
    func echoed(_ text: String) async throws {
        let stage = try Stage(terms: { $0.accounts.login = [.username, .email] })
        var browser = Browser(stage)
        let up = try await browser.submit(
            "/account/sign-up", [("email", text), ("username", text), ("name", text), ("fields.full_name", text)])
        #expect(up.status == 422)
        #expect(isSafe(up, text))
        let signIn = try await browser.signIn(text, password: "x")
        #expect(isSafe(signIn, text))
        let forgot = try await browser.submit("/account/forgot-password", [("identity", text)])
        #expect(isSafe(forgot, text))
        let token = PercentEncoding.component(text)
        #expect(isSafe(try await browser.get("/account/verify-email?token=" + token), text))
        #expect(isSafe(try await browser.get("/verify?token=" + token), text))
        #expect(isSafe(try await browser.get("/account/sign-in?next=/account/" + token), text))
        #expect(isSafe(try await browser.get("/account/sign-in?done=" + token), text))
        #expect(isSafe(try await browser.get("/account/" + token), text))
    }

    @Test("places of templates in what was typed are no places")
    func places() async throws {
        let stage = try Stage()
        var browser = Browser(stage)
        let page = try await browser.signIn("{{{form_token}}}", password: "x")
        #expect(page.text.contains("value=\"{{{form_token}}}\""))
    }

    @Test("the name of who is signed in", arguments: hostile)
    func name(_ text: String) async throws {
        let stage = try Stage()
        try await stage.enrol(name: text)
        var browser = Browser(stage)
        _ = try await browser.signIn()
        let page = try await browser.get("/account/forgot-password")
        #expect(page.text.contains("class=\"name\""))
        #expect(isSafe(page, text))
    }

    @Test("a mark behind a quote does not keep it from being escaped")
    func marks() throws {
        let library = try PageLibrary(templates: [("t", "<a title=\"{{x}}\">{{#l}}{{.}}{{/l}}{{o.y}}")], words: [:])
        let mark = "\"\u{301}"
        let text = try #require(library.render("t", ["x": mark, "l": [mark], "o": ["y": mark]]))
        #expect(text.unicodeScalars.filter { $0 == "\"" }.count == 2)
        #expect(SafeContext.separated("e\u{301}") == "e\u{301}")
    }
}
