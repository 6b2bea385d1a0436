import Testing
import WatchwordCore
import WatchwordDialect

@Suite("How much is told, and in what order")
struct ReportTests {
    private func errors(_ text: String) -> [Diagnostic] {
        Dialect.load(text: text, file: "f") { _ in nil }.diagnostics.filter { $0.severity == .error }
    }

    private func sections(_ count: Int) -> String {
        Tiny.text() + "\n" + (0..<count).map { "zzzz\($0): 1" }.joined(separator: "\n")
    }

    @Test("past 200 mistakes the rest are counted")
    func most() {
        #expect(errors(sections(1)).count == 1)
        let all = errors(sections(200))
        #expect(all.count == 200 && all.allSatisfy { $0.message.hasPrefix("unknown section") })
        let more = errors(sections(217))
        #expect(more.count == 201 && Array(more.prefix(200)) == all)
        #expect(more.last?.message == "and 17 more mistakes")
        #expect(more.last?.position == more[199].position)
    }

    @Test("a thousand members are read, and one more is none of any contract")
    func members() {
        let standing = Tiny.text().split(separator: "\n").count { !$0.hasPrefix(" ") }
        #expect(errors(sections(1_000 - standing)).last?.message == "and \(1_000 - standing - 200) more mistakes")
        #expect(errors(sections(1_001 - standing)).map(\.message) == ["the file has more than 1000 members"])
        let roles = { (count: Int) in "users: {roles: [\((0..<count).map { "r\($0)" }.joined(separator: ", "))]}" }
        #expect(errors(Tiny.text(roles(1_000))) == [])
        #expect(errors(Tiny.text(roles(1_001))).map(\.message) == ["a list of more than 1000 items"])
    }

    @Test("the mistakes of the syntax come first, then those of each section in the order of the file")
    func order() {
        let text = """
            errors: {error: {status: 99}}
            routes: {GET /: {do: statik, reply: {status: 200}}}
            pages: {agent: X}
            users: {id: uid}
            name: a/b
            dialect: 2
            slash: yes
            """
        let told = errors(text)
        #expect(told.map(\.position.line) == [7, 1, 2, 3, 4, 5, 6])
    }

    @Test("a view's mistake is told once, however many replies hold it")
    func once() {
        let route = { (name: String) in
            "GET /\(name): {do: me, auth: user, reply: {status: 200, body: {$view: v}}}"
        }
        let text = Tiny.text("views: {v: {a: $user.nme, b: $user.agee}}", routes: "\(route("a"))\n\(route("b"))")
        #expect(
            errors(text).map(\.message) == ["`$user` has no `nme` (did you mean `name`?)", "`$user` has no `agee`"])
    }

    @Test("notes wait until there are no mistakes")
    func notes() {
        let text = Tiny.text("password: {min: 4, max: 3}")
        #expect(
            Dialect.load(text: text, file: "f") { _ in nil }.diagnostics.map(\.message) == ["`min` is more than `max`"])
    }

    @Test(
        "what holds no dialect says so, once",
        arguments: [
            ("", "f:1:1: error: the file holds no dialect"), ("# a\n", "f:1:1: error: the file holds no dialect"),
            ("[a]", "f:1:1: error: the file must be a mapping, not a list"),
            ("text", "f:1:1: error: the file must be a mapping, not text"),
            ("7", "f:1:1: error: the file must be a mapping, not integer"),
            ("@", "f:1:1: error: quote this text: it starts with `@`"),
        ])
    func nothing(text: String, message: String) {
        #expect(errors(text).map(\.description) == [message])
    }

    @Test("a dialect without a route says so")
    func routes() {
        let text = Tiny.text().split(separator: "\n").filter { !$0.hasPrefix("  ") && !$0.hasPrefix("routes") }
            .joined(separator: "\n")
        #expect(errors(text + "\nroutes: {}").map(\.description) == ["f:7:9: error: there are no routes"])
    }
}
