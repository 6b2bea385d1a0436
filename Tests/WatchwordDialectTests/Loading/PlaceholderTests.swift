import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Places for facts in texts")
struct PlaceholderTests {
    private static let email = TextPiece.slot(.user(.email), [])

    private func section(_ text: String) -> String {
        "GET /x: {do: me, auth: user, reply: {status: 200, body: {it: \(JSON.text(.string(text)))}}}"
    }

    private func tree(_ text: String) throws -> Tree? {
        guard case .object(let members)? = try Tiny.dialect(routes: section(text)).routes.last?.reply.body else {
            return nil
        }
        return members.first?.tree
    }

    @Test(
        "A text without a place for a fact is what it is, two dollar signs for one where one would begin a place",
        arguments: [
            ("", ""), ("a", "a"), ("a$b", "a$b"), ("a $5", "a $5"), ("a$", "a$"), ("$$", "$"), ("$$5", "$5"),
            ("$$user.email", "$user.email"), ("$$$", "$$"), ("a$$b", "a$$b"), ("$${user.email}", "${user.email}"),
            ("a$${user.email}", "a${user.email}"), ("{user.email}", "{user.email}"), ("a$ {b}", "a$ {b}"),
        ])
    func plain(_ written: String, _ meant: String) throws {
        #expect(try tree(written) == .literal(.string(meant)))
    }

    @Test("A text that is one fact is the fact itself, and in braces its text")
    func whole() throws {
        #expect(try tree("$user.email") == .slot(.user(.email), []))
        #expect(try tree("$user.email|lower|opt") == .slot(.user(.email), [.lower, .optional]))
        #expect(try tree("${user.email}") == .text([Self.email]))
    }

    @Test("Facts stand anywhere in a text, side by side as well, with dollar signs around them")
    func pieces() throws {
        #expect(try tree("to ${user.email}!") == .text([.literal("to "), Self.email, .literal("!")]))
        #expect(try tree("${user.email}${user.email}") == .text([Self.email, Self.email]))
        #expect(
            try tree("a$${x} ${user.email|upper} $5$")
                == .text([.literal("a${x} "), .slot(.user(.email), [.upper]), .literal(" $5$")]))
        #expect(try tree("$$${user.email}") == .text([.literal("$"), Self.email]))
        #expect(try tree("${user.email}$$") == .text([Self.email, .literal("$$")]))
    }

    @Test(
        "What begins like a place and is none is a mistake",
        arguments: [
            "$", "$5", "$ user", "$user.", "$.email", "$user..email", "$user.email.more", "$user.email|", "$user-email",
            "${", "${}", "${user.email", "a ${user.email", "${user email}", "${user.email|}", "a${5}", "${$user.email}",
            "$user.nothing", "$nobody.email", "${user.nothing}", "$user.email|nothing", "$user.email lower",
        ])
    func malformed(_ written: String) {
        #expect(Tiny.messages(routes: section(written)).count == 1, "\(written)")
    }
}
