import Testing
import WatchwordCore

@testable import WatchwordMail

@Suite("The words of mails")
struct MailWordsTests {
    private static func mistakes(_ text: String) -> [String] {
        do throws(MailTemplateMistakes) {
            _ = try MailWords(text, file: "words.txt")
            return []
        } catch {
            return error.mistakes.map(\.description)
        }
    }

    @Test("are lines of a key and a text, with remarks between them")
    func reads() throws {
        let words = try MailWords("# A remark\n\n a.b = One = 1 \n\tc=\n d = #2\n", file: "words.txt")
        #expect(words.entries.map(\.key) == ["a.b", "c", "d"])
        #expect(words.entries.map(\.text) == ["One = 1", "", "#2"])
        #expect(words.entries.map(\.line) == [3, 4, 5])
        #expect(words["a.b"] == "One = 1" && words["e"] == nil)
    }

    @Test("that are no such lines, or come twice, are told all at once")
    func refuses() {
        #expect(
            Self.mistakes("nothing\na = 1\nb\na = 2\n") == [
                "words.txt:1:1: error: a line must be `KEY = TEXT`, or begin with `#`",
                "words.txt:3:1: error: a line must be `KEY = TEXT`, or begin with `#`",
                "words.txt:4:1: error: the key `a` is there twice",
            ])
    }

    @Test("of others take the place of the same ones, where they stood")
    func replaces() throws {
        let words = try MailWords("a = 1\nb = 2\n", file: "en.txt")
        let others = try MailWords("b = zwei\nc = drei\n", file: "de.txt")
        #expect(words.replaced(by: others).entries.map { "\($0.key)=\($0.text)" } == ["a=1", "b=zwei"])
    }

    @Test("of every kind are there, and no text is a remainder of one that was removed")
    func complete() throws {
        let words = try MailWords(EmbeddedMail.words.1, file: EmbeddedMail.words.0)
        for kind in Mail.Kind.allCases.map(\.rawValue) + ["test"] {
            for part in ["subject", "intro", "otherwise"] {
                #expect(words["\(kind).\(part)"]?.isEmpty == false, "\(kind).\(part)")
            }
        }
        let templates = EmbeddedMail.templates.map(\.1).joined()
        for entry in words.entries where !entry.key.contains(".") && entry.key != "term" {
            #expect(templates.contains("words.\(entry.key)}}"), "\(entry.key)")
        }
    }
}
