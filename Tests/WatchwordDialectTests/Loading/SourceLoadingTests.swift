import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Where inputs are")
struct SourceLoadingTests {
    @Test(
        "each form of a source means one place",
        arguments: [
            ("email", .body(["email"])), ("user.email", .body(["user", "email"])), ("query.e", .query("e")),
            ("query.a.b", .query("a.b")), ("header.X-Email", .header("x-email", scheme: nil)),
            ("cookie.e", .cookie("e")), ("path.e", .path("e")), ("basic.username", .basic(.username)),
            ("\"*\"", .body(["*"])), ("{value: a}", .constant(.string("a"))), ("{value: null}", .constant(.null)),
            ("{header: Authorization, scheme: Bearer}", .header("authorization", scheme: "Bearer")),
            ("{header: Authorization}", .header("authorization", scheme: nil)), ("{query: e}", .query("e")),
            ("{cookie: e}", .cookie("e")), ("{path: e}", .path("e")), ("{basic: password}", .basic(.password)),
            ("{body: query.e}", .body(["query", "e"])),
        ] as [(String, InputSource)])
    func forms(written: String, source: InputSource) throws {
        let route = try Tiny.dialect(
            routes:
                "POST /r/{e}: {do: login, take: json, in: {email: \(written), password: password}, reply: {status: 200}}"
        ).routes.last
        #expect(route?.bindings.first == Binding(.email, [source]))
    }

    @Test("a token read from `Authorization` is the credential behind `Bearer`, and another input is the whole field")
    func authorization() throws {
        let dialect = try Tiny.dialect(
            "tokens: {refresh: {kind: opaque, ttl: 1d, use: reuse}}\ncredentials: {}",
            routes: """
                POST /refresh: {do: refresh, in: {refresh_token: [header.Authorization, cookie.r]}, reply: {status: 200}}
                POST /raw: {do: refresh, in: {refresh_token: {header: Authorization}}, reply: {status: 200}}
                POST /by: {do: login, take: json, in: {email: header.Authorization, password: password}, reply: {status: 200}}
                """)
        #expect(
            dialect.routes.dropFirst().map { $0.bindings[0].sources } == [
                [.header("authorization", scheme: "Bearer"), .cookie("r")], [.header("authorization", scheme: nil)],
                [.header("authorization", scheme: nil)],
            ])
    }

    @Test("a bare text is the whole of its one source")
    func whole() throws {
        let dialect = try Tiny.dialect(
            "tokens: {reset: {ttl: 1h}}\ncredentials: {}",
            routes: "POST /forgot: {do: request_reset, take: text, in: {email: body}, reply: {status: 200}}")
        #expect(dialect.routes.last?.media == [.text])
        #expect(dialect.routes.last?.bindings == [Binding(.email, [.body(["*"])])])
    }

    @Test("every input of every operation is one that a route can bind", arguments: Operation.allCases)
    func inputs(operation: Operation) throws {
        let signature = operation.signature
        for input in signature.required + signature.optional {
            let bound = Set(signature.required + signature.oneOf.prefix(1) + [.email, .agentID] + [input])
                .intersection(signature.required + signature.optional)
            let inputs = bound.map { "\($0.text): \($0.text)" }.sorted().joined(separator: ", ")
            let auth = signature.acts ? "auth: user, " : ""
            let reply = operation == .refresh ? "{status: 200, body: $refresh.token}" : "{status: 200}"
            let dialect = try Tiny.dialect(
                """
                users: {id: uuid, login: [email, username], roles: [user, admin], administrators: [admin]}
                tokens: {access: {kind: opaque, ttl: 1h}, refresh: {kind: opaque, ttl: 1d, use: rotate}, verify: {ttl: 1h}, reset: {ttl: 1h}}
                api_keys: {bind: agent}
                """,
                routes: "POST /x: {do: \(operation.rawValue), \(auth)take: json, in: {\(inputs)}, reply: \(reply)}")
            #expect(dialect.routes.last?.bindings.contains { $0.input == input } == true, "\(input.text)")
        }
    }
}
