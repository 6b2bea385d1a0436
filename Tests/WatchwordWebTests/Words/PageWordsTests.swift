import Testing
import WatchwordDialect

@testable import WatchwordWeb

@Suite("a realm's own words, read and checked")
struct PageWordsTests {
    static func words(_ text: String, fields: [String] = []) throws(PageWordsMistakes) -> PageWords {
        try PageWords(Array(text.utf8), file: "de.txt", fields: fields)
    }

    static func mistakes(_ text: String, fields: [String] = []) -> [String] {
        do {
            _ = try words(text, fields: fields)
            return []
        } catch { return error.mistakes.map(\.description) }
    }

    @Test("stand in the place of ours; what they lack is English")
    func some() throws {
        let words = try Self.words("\u{FEFF}# mine\r\n\r\nlanguage = de\r\n  sign_in.button\t=  An = melden \r\n")
        #expect(words.texts == ["language": "de", "sign_in.button": "An = melden"])
        #expect(words.language == "de" && !words.isRightToLeft)
        let library = try PageLibrary.embedded(words)
        #expect(library.text("sign_in.button") == "An = melden")
        #expect(library.text("sign_in.title") == "Sign in")
        #expect(PageWords().language == "en")
        #expect(try Self.words("language = ar-EG").isRightToLeft)
    }

    @Test("our own file is one of them, and lacks nothing")
    func ours() throws {
        let words = try Self.words(PageWords.english)
        #expect(words.texts == PageWords.ours)
        #expect(words.missing.isEmpty)
        #expect(words.texts.count > 250)
    }

    @Test("what is missing is printed as our file has it, under its headings, and read again it is all there")
    func missing() throws {
        let all = PageWords().missing
        #expect(try Self.words(all).texts == PageWords.ours)
        let text = try Self.words(
            PageWords.english.split(separator: "\n").filter { !$0.hasPrefix("layout.skip") && !$0.hasPrefix("delete.") }
                .joined(separator: "\n")
        ).missing
        #expect(
            text.split(separator: "\n", omittingEmptySubsequences: false).map {
                $0.split(separator: " = ")[...].first ?? ""
            }
                == [
                    "# Every page", "layout.skip", "", "# The account (profile, password, sessions, keys)",
                    "delete.title",
                    "delete.lead", "delete.button", "delete.keep", "",
                ])
    }

    @Test(
        "mistakes have their place, what is wrong, and what was meant",
        arguments: [
            ("sign_in.titel = x", "1:1: error: no word `sign_in.titel` (did you mean `sign_in.title`?)"),
            ("\n  greeting = x", "2:3: error: no word `greeting`"),
            ("sign_in.title", "1:1: error: a line must be `KEY = TEXT`, or begin with `#`"),
            ("= x", "1:1: error: a line must be `KEY = TEXT`, or begin with `#`"),
            ("sign in = x", "1:1: error: a line must be `KEY = TEXT`, or begin with `#`"),
            ("sign_in.title =", "1:1: error: `sign_in.title` has no text: without this line it is said in English"),
            (
                "sign_in.title = a\nsign_in.title = b",
                "2:1: error: the word `sign_in.title` is there twice: line 1 has it too"
            ),
            (
                "language = pt_BR",
                "1:12: error: `pt_BR` names no language (did you mean `pt-BR`?): browsers know them as `de`, `pt-BR` or `zh-Hant` (RFC 5646)"
            ),
            (
                "language = Deutsch",
                "1:12: error: `Deutsch` names no language: browsers know them as `de`, `pt-BR` or `zh-Hant` (RFC 5646)"
            ),
            (
                "problem.min = {{bound}} und {{bond}}",
                "1:29: error: no value `bond` in this text (did you mean `bound`?): it has `bound`"
            ),
            ("sign_in.title = {{site.name}}", "1:17: error: no value `site.name` in this text: it has none"),
            (
                "problem.min = mindestens",
                "1:15: error: `{{bound}}` is missing: the English text is `At least {{bound}} characters are needed.`"
            ),
            ("sign_in.title = a {{b", "1:19: error: `{{` without `}}` behind it"),
            (
                "sign_in.title = {{#a}}",
                "1:17: error: `{{#a}}` is none of what a text can have: values only, as in `{{name}}`"
            ),
            (
                "sign_in.title = {{> layout}}",
                "1:17: error: `{{>layout}}` is none of what a text can have: values only, as in `{{name}}`"
            ),
            (
                "agent.title = {{{agent.name}}} {{agent.name}}",
                "1:15: error: `{{{agent.name}}` is none of what a text can have: values only, as in `{{name}}`"
            ),
            (
                "sign_in.title = a\u{7}b",
                "1:18: error: U+0007 is a control character, which has no place in a text: remove it"
            ),
            (
                "sign_in.title = a\tb",
                "1:18: error: U+0009 is a control character, which has no place in a text: remove it"
            ),
            (
                "sign_in.title = \u{202E}b",
                "1:17: error: U+202E is a control character, which has no place in a text: remove it"
            ),
            (
                "sign_in.title = a\u{2028}sign_up.title = b",
                "1:18: error: U+2028 is a control character, which has no place in a text: remove it"
            ),
            ("field.position = Stelle", "1:1: error: no word `field.position`"),
        ])
    func mistaken(text: String, expected: String) {
        #expect(Self.mistakes(text) == ["de.txt:" + expected])
    }

    @Test("all of them are told, in the order of the lines")
    func several() {
        let found = Self.mistakes("wait.hour = eine Stunde\nnothing\nsign_in.titel = x\nsign_in.title = {{a}}{{^b}}\n")
        #expect(
            found.map { $0.prefix { $0 != " " } } == [
                "de.txt:1:13:", "de.txt:2:1:", "de.txt:3:1:", "de.txt:4:17:", "de.txt:4:22:",
            ])
    }

    @Test("a text has its bound, and so has the file")
    func bounds() throws {
        let longest = String(repeating: "ü", count: WordRules.longest)
        #expect(try Self.words("sign_in.title = \(longest)").texts["sign_in.title"] == longest)
        #expect(
            Self.mistakes("sign_in.title = \(longest)x")
                == ["de.txt:1:17: error: 501 characters are more than pages have room for: 500"])
        let large = Array(repeating: UInt8(ascii: "#"), count: PageWords.maximumBytes)
        #expect(try PageWords(large, file: "de.txt").texts.isEmpty)
        #expect(throws: PageWordsMistakes.self) { try PageWords(large + [0x0A], file: "de.txt") }
    }

    @Test("what is not UTF-8 is found in its line")
    func encoding() throws {
        let error = #expect(throws: PageWordsMistakes.self) {
            try PageWords(Array("language = de\n".utf8) + [0x61, 0xFC, 0x0A], file: "de.txt")
        }
        #expect(error?.description == "de.txt:2:1: error: this line is not text in UTF-8: save the file as that")
    }

    @Test("what agents are called may be said, written out, or said in another form; other values may not be left out")
    func nouns() throws {
        _ = try Self.words(
            "agents.title = Die Maschinen\nagent_new.title = {{noun.One}}, {{noun.many}}\nnoun.one = Maschine")
        #expect(Self.mistakes("sign_in.title = {{noun.one}}").count == 1)
        #expect(Self.mistakes("noun.one = {{noun.many}}").count == 1)
    }

    @Test("a label of a contract's own field is a word too")
    func fields() throws {
        let words = try Self.words("field.position = Stelle", fields: ["position", "full_name"])
        #expect(try PageLibrary.embedded(words).text("field.position") == "Stelle")
        #expect(
            Self.mistakes("field.positon = Stelle", fields: ["position"])
                == ["de.txt:1:1: error: no word `field.positon` (did you mean `field.position`?)"])
        #expect(Self.mistakes("field.position = {{x}}", fields: ["position"]).count == 1)
    }

    @Test("English among words from right to left has its full stop where it ends")
    func isolated() throws {
        let library = try PageLibrary.embedded(try Self.words("language = he\nsign_up.title = הרשמה"))
        #expect(library.text("sign_in.title") == "\u{2066}Sign in\u{2069}")
        #expect(library.text("wait.seconds", ["number": 3]) == "\u{2066}3 seconds\u{2069}")
        #expect(library.text("sign_up.title") == "הרשמה")
        // What says nothing itself goes the page's way.
        #expect(library.text("problem.line", ["label": "א", "text": "ב"]) == "א: ב")
        #expect(library.text("noun.one", ["dialect": ["agent": "server"]]) == "server")
        let german = try PageLibrary.embedded(try Self.words("language = de"))
        #expect(german.text("sign_in.title") == "Sign in")
    }

    @Test("marks of direction stay: texts from right to left need them")
    func marks() throws {
        let text = "\u{200F}API\u{200E} \u{2067}x\u{2069}"
        #expect(try Self.words("sign_in.title = \(text)").texts["sign_in.title"] == text)
    }
}
