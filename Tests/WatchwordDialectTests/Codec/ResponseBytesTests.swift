import Testing
import WatchwordCore
import WatchwordDialect

/// Each shape of an answer, from the file's words to the bytes on the wire.
@Suite("The bytes of an answer, by the words of its file")
struct ResponseBytesTests {
    private static let sections = """
        users: {id: uuid, fields: {theme: {type: string}, seats: {type: int}, beta: {type: bool}, tags: {type: json}}}
        tokens: {access: {kind: opaque, ttl: 1h}, refresh: {kind: opaque, ttl: 7d, use: rotate}}
        api_keys: {prefix: ww_, bind: agent}
        views: {person: {id: $user.id, email: $user.email}, one: {id: $it.id, up: $it.online}}
        """

    private func answer(
        _ reply: String, _ operation: String = "me", sections: String = sections, base: String = "https://auth.example",
        _ change: (inout Grant) -> Void = { _ in }
    ) throws -> [String] {
        let auth = operation == "login" ? "take: json, in: {email: email, password: password}" : "auth: user"
        let dialect = CompiledDialect(
            try Tiny.dialect(sections, routes: "POST /x: {do: \(operation), \(auth), reply: \(reply)}"))
        let route = try #require(dialect.routes.last)
        var grant = Sample.grant
        grant.user?.fields["tags"] = .array([.string("x"), .object([.init("k", .null)])])
        change(&grant)
        var context = ReplyContext(
            baseURL: base, contents: RequestContents(WireRequest(method: "POST", path: "/x", query: "q=1")))
        context.id = "r1"
        context.time = Sample.later
        return dialect.reply(granted: grant, route: route, in: context).lines
    }

    private static let json = "Content-Type: application/json"

    // MARK: Bodies

    @Test(
        "An object is bare, wrapped, or in a list, as it is written",
        arguments: [
            ("{status: 200, body: {$view: person}}", #"{"id":"17","email":"ada@example.com"}"#),
            (
                "{status: 200, body: {success: true, data: {user: {$view: person}}}}",
                #"{"success":true,"data":{"user":{"id":"17","email":"ada@example.com"}}}"#
            ),
            (
                "{status: 200, body: [{$view: person}, 1]}",
                #"[{"id":"17","email":"ada@example.com"},1]"#
            ),
            ("{status: 200, body: $user.email}", #""ada@example.com""#), ("{status: 200, body: null}", "null"),
            ("{status: 200, body: {}}", "{}"), ("{status: 200, body: []}", "[]"), ("{status: 200, body: \"\"}", #""""#),
            ("{status: 200, body: 0}", "0"), ("{status: 200, body: false}", "false"),
            ("{status: 200, body: {$$view: 1, a$b: \"$$x\"}}", #"{"$view":1,"a$b":"$x"}"#),
        ])
    func objects(reply: String, body: String) throws {
        #expect(try answer(reply) == ["200", Self.json, "", body])
    }

    @Test("Facts of every type, their filters, and what is absent")
    func facts() throws {
        let reply = """
            {status: 200, body: {seats: $user.seats, seats_text: $user.seats|str, beta: $user.beta, n: $user.name, \
            m: $user.name|opt, e: $user.name|or_empty, z: $user.name|or_zero, f: $user.name|or_false, tags: $user.tags, \
            l: $user.role|list, u: $user.role|upper, at: $user.created_at|epoch, since: $user.created_at|iso_ms_offset}}
            """
        #expect(
            try answer(reply).last
                == #"{"seats":3,"seats_text":"3","beta":false,"n":null,"e":"","z":0,"f":false,"#
                + #""tags":["x",{"k":null}],"l":["admin"],"u":"ADMIN","at":1767323045,"since":"2026-01-02T03:04:05.123+00:00"}"#
        )
    }

    @Test("A list is bare, in its envelope with its part's place, and empty as `[]`")
    func lists() throws {
        let item = "{$each: $agents, do: {$view: one}}"
        let two = #"[{"id":"a1","up":true},{"id":"a2","up":false}]"#
        #expect(
            try answer("{status: 200, body: \(item)}", "list_agents") == ["200", Self.json, "", two])
        let envelope =
            "{status: 200, body: {items: \(item), total: $total, page: $page, pages: $pages, more: $has_more}}"
        #expect(
            try answer(envelope, "list_agents").last
                == #"{"items":\#(two),"total":2,"page":1,"pages":1,"more":false}"#)
        #expect(
            try answer(envelope, "list_agents") {
                $0.agents = []
                $0.paging = Paging(total: 0, limit: 10, offset: 0, count: 0)
            }.last == #"{"items":[],"total":0,"page":1,"pages":0,"more":false}"#)
        let named = "{status: 200, body: {$group: $agents, by: name, take: first, do: $it.id}}"
        #expect(try answer(named, "list_agents").last == #"{"one":"a1","two":"a2"}"#)
        let all = "{status: 200, body: {$group: $agents, by: online, take: all, do: $it.id|str}}"
        #expect(try answer(all, "list_agents").last == #"{"true":["a1"],"false":["a2"]}"#)
        #expect(try answer(named, "list_agents") { $0.agents = [] }.last == "{}")
    }

    @Test("A choice is by a fact, by its value, or by whether a list holds anything")
    func choices() throws {
        func last(_ body: String, _ operation: String = "me", _ change: (inout Grant) -> Void = { _ in }) throws
            -> String?
        {
            try answer("{status: 200, body: \(body)}", operation, change).last
        }
        #expect(try last("{$if: $user.name, then: 1, else: 2}") == "2")
        #expect(try last("{a: {$if: $user.name, then: 1}, b: {$if: $user.email, then: 1}}") == #"{"b":1}"#)
        #expect(try last("{$if: $user.role, is: admin, then: 1, else: 2}") == "1")
        #expect(try last("{$if: $user.role, is: [owner, Admin], then: 1, else: 2}") == "2")
        #expect(try last("{$if: $user.seats, is: 3, then: 1, else: 2}") == "1")
        let any = "{$if: $agents, then: some, else: none}"
        #expect(try last(any, "list_agents") == #""some""#)
        #expect(try last(any, "list_agents") { $0.agents = [] } == #""none""#)
    }

    @Test("The request, its id and the moment of the answer")
    func request() throws {
        let body = "{u: $request.url, p: $request.path, m: $request.method, i: $request.id, t: $request.time|epoch_ms}"
        #expect(
            try answer("{status: 200, body: \(body)}").last
                == #"{"u":"https://auth.example/x?q=1","p":"/x","m":"POST","i":"r1","t":1767326645999}"#)
    }

    // MARK: Fields

    @Test(
        "An answer without a body has no type, unless one is written",
        arguments: [
            ("{status: 204}", ["204"]), ("{status: 200}", ["200"]),
            ("{status: 204, content_type: application/json}", ["204", "Content-Type: application/json"]),
            ("{status: 201, headers: {X-A: b}}", ["201", "X-A: b"]),
        ])
    func empty(reply: String, lines: [String]) throws {
        #expect(try answer(reply) == lines)
    }

    @Test("The dialect's type is every answer's but for one that has its own, and a text is plain")
    func types() throws {
        let sections = Self.sections + "\ncontent_type: application/vnd.api+json"
        func lines(_ reply: String) throws -> [String] { try answer(reply, sections: sections) }
        #expect(try lines("{status: 200, body: {}}") == ["200", "Content-Type: application/vnd.api+json", "", "{}"])
        #expect(
            try lines("{status: 200, content_type: application/problem+json, body: {}}") == [
                "200", "Content-Type: application/problem+json", "", "{}",
            ])
        #expect(
            try lines("{status: 200, text: \"Hi ${user.username}!\"}") == [
                "200", "Content-Type: text/plain; charset=utf-8", "", "Hi ada!",
            ])
        #expect(
            try lines("{status: 200, content_type: text/html, text: \"<b>${user.username}</b>\"}") == [
                "200", "Content-Type: text/html", "", "<b>ada</b>",
            ])
    }

    @Test("Fields stand in the order of the file, several of one name one after the other, and absent ones nowhere")
    func fields() throws {
        let reply = """
            {status: 200, headers: {X-One: $user.role, Vary: [Cookie, Origin], X-None: $user.name, \
            X-Empty: $user.name|or_empty, X-Num: 7, X-Flag: true, X-Two: "a ${user.username}"}, body: 1}
            """
        #expect(
            try answer(reply) == [
                "200", "X-One: admin", "Vary: Cookie", "Vary: Origin", "X-Empty: ", "X-Num: 7", "X-Flag: true",
                "X-Two: a ada", Self.json, "", "1",
            ])
    }

    @Test(
        "A redirect leads to a place of the file, and carries facts as parts of it",
        arguments: [
            ("\"/done\"", "/done"), ("\"https://app.example/#in\"", "https://app.example/#in"),
            ("\"${request.base_url}/welcome\"", "https://auth.example/welcome"),
            ("\"/u/${user.email}?r=${user.role}#${user.username}\"", "/u/ada%40example.com?r=admin#ada"),
            ("{$if: $user.name, then: /named, else: /unnamed}", "/unnamed"),
        ])
    func redirects(location: String, value: String) throws {
        #expect(try answer("{status: 303, headers: {Location: \(location)}}") == ["303", "Location: \(value)"])
    }

    // MARK: Cookies

    @Test(
        "A cookie with every attribute the language has, in one order",
        arguments: [
            ("$refresh.token", "refresh-token; Path=/; HttpOnly; SameSite=Lax; Secure"),
            (
                "{value: $refresh.token, max_age: 7d}",
                "refresh-token; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax; Secure"
            ),
            (
                "{value: $refresh.token, max_age: $refresh.ttl, path: /auth, domain: example.com, same_site: Strict}",
                "refresh-token; Max-Age=604800; Path=/auth; Domain=example.com; HttpOnly; SameSite=Strict; Secure"
            ),
            (
                "{value: \"v:${refresh.token}\", max_age: 0, http_only: false}",
                "v:refresh-token; Max-Age=0; Path=/; SameSite=Lax; Secure"
            ),
            (
                "{value: $refresh.token, same_site: none, secure: true}",
                "refresh-token; Path=/; HttpOnly; SameSite=None; Secure"
            ),
            ("{value: $refresh.token, secure: false}", "refresh-token; Path=/; HttpOnly; SameSite=Lax"),
            (
                "{clear: true, path: /auth}",
                "; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/auth; HttpOnly; SameSite=Lax; Secure"
            ),
            ("null", "; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; HttpOnly; SameSite=Lax; Secure"),
        ])
    func cookies(written: String, field: String) throws {
        #expect(try answer("{status: 204, cookies: {rt: \(written)}}", "login") == ["204", "Set-Cookie: rt=\(field)"])
    }

    @Test("A cookie is secure where the realm's public URL is https, if nothing else is said")
    func secure() throws {
        func isSecure(_ secure: String, _ base: String) throws -> Bool {
            try answer("{status: 204, cookies: {rt: {value: $refresh.token\(secure)}}}", "login", base: base).last?
                .hasSuffix("; Secure") == true
        }
        for (base, isHTTPS) in [
            ("https://auth.example", true), ("http://localhost:3000", false), ("HTTPS://auth.example", false),
            ("http://https://", false), ("https:/", false), ("", false),
        ] {
            #expect(try isSecure("", base) == isHTTPS, "\(base)")
            #expect(try isSecure(", secure: auto", base) == isHTTPS, "\(base)")
            #expect(try isSecure(", secure: always", base))
            #expect(try !isSecure(", secure: never", base))
        }
    }

    @Test("Several cookies are several fields, behind the others and before the type")
    func several() throws {
        #expect(
            try answer(
                "{status: 200, headers: {X-A: b}, cookies: {a: $access.token, b: null, c: $refresh.token}, body: 1}",
                "login")
                == [
                    "200", "X-A: b", "Set-Cookie: a=access-token; Path=/; HttpOnly; SameSite=Lax; Secure",
                    "Set-Cookie: b=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; HttpOnly; SameSite=Lax; Secure",
                    "Set-Cookie: c=refresh-token; Path=/; HttpOnly; SameSite=Lax; Secure", Self.json, "", "1",
                ])
    }
}
