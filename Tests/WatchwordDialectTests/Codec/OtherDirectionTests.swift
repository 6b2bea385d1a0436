import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Printing requests and parsing replies")
struct OtherDirectionTests {
    private func route(
        _ line: String, _ bindings: [Binding], media: [MediaType] = [.json], carriers: [Carrier]? = nil,
        numbers: Bool = false
    ) -> CompiledRoute {
        let route = Sample.route(line, .signUp) {
            $0.bindings = bindings
            $0.media = media
            $0.carriers = carriers
        }
        return Sample.dialect([route]) { $0.terms.accounts.idFormat = numbers ? .integer : .uuid }.routes[0]
    }

    private func text(_ request: WireRequest?) -> String? {
        request.map { request in
            ([request.method + " " + request.path + (request.query.map { "?" + $0 } ?? "")]
                + request.headers.map { "\($0.name): \($0.value)" } + [String(decoding: request.body, as: UTF8.self)])
                .joined(separator: "\n")
        }
    }

    @Test("JSON is preferred, members in the order bound, nested by their paths")
    func json() {
        let route = route(
            "POST /x",
            [
                Binding(.email, [.body(["user", "email"])]), Binding(.name, [.body(["user", "name"])]),
                Binding(.password, [.body(["p"])]),
            ],
            media: [.form, .json])
        let submission = Submission([.password: .string("a\"b"), .email: .string("e"), .name: .null])
        #expect(
            text(route.request(submitting: submission))
                == "POST /x\ncontent-type: application/json\n" + #"{"user":{"email":"e","name":null},"p":"a\"b"}"#)
        #expect(text(route.request(submitting: Submission())) == "POST /x\ncontent-type: application/json\n{}")
    }

    @Test("A form, a path, a query, a field and a cookie are encoded")
    func places() {
        let route = route(
            "POST /é/{id}",
            [
                Binding(.id, [.path("id")]), Binding(.token, [.query("t k"), .body(["t"])]),
                Binding(.name, [.header("x-name", scheme: nil)]), Binding(.refreshToken, [.cookie("rt")]),
                Binding(.password, [.body(["pass word"])]), Binding(.limit, [.query("limit")]),
            ], media: [.form],
            carriers: [
                Carrier(.header("authorization", scheme: "Bearer"), takes: .access),
                Carrier(.query("key"), takes: .apiKey),
            ])
        let submission = Submission([
            .id: .string("7 é"), .token: .string("a&b"), .name: .string("n"), .refreshToken: .string("r"),
            .password: .string("=+% \u{0}"), .limit: .int(5),
        ])
        let credentials = [
            PresentedCredential(kind: .access, text: Secret("T")),
            PresentedCredential(kind: .apiKey, text: Secret("K")),
        ]
        #expect(
            text(route.request(submitting: submission, presenting: credentials))?.contains(
                "POST /%C3%A9/7%20%C3%A9?t%20k=a%26b&limit=5&key=K\nx-name: n\nauthorization: Bearer T\ncookie: rt=r\n"
                    + "content-type: application/x-www-form-urlencoded\npass%20word=%3D%2B%25%20%00") == true)
    }

    @Test("A numeric id is a number in JSON where ids are numbers")
    func numericIDs() {
        let bindings = [Binding(.agentID, [.body(["id"])])]
        for (numbers, id, body) in [
            (true, "12", #"{"id":12}"#), (true, "x", #"{"id":"x"}"#), (false, "12", #"{"id":"12"}"#),
        ] {
            let request = route("POST /x", bindings, numbers: numbers).request(
                submitting: Submission([.agentID: .string(id)]))
            #expect(request.map { String(decoding: $0.body, as: UTF8.self) } == body)
        }
    }

    @Test("What has no place, or no form in its place, is not printed")
    func unprintable() {
        let path = route("GET /x/{id}", [Binding(.id, [.path("id")])], media: [])
        for id in ["", ".", "..", "a/b", "\u{0}"] {
            #expect(path.request(submitting: Submission([.id: .string(id)])) == nil, "\(id)")
        }
        #expect(path.request(submitting: Submission()) == nil)
        #expect(path.request(submitting: Submission([.id: .string("a")])) != nil)
        #expect(path.request(submitting: Submission([.id: .string("a"), .name: .string("n")])) == nil)
        let key = PresentedCredential(kind: .apiKey, text: Secret("k"))
        #expect(path.request(submitting: Submission([.id: .string("a")]), presenting: [key]) == nil)
        let form = route("POST /x", [Binding(.name, [.body(["name"])])], media: [.form])
        for value in [Value.null, .array([]), .object([])] {
            #expect(form.request(submitting: Submission([.name: value])) == nil)
        }
        let header = route("GET /x", [Binding(.name, [.header("x-name", scheme: nil)])], media: [])
        for value in ["a\r\nb: c", "\u{7F}", " a"] {
            #expect(header.request(submitting: Submission([.name: .string(value)])) == nil)
        }
        let cookie = route("GET /x", [Binding(.name, [.cookie("n")])], media: [])
        #expect(cookie.request(submitting: Submission([.name: .string("a; b=c")])) == nil)
    }

    // MARK: Replies

    private func parse(_ tree: Tree?, _ body: String, status: Int = 200, headers: [ReplyHeader] = []) -> ParsedReply? {
        let dialect = Sample.dialect([Sample.route("GET /x", reply: Reply(status: 200, headers: headers, body: tree))])
        return dialect.routes[0].parse(
            WireResponse(status: status, headers: [("X-Token", "Bearer t k")], body: Array(body.utf8)))
    }

    @Test(
        "A body that the tree cannot have written is refused",
        arguments: [
            (#"{"a":"x","b":1}"#, true), (#"{"a":"x"}"#, true), (#"{"a":null,"b":1}"#, true), (#"{"b":1}"#, false),
            (#"{"b":1,"a":"x"}"#, false), (#"{"a":"x","b":2}"#, false), (#"{"a":"x","b":1,"c":1}"#, false),
            ("[]", false),
            (#"{"a":"x""#, false), ("", false), ("null", false),
        ])
    func shapes(body: String, fits: Bool) {
        let tree = Sample.object(
            ("a", .slot(.user(.email), [])),
            ("b", .conditional(.fact(.paging(.total)), then: .literal(.int(1)), otherwise: nil)))
        #expect((parse(tree, body) != nil) == fits)
        #expect(parse(tree, body, status: 201) == nil)
    }

    @Test("No body where none is written")
    func noBody() {
        #expect(parse(nil, "") != nil)
        #expect(parse(nil, "{}") == nil)
    }

    @Test("Choices are read by the branch that fits, and leave nothing of the other")
    func choices() {
        let tree = Tree.conditional(
            .fact(.agent(.online)), then: Sample.object(("n", .slot(.agent(.name), [])), ("x", .literal(.int(1)))),
            otherwise: Sample.object(("n", .literal(.string("gone"))), ("x", .literal(.int(2)))))
        #expect(
            parse(tree, #"{"n":"one","x":1}"#)?.values == [.agent(.online): .bool(true), .agent(.name): .string("one")])
        #expect(parse(tree, #"{"n":"gone","x":2}"#)?.values == [.agent(.online): .bool(false)])
        #expect(parse(tree, #"{"n":"one","x":2}"#) == nil)
        let missing = Sample.object(
            ("a", .conditional(.fact(.paging(.total)), then: .literal(.int(1)), otherwise: nil)))
        #expect(parse(missing, "{}")?.values == [.paging(.total): .bool(false)])
    }

    @Test("Texts give up their slots, lists their items, groups their keys")
    func pieces() {
        let text = Tree.text([
            .literal("e\u{301}<"), .slot(.user(.name), []), .literal(">, "), .slot(.user(.email), []),
        ])
        #expect(
            parse(text, "\"e\u{301}<a\u{301}>, b>, c\"")?.values == [
                .user(.name): .string("a\u{301}"), .user(.email): .string("b>, c"),
            ])
        #expect(parse(text, #""hello""#) == nil)
        #expect(parse(.text([.literal("a")]), #""ab""#) == nil)
        #expect(
            parse(.array([.slot(.paging(.total), []), .literal(.null)]), "[1,null]")?.values == [
                .paging(.total): .int(1)
            ])
        #expect(parse(.array([.slot(.paging(.total), [])]), "[1,2]") == nil)
        let list = Tree.each(.agents, Sample.object(("id", .slot(.itemAgent(.id), []))))
        #expect(
            parse(list, #"[{"id":"1"},{"id":"2"}]"#)?.lists == [
                .agents: [[.itemAgent(.id): .string("1")], [.itemAgent(.id): .string("2")]]
            ])
        #expect(parse(list, #"[{"id":"1"},{}]"#) == nil)
        let all = Tree.group(.agents, by: .itemAgent(.name), take: .all, .slot(.itemAgent(.id), []))
        #expect(
            parse(all, #"{"a":["1"],"b":[]}"#)?.lists
                == [.agents: [[.itemAgent(.name): .string("a"), .itemAgent(.id): .string("1")]]])
        #expect(parse(all, #"{"a":"1"}"#) == nil)
    }

    @Test("Header fields are read too")
    func headers() {
        let header = ReplyHeader("x-token", .text([.literal("Bearer "), .slot(.access(.token), [])]))
        #expect(parse(nil, "", headers: [header])?.values == [.access(.token): .string("t k")])
        #expect(parse(nil, "", headers: [ReplyHeader("X-Token", .literal(.string("other")))]) == nil)
    }

    @Test("A refusal is known by the words that are its own")
    func refusals() {
        let dialect = Sample.dialect([Sample.route("GET /x", reply: Reply(status: 200, body: .object([])))]) {
            $0.errors[.unauthorized] = Reply(status: 401, body: Sample.object(("error", .literal(.string("no")))))
        }
        let parse = { (status: Int, body: String) in
            dialect.parse(WireResponse(status: status, body: Array(body.utf8)), route: dialect.routes[0])
        }
        #expect(parse(401, #"{"error":"no"}"#)?.refused == .unauthorized)
        #expect(parse(400, #"{"error":"why"}"#)?.refused == .error)
        #expect(parse(400, #"{"error":"why"}"#)?.values == [.error(.message): .string("why")])
        #expect(parse(405, #"{"error":"x"}"#)?.refused == .methodNotAllowed)
        #expect(parse(401, #"{"error":"yes"}"#) == nil)
        #expect(parse(402, #"{"error":"x"}"#) == nil)
        #expect(parse(200, "{}")?.refused == nil)
    }
}
