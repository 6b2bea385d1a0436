import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Cases of one route")
struct CaseTests {
    private static func condition(_ source: InputSource, _ values: Value...) -> Condition {
        Condition([source], .isOne(of: values))
    }

    /// The token endpoint of many APIs: what it does hangs on `grant_type`.
    private func dialect() -> CompiledDialect {
        let grant = InputSource.body(["grant_type"])
        return Sample.dialect([
            Sample.route("POST /token", .signIn) {
                $0.media = [.form]
                $0.conditions = [Self.condition(grant, .string("password"))]
            },
            Sample.route("GET /other"),
            Sample.route("POST /token", .refresh) {
                $0.media = [.form, .json]
                $0.conditions = [Self.condition(grant, .string("refresh_token"), .int(2), .bool(true))]
            },
            Sample.route("POST /token", .introspect) {
                $0.conditions = [Condition([.header("x-kind", scheme: nil)], .present)]
            },
        ])
    }

    private func choose(
        _ dialect: CompiledDialect, _ body: String, _ type: String = "application/x-www-form-urlencoded",
        headers: [(String, String)] = []
    ) -> Outcome<String>? {
        guard case .found(let group, let parameters) = dialect.match(method: "POST", path: "/token") else { return nil }
        var contents = RequestContents(
            WireRequest(
                method: "POST", path: "/token",
                headers: [("content-type", type)] + headers.map { (name: $0.0, value: $0.1) }, body: Array(body.utf8)),
            parameters: parameters)
        #expect(group.cases.count == 3 && group.first === dialect.routes[0])
        return group.choose(&contents).map { $0.operation.rawValue }
    }

    @Test(
        "The first case whose conditions hold is taken, whatever stands between them in the dialect",
        arguments: [
            ("grant_type=password", "login"), ("grant_type=refresh_token", "refresh"), ("grant_type=2", "refresh"),
            ("grant_type=true", "refresh"),
        ])
    func first(body: String, operation: String) {
        #expect(choose(dialect(), body) == .granted(operation))
        #expect(choose(dialect(), body, headers: [("x-kind", "k")]) == .granted(operation))
    }

    @Test("A number in JSON is the number, its text, and no other")
    func types() {
        let json = "application/json"
        #expect(choose(dialect(), #"{"grant_type":2}"#, json) == .granted("refresh"))
        #expect(choose(dialect(), #"{"grant_type":"2"}"#, json) == .granted("refresh"))
        #expect(choose(dialect(), #"{"grant_type":2.0}"#, json) == .refused(.unmatchedCase))
        #expect(choose(dialect(), #"{"grant_type":"02"}"#, json) == .refused(.unmatchedCase))
        #expect(choose(dialect(), #"{"grant_type":["password"]}"#, json) == .refused(.unmatchedCase))
    }

    @Test("A case sees only the bodies that it takes")
    func media() {
        #expect(choose(dialect(), #"{"grant_type":"password"}"#, "application/json") == .refused(.unmatchedCase))
        #expect(choose(dialect(), #"{"grant_type":"refresh_token"}"#, "application/json") == .granted("refresh"))
    }

    @Test("None of them is a refusal, and so is a body that cannot be read")
    func none() {
        #expect(choose(dialect(), "") == .refused(.unmatchedCase))
        #expect(choose(dialect(), "grant_type=x") == .refused(.unmatchedCase))
        #expect(choose(dialect(), "grant_type=password&grant_type=password") == .refused(.unmatchedCase))
        #expect(choose(dialect(), "{", "application/json")?.refusal?.code == .badJSON)
        #expect(choose(dialect(), "x", "image/png")?.refusal?.code == .unsupportedMedia)
        #expect(choose(dialect(), "{", "application/json", headers: [("x-kind", "k")]) == .granted("introspect"))
    }

    @Test("Present is what is there and not null, an empty text too; absent is the contrary")
    func presence() {
        func holds(_ test: Condition.Test, _ body: String, query: String? = nil) -> Bool {
            let dialect = Sample.dialect([
                Sample.route("POST /x") {
                    $0.media = [.json]
                    $0.conditions = [Condition([.body(["a", "b"]), .query("flag")], test)]
                }
            ])
            guard case .found(let group, _) = dialect.match(method: "POST", path: "/x") else { return false }
            var contents = RequestContents(
                WireRequest(
                    method: "POST", path: "/x", query: query, headers: [("content-type", "application/json")],
                    body: Array(body.utf8)))
            return group.choose(&contents).output != nil
        }
        for body in [#"{"a":{"b":""}}"#, #"{"a":{"b":false}}"#, #"{"a":{"b":[]}}"#] {
            #expect(holds(.present, body) && !holds(.absent, body), "\(body)")
        }
        for body in [#"{"a":{"b":null}}"#, #"{"a":{}}"#, #"{"a":7}"#, "{}"] {
            #expect(!holds(.present, body) && holds(.absent, body), "\(body)")
        }
        #expect(holds(.present, "{}", query: "flag"))
        #expect(holds(.present, #"{"a":{"b":null}}"#, query: "flag="))
    }

    @Test("A list of routes without conditions is one route, found without looking at the request")
    func plain() {
        let dialect = Sample.dialect([Sample.route("GET /x")])
        guard case .found(let group, _) = dialect.match(method: "GET", path: "/x") else {
            Issue.record("not found")
            return
        }
        var contents = RequestContents(WireRequest(method: "GET", path: "/x", body: Array("{".utf8)))
        #expect(group.choose(&contents).output === dialect.routes[0])
    }

    @Test("A printed request is the case that it was printed for")
    func printed() throws {
        let dialect = dialect()
        for route in dialect.routes.prefix(1) + dialect.routes.suffix(2).prefix(1) {
            let request = try #require(route.request(submitting: Submission()))
            guard case .found(let group, _) = dialect.match(method: request.method, path: request.path) else {
                Issue.record("not found")
                continue
            }
            var contents = RequestContents(request)
            #expect(group.choose(&contents).output === route)
        }
    }
}
