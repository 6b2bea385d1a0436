import Testing

@testable import WatchwordMail

@Suite("The lines of a mail's text")
struct LinesTests {
    @Test(
        "a subject is one line",
        arguments: [("One", "One"), (" One \n", "One"), ("One\nTwo\r\nThree", "One Two Three"), ("\n\n", "")])
    func one(_ text: String, _ expected: String) { #expect(Lines.one(text) == expected) }

    @Test(
        "there is one empty line at most between others, and none at either end",
        arguments: [
            ("a\n\n\n\nb\n", "a\n\nb\n"), ("\n\na", "a\n"), ("a\n \n\t\nb", "a\n\n\t\nb\n"), ("", ""), ("\n", ""),
        ])
    func empty(_ text: String, _ expected: String) { #expect(Lines.tidy(text) == expected) }

    @Test("long lines are wrapped at words and keep their indentation")
    func wrapped() {
        let words = Array(repeating: "seven77", count: 30).joined(separator: " ")
        let lines = Lines.tidy("  " + words).split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 76 && $0.hasPrefix("  seven77") && $0.hasSuffix("seven77") })
        #expect(lines.joined(separator: " ").split(separator: " ").joined(separator: " ") == words)
        #expect(Lines.tidy(String(repeating: "a", count: 76) + " b") == String(repeating: "a", count: 76) + "\nb\n")
        #expect(Lines.tidy(String(repeating: "a", count: 74) + " b") == String(repeating: "a", count: 74) + " b\n")
    }

    @Test("what has no space stays whole, however long")
    func links() {
        let link = "https://a.example/" + String(repeating: "x", count: 400)
        #expect(Lines.tidy("Open \(link) now") == "Open\n\(link)\nnow\n")
    }

    @Test("the line before a signature keeps its space")
    func signature() {
        #expect(Lines.tidy("a\n-- \nb  ") == "a\n-- \nb\n")
    }
}
