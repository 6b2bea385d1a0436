import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Places of inputs, as refusals name them and as clients print them")
struct PlaceTests {
    private func problem(_ source: InputSource, _ line: String = "POST /x") -> String {
        let item = Sample.object(
            ("loc", .slot(.itemProblem(.loc), [])), ("field", .slot(.itemProblem(.field), [])),
            ("path", .slot(.itemProblem(.path), [])))
        let dialect = Sample.dialect([
            Sample.route(line, .signUp) {
                $0.bindings = [Binding(.name, [source, .query("later")])]
                $0.errors[.validation] = Reply(status: 422, body: .each(.errors, item))
            }
        ])
        let refusal = Refusal(.validation, problems: [InputProblem(.name, .required)])
        return dialect.reply(refused: refusal, route: dialect.routes[0], in: ReplyContext(baseURL: "")).text
    }

    @Test(
        "The first source is the place that is told, by the kind of place and the names in it",
        arguments: [
            (InputSource.body(["a", "b"]), #"["body","a","b"]"#, "b", "a.b"),
            (.body(["*"]), #"["body"]"#, "body", ""), (.query("q"), #"["query","q"]"#, "q", "q"),
            (.header("x-h", scheme: nil), #"["header","x-h"]"#, "x-h", "x-h"),
            (.header("x-h", scheme: "Tok"), #"["header","x-h"]"#, "x-h", "x-h"),
            (.cookie("c"), #"["cookie","c"]"#, "c", "c"), (.path("p"), #"["path","p"]"#, "p", "p"),
            (.basic(.username), #"["header","authorization","username"]"#, "username", "authorization.username"),
            (.basic(.password), #"["header","authorization","password"]"#, "password", "authorization.password"),
            (.constant(.int(1)), #"["body","name"]"#, "name", "name"),
            (.socket([.literal("ws")]), #"["path"]"#, "path", ""),
        ] as [(InputSource, String, String, String)])
    func locations(source: InputSource, location: String, field: String, path: String) {
        #expect(problem(source) == #"[{"loc":\#(location),"field":"\#(field)","path":"\#(path)"}]"#)
    }

    @Test("What a refusal without a rule is about is told at its input's place")
    func unruled() {
        let dialect = Sample.dialect([
            Sample.route("POST /x", .refresh) {
                $0.bindings = [Binding(.refreshToken, [.cookie("rt")])]
                $0.errors[.error] = Reply(status: 400, body: .each(.errors, .slot(.itemProblem(.loc), [])))
            }
        ])
        func told(_ code: RefusalCode, _ route: CompiledRoute?) -> String {
            dialect.reply(refused: Refusal(code), route: route, in: ReplyContext(baseURL: "")).text
        }
        for code in [RefusalCode.invalidRefresh, .expiredRefresh, .reusedRefresh] {
            #expect(told(code, dialect.routes[0]) == #"[["cookie","rt"]]"#, "\(code)")
        }
        #expect(told(.conflict, dialect.routes[0]) == #"[["body"]]"#)
    }

    private func printed(_ bindings: [Binding], _ submission: Submission) -> String? {
        Sample.dialect([
            Sample.route("POST /", .signUp) {
                $0.media = [.json]
                $0.bindings = bindings
            }
        ]).routes[0].request(submitting: submission).map { String(decoding: $0.body, as: UTF8.self) }
    }

    @Test("A body that is a list is printed from its first item on, in the order of its numbers")
    func lists() {
        let two = [Binding(.email, [.body(["0"])]), Binding(.name, [.body(["1", "n"])])]
        let both = Submission([.email: .string("e"), .name: .string("n")])
        #expect(printed(two, both) == #"["e",{"n":"n"}]"#)
        #expect(printed(two, Submission([.email: .string("e")])) == #"["e"]"#)
        // An item without one before it makes no list, and is a member of that name.
        #expect(printed(two, Submission([.name: .string("n")])) == #"{"1":{"n":"n"}}"#)
        let deep = [Binding(.email, [.body(["a", "0", "0"])]), Binding(.name, [.body(["a", "0", "1"])])]
        #expect(printed(deep, both) == #"{"a":[["e","n"]]}"#)
    }

    @Test("A route at the root is printed as a slash, and a bare branch without an else is no text")
    func root() {
        let route = Sample.dialect([Sample.route("GET /")]).routes[0]
        #expect(route.request(submitting: Submission())?.path == "/")
        let branch = Tree.conditional(.fact(.user(.name)), then: .literal(.string("named")), otherwise: nil)
        var text = Reply(status: 200, headers: [ReplyHeader("X-Name", branch)], body: branch)
        text.isText = true
        var grant = Sample.grant
        #expect(Sample.response(text, grant).lines == ["200", "Content-Type: text/plain; charset=utf-8"])
        grant.user?.name = "Ada"
        #expect(
            Sample.response(text, grant).lines
                == ["200", "X-Name: named", "Content-Type: text/plain; charset=utf-8", "", "named"])
    }

    @Test("A Location that is nothing but a fact is read back as it was, escaped or a URL")
    func locations() {
        for (slot, sent) in [(Slot.request(.baseURL), "https://a.example"), (.user(.email), "a%40b")] {
            let reply = Reply(status: 302, headers: [ReplyHeader("Location", .slot(slot, []))])
            let parsed = Sample.dialect([Sample.route("GET /x", reply: reply)]).routes[0].parse(
                WireResponse(status: 302, headers: [("Location", sent)]))
            #expect(parsed?.values[slot] == .string(slot == .user(.email) ? "a@b" : sent))
        }
    }

    @Test("A constant stands in no request, and none is printed for it")
    func constants() {
        let source = [InputSource.constant(.string("c")), .body(["n"])]
        #expect(printed([Binding(.name, source)], Submission([.name: .string("n")])) == #"{"n":"n"}"#)
        #expect(printed([Binding(.name, [.constant(.string("c"))])], Submission([.name: .string("c")])) == "{}")
    }
}
