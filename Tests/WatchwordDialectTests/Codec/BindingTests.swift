import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Binding a request to an operation's inputs")
struct BindingTests {
    private func dialect(
        _ media: [MediaType] = [.json], _ operation: Operation = .signUp, _ bindings: [Binding],
        _ change: (inout Dialect) -> Void = { _ in }
    ) -> CompiledDialect {
        let route = Sample.route("POST /x/{id}", operation) {
            $0.media = media
            $0.bindings = bindings
        }
        return Sample.dialect([route], change)
    }

    private static let signUp = [
        Binding(.email, [.body(["email"])]), Binding(.password, [.body(["password"])]),
        Binding(.name, [.body(["profile", "name"])]),
    ]

    private func bind(
        _ dialect: CompiledDialect, _ body: String, type: String? = "application/json", query: String? = nil,
        headers: [(String, String)] = []
    ) -> Outcome<Submission> {
        var request = WireRequest(method: "POST", path: "/x/7", query: query, body: Array(body.utf8))
        request.headers = headers.map { (name: $0.0, value: $0.1) }
        if let type { request.headers.append(("content-type", type)) }
        return dialect.routes[0].bind(request, parameters: [("id", "7")])
    }

    private func submission(_ entries: [InputName: Value], _ bound: [InputName]) -> Submission {
        var submission = Submission(entries)
        submission.bound = bound
        return submission
    }

    // MARK: Bodies

    @Test("Members of a JSON body, at their paths; unknown ones are ignored, absent ones absent, null is null")
    func json() {
        let dialect = dialect([.json], .signUp, Self.signUp)
        let bound: [InputName] = [.email, .password, .name]
        #expect(
            bind(dialect, #"{"role":"admin","email":"a@b","password":1,"profile":{"name":null,"x":2}}"#)
                == .granted(submission([.email: .string("a@b"), .password: .int(1), .name: .null], bound)))
        #expect(bind(dialect, #"{"profile":"text"}"#) == .granted(submission([:], bound)))
    }

    @Test(
        "A body that is not JSON, or no object",
        arguments: [
            ("{", RefusalCode.badJSON, InputRule.json), ("", .badJSON, .json), ("{\"a\":1}x", .badJSON, .json),
            ("{\"a\":1,\"a\":1}", .badJSON, .json), ("[]", .validation, .type), ("null", .validation, .type),
            ("\"text\"", .validation, .type), ("7", .validation, .type),
        ])
    func notAnObject(body: String, code: RefusalCode, rule: InputRule) {
        let refusal = bind(dialect([.json], .signUp, Self.signUp), body).refusal
        #expect(refusal?.code == code)
        #expect(refusal?.problems == [InputProblem(.body, rule, expected: rule == .type ? "object" : nil)])
    }

    @Test(
        "Content types that a JSON route takes",
        arguments: [
            "application/json", "APPLICATION/JSON", "application/json; charset=utf-8",
            "application/json;charset=\"UTF-8\"",
            "application/json ; charset=utf8 ; boundary=x",
        ])
    func taken(type: String) {
        #expect(bind(dialect([.json], .signUp, Self.signUp), "{}", type: type).output != nil)
    }

    @Test(
        "Content types that it does not",
        arguments: [
            nil, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
            "application/json; charset=latin1", "application/jsonx", "json", ";application/json",
            "application/json, a/b",
        ] as [String?])
    func notTaken(type: String?) {
        let refusal = bind(dialect([.json], .signUp, Self.signUp), "{}", type: type).refusal
        #expect(refusal == Refusal(.unsupportedMedia, problems: [InputProblem(.body, .media)]))
    }

    @Test("A form that is not taken is refused, and so is JSON on a form's route")
    func wrongMedia() {
        let form = dialect([.form], .signUp, Self.signUp)
        #expect(bind(form, "{}").refusal?.code == .unsupportedMedia)
        #expect(bind(form, "email=a", type: "application/x-www-form-urlencoded").output?[.email] == .string("a"))
    }

    @Test("A route that binds nothing from the body does not look at it")
    func ignoredBody() {
        for bindings in [[], [Binding(.id, [.path("id")])]] {
            // A route may take bodies for its cases alone.
            for media in [[], [.json]] as [[MediaType]] {
                let dialect = dialect(media, .revokeAPIKey, bindings)
                #expect(bind(dialect, "not json", type: "text/plain").output != nil)
                #expect(bind(dialect, "not json").output != nil)
            }
        }
    }

    @Test("No body is a broken one only where an input has to be in it")
    func emptyBody() {
        let optional = dialect([.json], .createAPIKey, [Binding(.name, [.body(["name"])])])
        for type in [nil, "application/json"] {
            #expect(bind(optional, "", type: type) == .granted(submission([:], [.name])))
        }
        #expect(bind(optional, "x", type: nil).refusal?.code == .unsupportedMedia)
        let elsewhere = dialect(
            [.json], .verifyEmail, [Binding(.token, [.body(["token"]), .query("token")])])
        #expect(bind(elsewhere, "", type: nil, query: "token=t").output?[.token] == .string("t"))
        let needed = dialect([.json], .verifyEmail, [Binding(.token, [.body(["token"])])])
        #expect(bind(needed, "", type: nil).refusal?.code == .badJSON)
        let oneOf = dialect([.json], .signIn, [Binding(.identity, [.body(["login"])])])
        #expect(bind(oneOf, "", type: nil).refusal?.code == .badJSON)
        let form = dialect([.form, .json], .verifyEmail, [Binding(.token, [.body(["token"])])])
        #expect(bind(form, "", type: nil) == .granted(submission([:], [.token])))
    }

    // MARK: Forms and queries

    private func form(_ body: String) -> Outcome<Submission> {
        bind(dialect([.form], .signUp, Self.signUp), body, type: "application/x-www-form-urlencoded")
    }

    @Test(
        "Form fields are decoded once",
        arguments: [
            ("email=a", "a"), ("email=a+b", "a b"), ("email=a%2Bb", "a+b"), ("email=%E2%82%AC", "€"), ("email=", ""),
            ("email", ""), ("email=a=b", "a=b"), ("&&email=a&", "a"), ("em%61il=a", "a"), ("email=%2525", "%25"),
            ("email=a%00b", "a\u{0}b"), ("grant_type=password&scope=&email=a", "a"), ("bad=%zz&email=a", "a"),
            ("%FF=1&email=a", "a"), ("email=a;b", "a;b"),
        ])
    func fields(body: String, email: String) {
        #expect(form(body).output?[.email]?.string.map { Array($0.utf8) } == Array(email.utf8))
    }

    @Test(
        "A bound field that is broken or repeated is refused by name",
        arguments: [
            ("email=%", InputRule.characters), ("email=%4", .characters), ("email=%zz", .characters),
            ("email=%C3", .characters), ("email=%C0%80", .characters), ("email=%ED%A0%80", .characters),
            ("email=a&email=a", .type), ("email=a&em%61il=b", .type), ("email&email=a", .type),
        ])
    func brokenFields(body: String, rule: InputRule) {
        let expected = InputProblem(.email, rule, expected: rule == .type ? "string" : nil)
        #expect(form(body).refusal == Refusal(.validation, problems: [expected]))
    }

    @Test("A form has at most 100 fields, and a path of two steps is a dotted or a bracketed name")
    func manyFields() {
        let some = (0..<99).map { "f\($0)=1" }.joined(separator: "&")
        #expect(form(some + "&email=a").output?[.email] == .string("a"))
        #expect(form(some + "&email=a&g=1").refusal?.code == .tooLarge)
        #expect(form("profile.name=x").output?[.name] == .string("x"))
        #expect(form("profile%5Bname%5D=x").output?[.name] == .string("x"))
        #expect(
            form("profile[name]=x&profile.name=y").refusal?.problems == [InputProblem(.name, .type, expected: "string")]
        )
        #expect(form("name=x&profile=y").output?[.name] == nil)
    }

    @Test("A query is read where something is bound to it, and only then")
    func query() {
        let bound = dialect([], .verifyEmail, [Binding(.token, [.query("token")])])
        #expect(bind(bound, "", type: nil, query: "token=a%20b&x=%zz").output?[.token] == .string("a b"))
        #expect(bind(bound, "", type: nil, query: "token=%zz").refusal?.problems == [InputProblem(.token, .characters)])
        #expect(bind(bound, "", type: nil, query: "token=a&token=a").refusal?.problems.first?.rule == .type)
        #expect(bind(bound, "", type: nil) == .granted(submission([:], [.token])))
        #expect(bind(dialect([.json], .signUp, Self.signUp), "{}", query: "email=%zz&email=1").output?[.email] == nil)
    }

    @Test("Fields of the header, cookies, and the path")
    func otherPlaces() {
        let dialect = dialect(
            [], .revokeAPIKey,
            [
                Binding(.id, [.path("id")]), Binding(.token, [.header("x-token", scheme: nil)]),
                Binding(.refreshToken, [.cookie("rt")]),
            ])
        let headers = [("x-token", "t"), ("cookie", "a=1; rt=r=1;b=2")]
        #expect(
            bind(dialect, "", type: nil, headers: headers)
                == .granted(
                    submission(
                        [.id: .string("7"), .token: .string("t"), .refreshToken: .string("r=1")],
                        [.id, .token, .refreshToken])))
        #expect(
            bind(dialect, "", headers: [("x-token", "t"), ("x-token", "u")]).refusal?.problems.first?.input == .token)
    }

    @Test("The first source that is present counts")
    func firstPresent() {
        let dialect = dialect(
            [.json], .refresh, [Binding(.refreshToken, [.body(["token"]), .query("token"), .cookie("token")])])
        let cookie = [("cookie", "token=c")]
        #expect(
            bind(dialect, #"{"token":"b"}"#, query: "token=q", headers: cookie).output?[.refreshToken] == .string("b"))
        #expect(bind(dialect, "{}", query: "token=q", headers: cookie).output?[.refreshToken] == .string("q"))
        #expect(bind(dialect, "{}", headers: cookie).output?[.refreshToken] == .string("c"))
        #expect(bind(dialect, #"{"token":""}"#, query: "token=q").output?[.refreshToken] == .string(""))
        #expect(bind(dialect, #"{"token":null}"#, query: "token=q").output?[.refreshToken] == .string("q"))
        #expect(bind(dialect, #"{"token":null}"#).output?[.refreshToken] == .null)
    }

    @Test("Text becomes the type of the input where the wire has only text")
    func types() {
        let dialect = dialect(
            [.form], .signUp,
            [
                Binding(.limit, [.query("limit")]), Binding(.id, [.path("id")]),
                Binding(.field("seats"), [.body(["seats"])]), Binding(.field("beta"), [.body(["beta"])]),
                Binding(.field("note"), [.body(["note"])]),
            ]
        ) {
            $0.terms.accounts.fields = [
                FieldTerms(name: "seats", type: .int), FieldTerms(name: "beta", type: .bool),
                FieldTerms(name: "note", type: .string),
            ]
        }
        let type = "application/x-www-form-urlencoded"
        let good = bind(dialect, "seats=3&beta=true&note=3", type: type, query: "limit=20").output
        #expect(good?[.limit] == .int(20))
        #expect(good?[.field("seats")] == .int(3))
        #expect(good?[.field("beta")] == .bool(true))
        #expect(good?[.field("note")] == .string("3"))
        #expect(good?[.id] == .string("7"))
        let odd = bind(dialect, "seats=03&beta=yes", type: type, query: "limit=+1").output
        #expect(odd?[.limit] == .string(" 1"))
        #expect(odd?[.field("seats")] == .string("03"))
        #expect(odd?[.field("beta")] == .string("yes"))
    }

    @Test("An id that is a number in JSON is a text to the engine, where ids are numbers")
    func numericIDs() {
        let bindings = [Binding(.agentID, [.body(["server_id"])])]
        let numbers = dialect([.json], .createAPIKey, bindings) { $0.terms.accounts.idFormat = .integer }
        #expect(bind(numbers, #"{"server_id":12}"#).output?[.agentID] == .string("12"))
        #expect(bind(numbers, #"{"server_id":"12"}"#).output?[.agentID] == .string("12"))
        #expect(bind(dialect([.json], .createAPIKey, bindings), #"{"server_id":12}"#).output?[.agentID] == .int(12))
    }

    @Test("Bytes of any kind are bound or refused, never a trap", arguments: 0..<40 as Range<UInt64>)
    func fuzz(seed: UInt64) {
        var random = SeededText(seed)
        let dialect = dialect([.json, .form], .signUp, Self.signUp + [Binding(.token, [.query("t"), .cookie("t")])])
        for _ in 0..<50 {
            let request = WireRequest(
                method: "POST", path: "/x/7", query: random.text(),
                headers: [
                    (
                        "content-type",
                        random.pick(["application/json", "application/x-www-form-urlencoded", random.text()])
                    ),
                    ("cookie", random.text()),
                ], body: random.bytes())
            _ = dialect.routes[0].bind(request, parameters: [("id", random.text())])
            _ = dialect.match(method: "POST", path: "/" + random.text())
        }
    }

    @Test(
        "Types that are JSON by their name, and those that only look so",
        arguments: [
            ("application/json", true), ("APPLICATION/JSON", true), ("application/json; charset=utf-8", true),
            ("application/json;charset=\"UTF-8\"", true), ("application/json; charset=utf8", true),
            ("application/json; charset=latin1", false), ("application/json; charset=utf-16", false),
            ("application/json; profile=x", true), ("application/problem+json", true),
            ("application/vnd.api+json", true), ("application/x-amz-json-1.1", true), ("text/json", true),
            ("application/json-seq", true), ("application/jsonp", false), ("application/xjson", false),
            ("application/xml", false), ("text/x-json", false), ("image/svg+json", false), ("model/json", false),
            ("application/", false), ("json", false), ("+json", false), ("application/a b+json", false),
            ("application/json/x", false), ("application/js on", false), ("", false), (";", false),
        ])
    func jsonTypes(_ type: String, _ isJSON: Bool) {
        let dialect = dialect([.json], .signIn, [Binding(.email, [.body(["email"])])])
        let bound = bind(dialect, #"{"email":"a"}"#, type: type)
        #expect(bound.output?[.email] == (isJSON ? .string("a") : nil), "\(type)")
        #expect((bound.refusal?.code == .unsupportedMedia) == !isJSON)
    }
}
