import Testing
import WatchwordCore
import WatchwordDialect

/// Rules that need a file of their own to be broken.
@Suite("Small dialects")
struct SmallDialectTests {
    private func messages(_ text: String) -> [String] {
        Dialect.load(text: text, file: "f") { _ in nil }.diagnostics.map(\.message)
    }

    private func dialect(
        users: String = "{id: uuid}", input: String = "identity: name", errors: String = "error: {status: 400}"
    )
        -> String
    {
        """
        dialect: 1
        name: tiny
        users: \(users)
        tokens: {access: {kind: opaque, ttl: 1h}}
        errors: {\(errors)}
        routes:
          POST /login:
            do: login
            take: json
            in: {\(input), password: password}
            reply: {status: 200, body: $access.token}
          POST /logout: {do: logout, auth: user, reply: {status: 204}}
        credentials: {user: [{header: Authorization, scheme: Bearer, takes: access}]}
        """
    }

    @Test("the smallest dialect loads without a note")
    func smallest() {
        #expect(messages(dialect()) == [])
    }

    @Test("a mapping of `error` on a route does not answer requests that meet no route")
    func outside() {
        let text = dialect(errors: "unauthorized: {status: 401}").replacing(
            "reply: {status: 200, body: $access.token}",
            with: "reply: {status: 200, body: $access.token}\n    errors: {error: {status: 400}}")
        #expect(
            messages(text) == [
                "`logout` can end in `validation` and neither this route nor `errors:` maps it (or a parent of it)"
            ])
        let alone = text.replacing(
            "auth: user, reply: {status: 204}", with: "auth: user, reply: {status: 204}, errors: {error: {status: 400}}"
        )
        #expect(
            messages(alone) == ["any request can end in `bad_json` and `errors:` maps neither it nor a parent of it"])
    }

    @Test("every other code mapped makes `error` unneeded, and `internal` stands for it")
    func withoutError() throws {
        let codes = RefusalCode.allCases.filter { $0.parent == .error }
        let errors = codes.map { "\($0.rawValue): {status: \($0.ownStatus ?? 400)}" }.joined(separator: ", ")
        let loading = Dialect.load(text: dialect(errors: errors), file: "f") { _ in nil }
        let loaded = try #require(loading.dialect, "\(loading.diagnostics)")
        #expect(loaded.errors[.error]?.status == 500)
    }

    @Test("nobody signs in by an identifier that `login` has not")
    func identifier() {
        #expect(
            messages(dialect(users: "{id: uuid, login: [username]}", input: "email: email"))
                == ["nobody signs in by email: `users: {login: ...}` has it not"])
    }

    @Test("verification cannot be required where it cannot be done")
    func verification() {
        #expect(
            messages(dialect(users: "{id: uuid, require_verified: true}"))
                == ["`require_verified` needs `tokens: {verify: ...}`, or nobody could sign in"])
    }

    @Test("a dollar sign is written twice, and so is a member's name that starts with one")
    func dollars() throws {
        let text = dialect().replacing(
            "body: $access.token}", with: "body: {$$a: $$b, c: \"$${d} $5 ${access.token}\", e: a$b}}")
        let loading = Dialect.load(text: text, file: "f") { _ in nil }
        let loaded = try #require(loading.dialect, "\(loading.diagnostics)")
        #expect(
            loaded.routes.first?.reply.body
                == .object([
                    TreeMember("$a", .literal(.string("$b"))),
                    TreeMember("c", .text([.literal("${d} $5 "), .slot(.access(.token), [])])),
                    TreeMember("e", .literal(.string("a$b"))),
                ]))
        #expect(Dialect.load(text: loaded.canonicalJSON, file: "f") { _ in nil }.dialect == loaded)
    }

    @Test("directives, filters and text become a tree")
    func trees() throws {
        let text = dialect().replacing(
            "body: $access.token}",
            with:
                "body: {a: {$if: $user.name, then: $user.name, else: none}, b: \"as ${user.email|lower}!\", c: $session.created_at|epoch, d: $user.name|opt, e: [1, true, null]}}"
        )
        let loading = Dialect.load(text: text, file: "f") { _ in nil }
        let loaded = try #require(loading.dialect, "\(loading.diagnostics)")
        #expect(
            loaded.routes.first?.reply.body
                == .object([
                    TreeMember(
                        "a",
                        .conditional(
                            .fact(.user(.name)), then: .slot(.user(.name), []), otherwise: .literal(.string("none")))),
                    TreeMember("b", .text([.literal("as "), .slot(.user(.email), [.lower]), .literal("!")])),
                    TreeMember("c", .slot(.session(.createdAt), [.epoch])),
                    TreeMember("d", .slot(.user(.name), [.optional])),
                    TreeMember("e", .array([.literal(.int(1)), .literal(.bool(true)), .literal(.null)])),
                ]))
        #expect(Dialect.load(text: loaded.canonicalJSON, file: "f") { _ in nil }.dialect == loaded)
    }

    @Test("`times` gives every moment without a form of its own that form")
    func times() throws {
        let text =
            dialect().replacing(
                "body: $access.token}", with: "body: [$session.created_at, $session.expires_at|iso, $user.email]}")
            + "\ntimes: epoch_ms"
        let loaded = try #require(Dialect.load(text: text, file: "f") { _ in nil }.dialect)
        #expect(
            loaded.routes.first?.reply.body
                == .array([
                    .slot(.session(.createdAt), [.epochMilliseconds]), .slot(.session(.expiresAt), [.iso]),
                    .slot(.user(.email), []),
                ]))
    }

    @Test("what is larger than any contract is refused before each is compared with each")
    func large() {
        let fields = (0...1_000).map { "f\($0): {type: int}" }.joined(separator: ", ")
        #expect(
            messages(dialect(users: "{id: uuid, fields: {\(fields)}}")) == ["`fields` has more than 1000 members"])
        let roles = (0...1_000).map { "r\($0)" }.joined(separator: ", ")
        #expect(messages(dialect(users: "{id: uuid, roles: [\(roles)]}")) == ["a list of more than 1000 items"])
    }

    @Test("views used by many routes are bounded together")
    func manyViews() {
        let view = "\nviews: {big: [\((0..<9_000).map(String.init).joined(separator: ","))]}"
        var routes = ""
        for index in 0..<30 {
            routes += "\n  GET /r\(index): {do: me, auth: user, reply: {status: 200, body: {$view: big}}}"
        }
        let text = dialect().replacing("routes:", with: "routes:\(routes)") + view
        #expect(messages(text) == ["all replies together are over 200000 members"])
    }
}
