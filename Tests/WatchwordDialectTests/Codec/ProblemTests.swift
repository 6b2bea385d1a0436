import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Problems of a refusal")
struct ProblemTests {
    private static let list = Tree.object([
        TreeMember("message", .slot(.error(.message), [])),
        TreeMember(
            "errors",
            .each(
                .errors,
                .object([
                    TreeMember("rule", .slot(.itemProblem(.rule), [])),
                    TreeMember("code", .slot(.itemProblem(.code), [])),
                    TreeMember("field", .slot(.itemProblem(.field), [])),
                    TreeMember("path", .slot(.itemProblem(.path), [])),
                    TreeMember("message", .slot(.itemProblem(.message), [])),
                    TreeMember("value", .slot(.itemProblem(.value), [])),
                ]))),
    ])

    private func dialect(_ change: (inout Dialect) -> Void = { _ in }) -> CompiledDialect {
        Sample.dialect(
            [
                Sample.route("POST /x", .signUp) {
                    $0.media = [.json]
                    $0.bindings = [
                        Binding(.email, [.body(["user", "email"])]), Binding(.password, [.body(["user", "password"])]),
                        Binding(.token, [.query("token")]), Binding(.currentPassword, [.body(["old"])]),
                    ]
                    $0.errors = [.error: Reply(status: 400, body: Self.list)]
                }
            ], change)
    }

    private func answer(_ refusal: Refusal, body: String = "", _ dialect: CompiledDialect? = nil) -> Value? {
        let dialect = dialect ?? self.dialect()
        let request = WireRequest(
            method: "POST", path: "/x", query: "token=secret", headers: [("content-type", "application/json")],
            body: Array(body.utf8))
        let response = dialect.reply(
            refused: refusal, route: dialect.routes[0],
            in: ReplyContext(baseURL: "", contents: RequestContents(request)))
        return try? JSON.parse(response.body).get()
    }

    private func item(_ refusal: Refusal, body: String = "", _ dialect: CompiledDialect? = nil) -> [String: Value] {
        guard case .array(let items)? = answer(refusal, body: body, dialect)?["errors"], items.count == 1,
            case .object(let members) = items[0]
        else { return [:] }
        return Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first }
    }

    @Test("What was sent is repeated, by its place, and never a secret")
    func value() {
        let body = #"{"user":{"email":"not one","password":"hunter2"}}"#
        let email = item(Refusal(.validation, problems: [InputProblem(.email, .email)]), body: body)
        #expect(email["value"] == .string("not one"))
        #expect(email["field"] == .string("email") && email["path"] == .string("user.email"))
        #expect(item(Refusal(.validation, problems: [InputProblem(.email, .required)]), body: "{}")["value"] == .null)
        for secret in [InputName.password, .token] {
            let problem = InputProblem(secret, .min, bound: 8, value: .string("hunter2"))
            #expect(item(Refusal(.validation, problems: [problem]), body: body)["value"] == .null, "\(secret.text)")
        }
        let typed = #"{"user":{"email":{"password":"hunter2"}}}"#
        #expect(item(Refusal(.validation, problems: [InputProblem(.email, .type)]), body: typed)["value"] == .null)
    }

    @Test("The words of a rule may repeat it, and never a secret")
    func worded() {
        let words = Tree.text([.literal("'"), .slot(.itemProblem(.value), []), .literal("' is wrong")])
        let dialect = dialect { dialect in
            for rule in [InputRule.email, .min] { dialect.messages[rule] = Message(code: "c", text: words) }
        }
        let body = #"{"user":{"email":"a b","password":"hunter2"}}"#
        let email = item(Refusal(.validation, problems: [InputProblem(.email, .email)]), body: body, dialect)
        #expect(email["message"] == .string("'a b' is wrong"))
        let password = InputProblem(.password, .min, bound: 8)
        #expect(
            item(Refusal(.weakPassword, problems: [password]), body: body, dialect)["message"] == .string("'' is wrong")
        )
    }

    @Test("A refusal is worded by what the request holds, and its status stays HTTP's where it has one")
    func cases() {
        var html = Reply(status: 302, headers: [ReplyHeader("Location", .literal(.string("/login")))])
        html.conditions = [Condition([.header("accept", scheme: nil)], .isOne(of: [.string("text/html")]))]
        var words = Reply(status: 400, body: .object([]))
        words.cases = [html]
        let dialect = Sample.dialect { $0.errors = [.error: words] }
        func answer(_ code: RefusalCode, _ accept: String) -> String {
            let request = WireRequest(method: "GET", path: "/", headers: [("accept", accept)])
            let context = ReplyContext(baseURL: "", contents: RequestContents(request))
            let response = dialect.reply(refused: Refusal(code), route: nil, in: context)
            return "\(response.status) \(response.text)"
        }
        #expect(answer(.error, "text/html") == "302 ")
        #expect(answer(.error, "application/json") == "400 {}")
        #expect(answer(.notFound, "text/html") == "404 ")
        #expect(dialect.reply(refused: Refusal(.error), route: nil, in: ReplyContext(baseURL: "")).status == 400)
    }

    @Test("A taken identifier is a problem of its input, by the rule taken")
    func taken() {
        let plain = item(Refusal(.emailTaken))
        #expect(plain["rule"] == .string("taken") && plain["field"] == .string("email"))
        #expect(plain["message"] == .string("email is already taken"))
        #expect(answer(Refusal(.emailTaken))?["message"] == .string("Email already registered"))
        let worded = dialect { $0.messages = [.taken: Message(code: "unique", text: .literal(.string("in use")))] }
        #expect(item(Refusal(.usernameTaken), worded)["code"] == .string("unique"))
        #expect(answer(Refusal(.usernameTaken), worded)?["message"] == .string("in use"))
    }

    @Test("Every other refusal is one problem by its own name, at the input it is about")
    func unruled() {
        let wrong = item(Refusal(.wrongPassword))
        #expect(wrong["rule"] == .string("wrong_password") && wrong["field"] == .string("old"))
        #expect(item(Refusal(.expiredLink))["field"] == .string("token"))
        #expect(item(Refusal(.rateLimited))["field"] == .string("body"))
        for code in RefusalCode.allCases {
            #expect(
                item(Refusal(code))["message"] == answer(Refusal(code))?["message"] || code == .emailTaken
                    || code == .usernameTaken)
        }
    }
}
