import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Answering refusals")
struct RefusalReplyTests {
    private func reply(_ status: Int, _ word: String? = nil) -> Reply {
        Reply(
            status: status,
            body: Sample.object(
                ("is", .literal(.string(word ?? "\(status)"))), ("code", .slot(.error(.code), [])),
                ("message", .slot(.error(.message), [])), ("id", .slot(.error(.id), [.optional]))))
    }

    private func dialect(
        _ errors: [RefusalCode: Reply], route: [RefusalCode: Reply] = [:], messages: [InputRule: Message] = [:]
    ) -> CompiledDialect {
        let sample = Sample.route("POST /x", .signUp) {
            $0.errors = route
            $0.media = [.json]
            $0.bindings = [
                Binding(.confirm, [.body(["password_confirm"])]), Binding(.token, [.query("t")]),
                Binding(.id, [.path("id")]), Binding(.field("city"), [.body(["address", "city"])]),
                Binding(.email, [.header("x-email", scheme: nil), .body(["email"])]),
                Binding(.refreshToken, [.cookie("rt")]),
            ]
        }
        return Sample.dialect([sample]) {
            $0.errors.merge(errors) { $1 }
            $0.messages = messages
        }
    }

    private func answer(_ dialect: CompiledDialect, _ refusal: Refusal, onRoute: Bool = true) -> WireResponse {
        dialect.reply(
            refused: refusal, route: onRoute ? dialect.routes[0] : nil,
            in: ReplyContext(baseURL: "https://auth.example"))
    }

    // MARK: Which words

    @Test("The nearest ancestor with words answers, the route's before the dialect's of the same code")
    func nearest() {
        let dialect = dialect(
            [.error: reply(400, "error"), .unauthorized: reply(401, "unauthorized"), .invalidLink: reply(410, "link")],
            route: [.unauthorized: reply(403, "route"), .error: reply(418, "route error")])
        let word = { (code: RefusalCode, onRoute: Bool) in
            let text = answer(dialect, Refusal(code), onRoute: onRoute).text
            return text.dropFirst(#"{"is":""#.count).prefix { $0 != "\"" }
        }
        #expect(word(.invalidCredentials, true) == "route")
        #expect(word(.invalidCredentials, false) == "unauthorized")
        #expect(word(.expiredLink, true) == "link", "a dialect's nearer word beats a route's farther one")
        #expect(word(.conflict, true) == "route error")
        #expect(word(.conflict, false) == "error")
    }

    @Test(
        "A mapped code has its mapping's status, an inherited one HTTP's own for the situation",
        arguments: [
            (RefusalCode.validation, 422), (.badJSON, 422), (.tooLarge, 413), (.unsupportedMedia, 415),
            (.weakPassword, 422),
            (.notFound, 404), (.methodNotAllowed, 405), (.busy, 503), (.rateLimited, 429), (.quotaExceeded, 429),
            (.insecureTransport, 403), (.internal, 500), (.headersTooLarge, 431), (.requestTimeout, 408),
            (.conflict, 400), (.badRequest, 400), (.invalidCredentials, 409), (.invalidToken, 401), (.forbidden, 403),
        ])
    func status(code: RefusalCode, status: Int) {
        let dialect = dialect(
            [.validation: reply(422), .unauthorized: reply(401)], route: [.invalidCredentials: reply(409)])
        #expect(answer(dialect, Refusal(code)).status == status)
        #expect(
            answer(dialect, Refusal(code)).status
                == dialect.dialect.mapping(of: code, on: dialect.routes[0].route)?.status)
    }

    @Test("Every refusal is answered by a dialect that maps only `error`")
    func total() {
        let dialect = dialect([:])
        for code in RefusalCode.allCases {
            let response = answer(dialect, Refusal(code), onRoute: false)
            #expect((400...599).contains(response.status), "\(code)")
            #expect(response.text.hasPrefix(#"{"error":""#), "\(code)")
            #expect(response.header("content-type") == "application/json")
            #expect(!response.isSecret)
        }
    }

    @Test(
        "What has no words of its own is not told apart by code or message",
        arguments: [
            (RefusalCode.accountDisabled, RefusalCode.invalidCredentials), (.accountLocked, .invalidCredentials),
            (.emailNotVerified, .invalidCredentials), (.expiredToken, .invalidToken), (.revokedToken, .invalidToken),
            (.wrongTokenType, .invalidToken), (.reusedRefresh, .invalidRefresh), (.expiredRefresh, .invalidRefresh),
            (.expiredLink, .invalidLink), (.alreadyVerified, .invalidLink),
        ])
    func masking(code: RefusalCode, told: RefusalCode) {
        for errors in [[RefusalCode.error: reply(400)], [.error: reply(400), .unauthorized: reply(400)]] {
            let dialect = dialect(errors)
            #expect(answer(dialect, Refusal(code)) == answer(dialect, Refusal(told)))
            #expect(answer(dialect, Refusal(code)).text.contains(#""code":"\#(told.rawValue)""#))
        }
        let open = dialect([.error: reply(400), code: reply(400)])
        #expect(answer(open, Refusal(code)).text.contains(#""code":"\#(code.rawValue)""#), "a mapping of its own tells")
    }

    @Test(
        "What tells nothing keeps its own message in inherited words",
        arguments: [
            (RefusalCode.emailTaken, "Email already registered"), (.usernameTaken, "Username already taken"),
            (.notFound, "Not found"), (.busy, "The server is busy"),
        ])
    func messages(code: RefusalCode, message: String) {
        #expect(answer(dialect([:]), Refusal(code)).text == #"{"error":"\#(message)"}"#)
    }

    // MARK: Header fields

    @Test("Retry-After is added, once")
    func retryAfter() {
        var mapped = reply(429)
        mapped.headers = [ReplyHeader("retry-after", .slot(.error(.retryAfter), []))]
        for words in [reply(429), mapped] {
            let dialect = dialect([.rateLimited: words])
            let response = answer(dialect, Refusal(.rateLimited, retryAfter: 30))
            #expect(response.headers.filter { $0.name.lowercased() == "retry-after" }.map(\.value) == ["30"])
            #expect(answer(dialect, Refusal(.rateLimited)).header("retry-after") == nil)
        }
    }

    @Test("Allow is added for a method not allowed")
    func allow() {
        let response = answer(dialect([:]), Refusal(.methodNotAllowed, allow: ["GET", "HEAD"]), onRoute: false)
        #expect(response.status == 405)
        #expect(response.header("allow") == "GET, HEAD")
        #expect(answer(dialect([:]), Refusal(.notFound)).header("allow") == nil)
    }

    @Test("A fault shows its id and nothing else")
    func fault() {
        let dialect = dialect([.error: reply(400, "e")])
        #expect(
            answer(dialect, Refusal(.internal, faultID: "f-1")).text
                == #"{"is":"e","code":"internal","message":"Internal server error","id":"f-1"}"#)
    }

    // MARK: Problems

    private var listing: [RefusalCode: Reply] {
        let item = Sample.object(
            ("code", .slot(.itemProblem(.code), [])), ("field", .slot(.itemProblem(.field), [])),
            ("loc", .slot(.itemProblem(.loc), [])), ("msg", .slot(.itemProblem(.message), [])),
            ("min", .slot(.itemProblem(.min), [.optional])), ("type", .slot(.itemProblem(.type), [.optional])))
        return [.validation: Reply(status: 422, body: .each(.errors, item))]
    }

    @Test(
        "Where each input is on the wire",
        arguments: [
            (InputName.confirm, "password_confirm", #"["body","password_confirm"]"#), (.token, "t", #"["query","t"]"#),
            (.id, "id", #"["path","id"]"#), (.field("city"), "city", #"["body","address","city"]"#),
            (.email, "x-email", #"["header","x-email"]"#), (.refreshToken, "rt", #"["cookie","rt"]"#),
            (.body, "body", #"["body"]"#), (.username, "username", #"["body","username"]"#),
        ])
    func places(input: InputName, field: String, location: String) {
        let refusal = Refusal(.validation, problems: [InputProblem(input, .taken)])
        #expect(
            answer(dialect(listing), refusal).text
                == #"[{"code":"taken","field":"\#(field)","loc":\#(location),"msg":"\#(field) is already taken"}]"#)
    }

    @Test("The dialect's words and codes, with the place, bound and type in them")
    func words() {
        let messages: [InputRule: Message] = [
            .min: Message(
                code: "short",
                text: .text([
                    .slot(.itemProblem(.field), []), .literal(" < "), .slot(.itemProblem(.min), []), .literal(" \""),
                ])),
            .required: Message(code: "missing", text: .literal(.string("Field required"))),
            .type: Message(code: "type", text: .text([.literal("not "), .slot(.itemProblem(.type), [])])),
        ]
        let refusal = Refusal(
            .validation,
            problems: [
                InputProblem(.confirm, .min, bound: 8), InputProblem(.token, .required),
                InputProblem(.id, .type, expected: "integer"),
            ])
        let expected =
            #"[{"code":"short","field":"password_confirm","loc":["body","password_confirm"],"msg":"password_confirm < 8 \"","min":8},"#
            + #"{"code":"missing","field":"t","loc":["query","t"],"msg":"Field required"},"#
            + #"{"code":"type","field":"id","loc":["path","id"],"msg":"not integer","type":"integer"}]"#
        #expect(answer(dialect(listing, messages: messages), refusal).text == expected)
    }

    @Test("Plain words for every rule", arguments: InputRule.allCases)
    func plainWords(rule: InputRule) {
        let refusal = Refusal(.validation, problems: [InputProblem(.confirm, rule, bound: 8, expected: "integer")])
        let message = answer(dialect([:]), refusal).text
        let expected: String =
            switch rule {
            case .required: "password_confirm is required"
            case .type: "password_confirm must be an integer"
            case .email: "password_confirm must be a valid email address"
            case .username:
                "password_confirm must be 1 to 64 characters, without @, control characters or spaces at its ends"
            case .min: "password_confirm must be at least 8 characters long"
            case .max: "password_confirm must be at most 8 characters long"
            case .mismatch: "password_confirm does not match"
            case .taken: "password_confirm is already taken"
            case .common: "password_confirm is too common"
            case .classes: "password_confirm needs characters of more kinds"
            case .characters: "password_confirm contains characters that are not allowed"
            case .choice: "password_confirm is not one of the allowed values"
            case .json: "Malformed JSON"
            case .media: "Unsupported content type"
            case .size: "Request body too large"
            }
        #expect(message == #"{"error":"\#(expected)"}"#)
    }

    @Test(
        "A list of problems always has one",
        arguments: [
            (RefusalCode.validation, "validation", "Invalid request"), (.badJSON, "json", "Malformed JSON"),
            (.unsupportedMedia, "media", "Unsupported content type"), (.tooLarge, "size", "Request body too large"),
            (.weakPassword, "weak_password", "This password is too weak"),
        ])
    func synthetic(code: RefusalCode, told: String, message: String) {
        #expect(
            answer(dialect(listing), Refusal(code), onRoute: false).text
                == #"[{"code":"\#(told)","field":"body","loc":["body"],"msg":"\#(message)"}]"#)
    }

    @Test("A body that is no JSON is worded by the dialect's rule for it, problem or none")
    func badJSON() {
        let dialect = dialect(
            listing, messages: [.json: Message(code: "json_invalid", text: .literal(.string("JSON decode error")))])
        for refusal in [Refusal(.badJSON), Refusal(.badJSON, problems: [InputProblem(.body, .json)])] {
            #expect(
                answer(dialect, refusal).text
                    == #"[{"code":"json_invalid","field":"body","loc":["body"],"msg":"JSON decode error"}]"#)
        }
    }

    @Test("The first problem is the message, and groups are by field")
    func firstProblem() {
        let refusal = Refusal(
            .validation,
            problems: [
                InputProblem(.email, .required), InputProblem(.confirm, .min, bound: 8), InputProblem(.email, .taken),
            ])
        #expect(answer(dialect([:]), refusal).text == #"{"error":"x-email is required"}"#)
        let message = Tree.slot(.itemProblem(.message), [])
        for (take, expected) in [
            (
                Tree.Take.first,
                #"{"x-email":"x-email is required","password_confirm":"password_confirm must be at least 8 characters long"}"#
            ),
            (
                .all,
                #"{"x-email":["x-email is required","x-email is already taken"],"password_confirm":["password_confirm must be at least 8 characters long"]}"#
            ),
        ] {
            let dialect = dialect([
                .validation: Reply(status: 422, body: .group(.errors, by: .itemProblem(.field), take: take, message))
            ])
            #expect(answer(dialect, refusal).text == expected)
        }
    }
}
