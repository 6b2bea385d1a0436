import Foundation
import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordMail

@Suite("Templates of a realm's own")
struct MailTemplatesTests {
    private static func mistakes(_ files: [(name: String, text: String)]) -> [String] {
        do throws(MailTemplateMistakes) {
            _ = try MailTemplates(files: files, place: "mails/")
            return []
        } catch {
            return error.mistakes.map(\.description)
        }
    }

    private static func render(_ files: [(name: String, text: String)], _ kind: Mail.Kind) throws -> RenderedMail {
        try MailRendererTests.renderer(templates: try MailTemplates(files: files, place: "")).render(
            .sample(kind, publicURL: "https://a.example"))
    }

    @Test("the built-in ones have no mistake")
    func builtIn() { #expect(Self.mistakes([]) == []) }

    @Test("stand in the place of those of the same name, and of no other")
    func replaces() throws {
        let files = [
            ("reset.subject.mustache", "A new password for {{site}}\n"),
            ("reset.text.mustache", "Go to {{link}} & choose within {{term}}.\n"),
            ("reset.html.mustache", "<p title=\"{{term}}\">{{link}}</p>\n"),
        ]
        let reset = try Self.render(files, .reset)
        #expect(reset.subject == "A new password for a.example")
        #expect(reset.text == "Go to https://a.example/reset-password?token=made-up & choose within 1 hour.\n")
        #expect(reset.html == "<p title=\"1 hour\">https://a.example/reset-password?token=made-up</p>\n")
        #expect(try Self.render(files, .verify) == (try Self.render([], .verify)))
    }

    @Test("one layout stands around every kind")
    func layout() throws {
        let files = [
            ("layout.html.mustache", "<main>{{$content}}{{/content}}</main>"),
            ("layout.text.mustache", "SHOP\n\n{{$content}}\n{{/content}}\n"),
        ]
        for kind in Mail.Kind.allCases {
            let mail = try Self.render(files, kind)
            #expect(mail.html?.hasPrefix("<main>") == true && mail.html?.hasSuffix("</main>") == true)
            #expect(mail.text.hasPrefix("SHOP\n\n"))
        }
    }

    @Test("are read with the line ends of Windows as with ours")
    func lineEnds() throws {
        let files = [
            ("words.txt", "language = de\r\nverify.subject = Hallo\r\n"),
            ("verify.text.mustache", "{{say.subject}}\r\n\r\n{{link}}\r\n"),
            ("layout.html.mustache", "<main>\r\n{{$content}}{{/content}}</main>"),
        ]
        let mail = try Self.render(files, .verify)
        #expect(mail.subject == "Hallo")
        #expect(mail.text == "Hallo\n\nhttps://a.example/verify-email?token=made-up\n")
        #expect(mail.html?.hasPrefix("<main>\n") == true)
        #expect(
            Self.mistakes([("verify.text.mustache", "{{link}}\r\n\r\n {{nmae}}\r\n")]) == [
                "mails/verify.text.mustache:3:2: error: no value `nmae` (did you mean `name`?)"
            ])
    }

    @Test("words are replaced one by one")
    func words() throws {
        let files = [("words.txt", "# Deutsch\nlanguage = de\nverify.subject = Bestätige für {{site}} = jetzt\n")]
        let mail = try Self.render(files, .verify)
        #expect(mail.subject == "Bestätige für a.example = jetzt")
        #expect(mail.html?.contains("<html lang=\"de\">") == true)
        #expect(mail.text.contains("If it was not you"))
    }

    @Test("text is not escaped and HTML is, inside the layout as well")
    func escaping() throws {
        let content = MailContent(.keyCreated, facts: [.key: "<i>&", .name: "O'Neill & <Sons>"])
        let mail = try MailRendererTests.renderer().render(content)
        #expect(mail.text.contains("Key: <i>&\n") && mail.text.contains("Hello O'Neill & <Sons>,"))
        #expect(mail.html?.contains("</span> &lt;i&gt;&amp;</p>") == true)
        #expect(mail.html?.contains("Hello O&#39;Neill &amp; &lt;Sons&gt;,") == true)
    }

    @Test(
        "a mistake is said with its place and what was likely meant",
        arguments: [
            (
                "verfy.text.mustache", "x",
                ["verfy.text.mustache: error: no mail uses a file of this name: did you mean `verify.text.mustache`?"]
            ),
            (
                "notes.md", "x",
                [
                    "notes.md: error: no mail uses a file of this name: templates are KIND.subject.mustache, KIND.text.mustache and KIND.html.mustache"
                ]
            ),
            (
                "key_created.text.mustache", "one\n{{#facts}}\ntwo\n",
                [
                    "key_created.text.mustache:4:1: error: a section is not closed: every `{{#name}}` needs its `{{/name}}`"
                ]
            ),
            (
                "key_created.text.mustache", "one\n two {{nmae}}\n",
                ["key_created.text.mustache:2:6: error: no value `nmae` (did you mean `name`?)"]
            ),
            (
                "key_created.html.mustache", "{{words.fotter}}{{say.subjct}}",
                [
                    "key_created.html.mustache:1:1: error: no value `words.fotter` (did you mean `words.footer`?)",
                    "key_created.html.mustache:1:17: error: no value `say.subjct` (did you mean `say.subject`?)",
                ]
            ),
            (
                "key_created.html.mustache", "{{{name}}}",
                [
                    "key_created.html.mustache:1:1: error: `{{{name` would not be escaped, and strangers choose some of the values: write `{{name}}`"
                ]
            ),
            (
                "reset.html.mustache", "<p>Soon</p>",
                ["reset.html.mustache: error: it has no `{{link}}`: its readers could do nothing with it"]
            ),
            (
                "message.text.mustache", "{{say.intro}}",
                ["message.text.mustache: error: it has no `{{link}}`: its readers could do nothing with it"]
            ),
            (
                "layout.html.mustache", "{{> layout}}{{$content}}{{/content}}",
                ["layout.html.mustache:1:1: error: no other template can be used here"]
            ),
            (
                "layout.text.mustache", "{{site}}",
                [
                    "layout.text.mustache: error: it has no `{{$content}}{{/content}}`: messages would say nothing"
                ]
            ),
            (
                "message.html.mustache", "{{<layout}}{{$contents}}{{link}}{{/contents}}{{/layout}}",
                ["message.html.mustache:1:12: error: no block `contents`: the one of the layout is `content`"]
            ),
            (
                "message.text.mustache", "{{=<% %>=}}{{link}}",
                ["message.text.mustache:1:1: error: delimiters and content types are not changed here"]
            ),
            (
                "words.txt", "verify.subjct = x\nnothing\nlanguage = {{nmae}}\n",
                ["words.txt:2:1: error: a line must be `KEY = TEXT`, or begin with `#`"]
            ),
            (
                "words.txt", "verify.subjct = x\nlanguage = {{nmae}}\n",
                [
                    "words.txt:1:1: error: no text `verify.subjct` (did you mean `verify.subject`?)",
                    "words.txt:2:1: error: no value `nmae` (did you mean `name`?)",
                ]
            ),
        ] as [(String, String, [String])])
    func refuses(_ file: String, _ text: String, _ expected: [String]) {
        #expect(Self.mistakes([(file, text)]) == expected.map { "mails/" + $0 })
    }

    @Test("what every kind is written by needs no link if those that bring one have templates of their own")
    func ownLinks() throws {
        let message = (name: "message.html.mustache", text: "{{say.intro}}")
        let own = [Mail.Kind.verify, .reset].map { (name: "\($0.rawValue).html.mustache", text: "{{link}}") }
        #expect(Self.mistakes([message] + own) == [])
        #expect(Self.mistakes([message] + own.dropLast()).count == 1)
        #expect(try Self.render([message] + own, .reset).html?.contains("token=") == true)
    }

    @Test("a folder is read whole, but for what an editor leaves")
    func folder() throws {
        let directory = try TemporaryDirectory()
        for (name, text) in [
            ("verify.subject.mustache", "Hi"), (".verify.swp", "x"), ("verify.subject.mustache~", "y"),
        ] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: directory.file(name)))
        }
        let renderer = try MailRendererTests.renderer(templates: try MailTemplates(folder: directory.path))
        #expect(renderer.render(MailContent(.verify)).subject == "Hi")
        #expect(throws: MailTemplateMistakes.self) { try MailTemplates(folder: directory.file("none")) }
        try Data([0xFF, 0xFE]).write(to: URL(fileURLWithPath: directory.file("reset.subject.mustache")))
        try Data("x".utf8).write(to: URL(fileURLWithPath: directory.file("verfy.text.mustache")))
        let found = #expect(throws: MailTemplateMistakes.self) { try MailTemplates(folder: directory.path) }
        #expect(found?.mistakes.count == 2, "both are told at once")
    }
}
