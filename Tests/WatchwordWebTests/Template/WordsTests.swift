import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordWeb

@Suite("the words of the pages")
struct WordsTests {
    @Test("every word that a template names is there")
    func named() throws {
        let library = try PageLibrary.embedded()
        for template in EmbeddedPages.templates {
            for piece in template.text.split(separator: "{{> words.").dropFirst() {
                let key = String(piece.prefix { $0 != "}" && $0 != " " })
                if !template.text.hasPrefix("{{> words." + key) {
                    #expect(library.has(key), "\(template.name): \(key)")
                }
            }
        }
    }

    @Test("every template that a template names is there")
    func partials() {
        let names = Set(EmbeddedPages.templates.map(\.name))
        for template in EmbeddedPages.templates {
            for piece in template.text.split(separator: "{{").dropFirst() {
                guard let sign = piece.first, sign == ">" || sign == "<" else { continue }
                let name = Identifier.trimmed(String(piece.dropFirst().prefix { $0 != "}" }))
                if name.hasPrefix("*") || name.hasPrefix("words.") || name.hasPrefix("/") { continue }
                #expect(names.contains(name), "\(template.name): \(name)")
            }
        }
    }

    @Test("every rule and refusal has words, and every route its title")
    func codes() throws {
        let library = try PageLibrary.embedded()
        for rule in InputRule.allCases where ![.json, .media, .size].contains(rule) {
            #expect(library.has("problem." + rule.rawValue), "\(rule)")
        }
        for code in RefusalCode.allCases {
            #expect(!library.text(Refusal(code, retryAfter: 30)).isEmpty)
        }
        let stage = try Stage(settings: { $0.agents = AgentWords() }, terms: { $0.apiKeys = APIKeyTerms() })
        for route in stage.site.parts.routes
        where route.page.methods.contains("GET") {
            #expect(library.has(PageFrame.key(route.page.name) + ".title"), "\(route.page.name)")
        }
    }

    @Test("a word is plain text: markup in it is shown, places are filled and escaped")
    func plain() throws {
        let library = try PageLibrary(
            templates: [("t", "<p title=\"{{> words.a}}\">{{> words.a}}</p>")],
            words: ["a": "\"Ada\" & <b> {{x}} = {{y.z}}"])
        #expect(
            library.render("t", ["x": "<i>", "y": ["z": "'"]])
                == "<p title=\"&quot;Ada&quot; &amp; &lt;b&gt; &lt;i&gt; = &#39;\">"
                + "&quot;Ada&quot; &amp; &lt;b&gt; &lt;i&gt; = &#39;</p>")
        #expect(library.text("a", ["x": "<i>", "y": ["z": "'"]]) == "\"Ada\" & <b> <i> = '")
        #expect(library.text("nothing") == "nothing")
    }

    @Test("waits are told in units that people count in")
    func waits() throws {
        let library = try PageLibrary.embedded()
        #expect(library.wait(1) == "1 second")
        #expect(library.wait(119) == "119 seconds")
        #expect(library.wait(121) == "3 minutes")
        #expect(library.wait(7_200) == "2 hours")
    }

    @Test("a template that does not parse is found at the start")
    func broken() {
        #expect(throws: PageLibrary.Flaw.self) { try PageLibrary(templates: [("t", "{{#a}}")], words: [:]) }
    }
}
