import Testing
import WatchwordCore
import WatchwordDescribe
import WatchwordDialect

@Suite("Answers to the questions of a new dialect")
struct AnswerTests {
    /// Answers of one question, good ones and bad ones.
    private static let answers: [(name: String, good: [String], bad: [String])] = [
        (
            "name",
            [
                "a", "shop", "true", "null", "no", "123", "1.5", "1e3", "0x1F", "-", "--", "_", "a.b", "2026-11-21",
                String(repeating: "a", count: 64),
            ],
            ["", ".", ".shop", "two words", "a/b", "ä", "a#b", "a:", "{a}", String(repeating: "a", count: 65)]
        ),
        (
            "prefix",
            ["", "/a", "/v1/auth", "/~x", "/it's", "/a:b", "/a:", "/@", "/*", "/!", "/&x", "/-", "/a=b,c", "/$x"],
            [
                "/", "a", "/a/", "/a b", "/a\tb", "//a", "/a//b", "/ä", "/a#b", "/a?b", "/{id}", "/a{b}", "/..",
                "/a/../b", "/a%20b", "/a\"b",
            ]
        ),
        (
            "access_ttl", ["1s", "30m", "1h", "36500d", "876000h", "007m"],
            [
                "", "m", "0s", "0d", "-1m", "+5m", "1.5h", "5", "5w", "5 m", "٣m", "36501d", "9223372036854775807d",
                "99999999999999999999s", "5M",
            ]
        ),
        ("refresh_ttl", ["1s", "7d", "36500d"], ["0s", "7 days", "36501d", "+1d"]),
    ]

    @Test("Whatever is taken makes a dialect without a mistake, and what would not is told", arguments: answers.indices)
    func taken(_ index: Int) throws {
        let (name, good, bad) = Self.answers[index]
        let question = try #require(Question.all.first { $0.name == name })
        for answer in good {
            #expect(question.mistake(answer) == nil, "\(name): `\(answer)`")
            let text = NewDialect([name: answer, "api_keys": "yes"]).text
            let loading = Dialect.load(text: text, file: "new") { _ in nil }
            #expect(loading.dialect != nil, "\(name): `\(answer)`\n\(loading.diagnostics)")
        }
        for answer in bad {
            #expect(question.mistake(answer)?.isEmpty == false, "\(name): `\(answer)`")
            // And not for nothing:
            let text = NewDialect([name: answer, "api_keys": "yes"]).text
            #expect(Dialect.load(text: text, file: "new") { _ in nil }.dialect == nil, "\(name): `\(answer)`")
        }
    }

    @Test("What was answered is what the dialect is called, where its routes are, and how long its tokens last")
    func said() throws {
        for (name, prefix) in [("true", "/a:"), ("123", "/it's"), ("a.b", "")] {
            let dialect = try dialect(
                NewDialect(["name": name, "prefix": prefix, "access_ttl": "36500d", "api_keys": "yes"]).text)
            #expect(dialect.name == name)
            #expect(dialect.routes.allSatisfy { $0.pathText.hasPrefix(prefix + "/") })
            #expect(dialect.terms.access.lifetime == .never)
            #expect(dialect.terms.apiKeys?.prefix == name.prefix(8) + "_")
        }
    }

    @Test("A question of choices takes those, one by one, and no other spelling of them")
    func choices() {
        for question in Question.all where !question.choices.isEmpty {
            #expect(Set(question.choices).count == question.choices.count)
            #expect(question.choices.contains(question.standing))
            for choice in question.choices {
                #expect(question.mistake(choice) == nil)
                for other in [choice.uppercased() + "!", " " + choice, choice + " ", ""] {
                    #expect(question.mistake(other)?.contains("`\(choice)`") == true, "the choices are told")
                }
            }
        }
        #expect(Set(Question.all.map(\.name)).count == Question.all.count)
    }
}
