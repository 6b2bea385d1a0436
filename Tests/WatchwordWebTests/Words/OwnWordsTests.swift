import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordWeb

@Suite("pages in a realm's own words")
struct OwnWordsTests {
    private func stage(_ text: String, _ change: (inout SiteSettings) -> Void = { _ in }) throws -> Stage {
        let words = try PageWords(Array(text.utf8), file: "own.txt", fields: ["full_name"])
        return try Stage(settings: {
            $0.words = words
            change(&$0)
        })
    }

    @Test("say which language they are in, and from where it is read")
    func language() async throws {
        var english = Browser(try Stage())
        #expect(try await english.get("/account/sign-in").text.contains("<html lang=\"en\" dir=\"ltr\">"))
        var german = Browser(try stage("language = de-AT"))
        #expect(try await german.get("/account/sign-in").text.contains("<html lang=\"de-AT\" dir=\"ltr\">"))
        var hebrew = Browser(try stage("language = he"))
        #expect(try await hebrew.get("/account/sign-in").text.contains("<html lang=\"he\" dir=\"rtl\">"))
        // The pages of errors and faults as well.
        #expect(try await hebrew.get("/account/nothing").text.contains("<html lang=\"he\" dir=\"rtl\">"))
        #expect(hebrew.site.failure(id: "f1").text.contains("<html lang=\"he\" dir=\"rtl\">"))
    }

    @Test("are text: markup in them is shown")
    func text() async throws {
        let hostile = "<script>alert(1)</script>\" onfocus=\"x' &amp; \"\u{301}"
        let stage = try stage(
            "sign_in.title = \(hostile)\nfield.show = \(hostile)\nrefusal.invalid_credentials = \(hostile)")
        var browser = Browser(stage)
        let shown = try await browser.get("/account/sign-in").text
        let escaped = "&lt;script&gt;alert(1)&lt;/script&gt;&quot; onfocus=&quot;x&#39; &amp;amp; &quot;\u{301}"
        #expect(shown.contains("<h1>\(escaped)</h1>") && shown.contains("aria-label=\"\(escaped)\""))
        #expect(!shown.contains("<script>") && !shown.contains("onfocus=\""))
        let refused = try await browser.signIn()
        #expect(refused.status == 401)
        #expect(!refused.text.contains("<script>") && refused.text.contains("&lt;script&gt;"))
    }

    @Test("fill values in, in whatever order the language has them")
    func values() async throws {
        let stage = try stage(
            "problem.line = {{text}} ({{label}})\nproblem.required = Bitte ausfüllen.\nfield.password = Passwort")
        var browser = Browser(stage)
        let answer = try await browser.submit("/account/sign-in", [("identity", "ada@example.org")])
        #expect(answer.text.contains("Bitte ausfüllen. (Passwort)"))
    }

    @Test("say what agents are called, with a capital at the beginning, and the paths stay the dialect's")
    func nouns() async throws {
        func agents(_ text: String) throws -> Stage {
            let words = try PageWords(Array(text.utf8), file: "own.txt")
            return try Stage(
                settings: {
                    $0.words = words
                    $0.agents = AgentWords(one: "server", many: "servers")
                })
        }
        let own = try agents("noun.one = сервер\nnoun.many = серверы")
        try await own.enrol()
        var browser = Browser(own)
        _ = try await browser.signIn()
        let page = try await browser.get("/account/servers")
        #expect(page.status == 200 && page.text.contains("<h1>Серверы</h1>") && page.text.contains("No серверы yet"))
        let english = try agents("")
        try await english.enrol()
        browser = Browser(english)
        _ = try await browser.signIn()
        #expect(try await browser.get("/account/servers").text.contains("<h1>Servers</h1>"))
    }

    @Test("name devices by their parts")
    func devices() async throws {
        let stage = try stage("sessions.program = {{system}}: {{program}}")
        try await stage.enrol()
        var browser = Browser(stage)
        browser.userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
        _ = try await browser.signIn()
        #expect(try await browser.get("/account/sessions").text.contains("Linux: Firefox"))
    }

    @Test("label a contract's own fields")
    func fields() async throws {
        var browser = Browser(try stage("field.full_name = Vor- und Nachname"))
        #expect(try await browser.get("/account/sign-up").text.contains("Vor- und Nachname"))
    }
}
