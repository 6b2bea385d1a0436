import Testing
import WatchwordCore
import WatchwordDialect

@Suite("What a client reads in a reply")
struct ReplyReadingTests {
    private static let email = Slot.user(.email)
    private static let role = Slot.user(.role)

    private func parse(_ reply: Reply, _ response: WireResponse) -> ParsedReply? {
        Sample.dialect([Sample.route("GET /x", reply: reply)]).routes[0].parse(response)
    }

    private func parse(_ tree: Tree, _ body: String) -> ParsedReply? {
        parse(Reply(status: 200, body: tree), WireResponse(status: 200, body: Array(body.utf8)))
    }

    private func located(_ value: Tree, _ location: String) -> ParsedReply? {
        parse(
            Reply(status: 302, headers: [ReplyHeader("Location", value)]),
            WireResponse(status: 302, headers: [("Location", location)]))
    }

    @Test(
        "A list of trees has as many items, each as its tree is",
        arguments: [
            (#"["a",1]"#, true), (#"["a",2]"#, false), (#"["a"]"#, false), (#"["a",1,1]"#, false), ("[]", false),
            (#"{"a":1}"#, false), (#""a1""#, false),
        ])
    func arrays(_ body: String, _ fits: Bool) {
        let tree = Tree.array([.slot(Self.email, []), .literal(.int(1))])
        #expect((parse(tree, body)?.values[Self.email] == .string("a")) == fits)
        #expect((parse(tree, body) != nil) == fits)
    }

    @Test(
        "A list of things has any number, all of one shape",
        arguments: [
            ("[]", 0), (#"[{"id":"a"}]"#, 1), (#"[{"id":"a"},{"id":"b"}]"#, 2), (#"[{"id":"a"},{"no":"b"}]"#, nil),
            (#"[{"id":"a"},null]"#, nil), ("{}", nil), ("null", nil), (#""[]""#, nil),
        ] as [(String, Int?)])
    func each(_ body: String, _ count: Int?) {
        let tree = Tree.each(.agents, Sample.object(("id", .slot(.itemAgent(.id), []))))
        let parsed = parse(tree, body)
        #expect(parsed?.lists[.agents]?.count == count)
        #expect((parsed != nil) == (count != nil))
    }

    @Test("Groups are read by their members, one of each or all", arguments: [Tree.Take.first, .all])
    func groups(_ take: Tree.Take) {
        let tree = Tree.group(.errors, by: .itemProblem(.field), take: take, .slot(.itemProblem(.message), []))
        let body = take == .first ? #"{"email":"x","name":"y"}"# : #"{"email":["x","z"],"name":["y"]}"#
        let read = parse(tree, body)?.lists[.errors]
        #expect(read?.count == (take == .first ? 2 : 3))
        #expect(read?.first == [.itemProblem(.field): .string("email"), .itemProblem(.message): .string("x")])
        #expect(read?.last == [.itemProblem(.field): .string("name"), .itemProblem(.message): .string("y")])
        for other in ["[]", "null", #""x""#] { #expect(parse(tree, other) == nil, "\(other)") }
        #expect(parse(tree, "{}")?.lists[.errors] == [])
    }

    @Test(
        "A text gives up its slots between the words that stand",
        arguments: [
            ("<a>", ["a"]), ("<>", [""]), ("<a> b>", ["a> b"]), ("<a", nil), ("a>", nil), ("", nil), ("<", nil),
            ("<é\u{1F600}>", ["é\u{1F600}"]), (">", nil),
        ] as [(String, [String]?)])
    func texts(_ written: String, _ slots: [String]?) {
        // The last words are looked for from the left, so nothing may stand behind them.
        let tree = Tree.text([.literal("<"), .slot(Self.email, []), .literal(">")])
        let read = parse(tree, JSON.text(.string(written)))?.values[Self.email]?.string
        #expect(read == (written == "<a> b>" ? nil : slots?.first))
    }

    @Test("Words alone fit themselves, to the last byte")
    func words() {
        let tree = Tree.text([.literal("granted")])
        #expect(parse(tree, #""granted""#) != nil)
        for other in [#""grante""#, #""granted!""#, #"" granted""#, #""""#, "1"] { #expect(parse(tree, other) == nil) }
        let two = Tree.text([.slot(Self.email, []), .slot(Self.role, []), .literal("!")])
        let read = parse(two, #""ab!""#)
        #expect(read?.values == [Self.email: .string(""), Self.role: .string("ab")])
    }

    @Test("A branch that asked for one value tells it, and one that asked for several does not")
    func choices() {
        func tree(_ values: [Value]) -> Tree {
            .conditional(
                .isOne(Self.role, of: values), then: .literal(.string("yes")), otherwise: .literal(.string("no")))
        }
        #expect(parse(tree([.string("admin")]), #""yes""#)?.values == [Self.role: .string("admin")])
        #expect(parse(tree([.string("admin"), .string("owner")]), #""yes""#)?.values == [:])
        #expect(parse(tree([.string("admin")]), #""no""#)?.values == [:])
        #expect(parse(tree([.string("admin")]), #""maybe""#) == nil)
        // What was read goes before what a branch lets guess.
        let both = Sample.object(("role", .slot(Self.role, [])), ("is", tree([.string("admin")])))
        #expect(parse(both, #"{"role":"Admin","is":"yes"}"#)?.values == [Self.role: .string("Admin")])
        let asked = Tree.conditional(.fact(Self.email), then: .literal(.int(1)), otherwise: .literal(.int(0)))
        #expect(parse(asked, "1")?.values == [Self.email: .bool(true)])
        #expect(parse(asked, "0")?.values == [Self.email: .bool(false)])
    }

    @Test("A Location is read as it was escaped, and one that leads elsewhere is not read")
    func locations() {
        let tree = Tree.text([.literal("https://app.example/?e="), .slot(Self.email, [])])
        #expect(located(tree, "https://app.example/?e=a%2Bb%20c")?.values == [Self.email: .string("a+b c")])
        // A plus is no space in a URL's own escapes.
        #expect(located(tree, "https://app.example/?e=a+b")?.values == [Self.email: .string("a+b")])
        #expect(located(tree, "https://evil.example/?e=a") == nil)
        let url = Tree.text([.slot(.request(.baseURL), []), .literal("/in")])
        #expect(
            located(url, "https://a.example/%20/in")?.values == [.request(.baseURL): .string("https://a.example/%20")])
    }

    @Test("Of a refusal the words of its own case are read, and of those that share theirs the general comes last")
    func refusals() {
        var own = Reply(status: 401, body: Sample.object(("code", .literal(.string("expired")))))
        own.cases = [Reply(status: 419, body: Sample.object(("code", .literal(.string("late")))))]
        let dialect = Sample.dialect([Sample.route("GET /x")]) {
            $0.errors[.expiredToken] = own
            $0.errors[.forbidden] = Reply(status: 400, body: Sample.object(("error", .slot(.error(.message), []))))
        }
        func refused(_ status: Int, _ body: String) -> RefusalCode? {
            dialect.parse(WireResponse(status: status, body: Array(body.utf8)), route: dialect.routes[0])?.refused
        }
        #expect(refused(401, #"{"code":"expired"}"#) == .expiredToken)
        #expect(refused(419, #"{"code":"late"}"#) == .expiredToken)
        #expect(refused(401, #"{"code":"late"}"#) == nil)
        // `error` has these words too.
        #expect(refused(400, #"{"error":"x"}"#) == .forbidden)
        #expect(refused(404, #"{"error":"x"}"#) == .notFound)
        #expect(refused(200, #"{"error":"x"}"#) == nil)
    }
}
