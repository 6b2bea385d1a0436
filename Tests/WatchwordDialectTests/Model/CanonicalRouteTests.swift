import Testing
import WatchwordCore
import WatchwordDialect

@Suite("The canonical form of routes and credentials")
struct CanonicalRouteTests {
    private func input(_ source: String, take: String = "json") throws -> String {
        let route =
            "POST /x/{id}: {do: update_agent, auth: user, take: \(take), in: {id: path.id, name: \(source)}, reply: {status: 204}}"
        let text = try Canonical.route(route, without: ["do", "auth", "take", "reply"])
        return String(text.dropFirst(#"{"in":{"id":["path.id"],"name":"#.count).dropLast(2))
    }

    @Test(
        "A source is one text where that says it all, and else a mapping; it is always in a list",
        arguments: [
            ("name", #"["name"]"#), ("a.b.c", #"["a.b.c"]"#), ("query.n", #"["query.n"]"#),
            ("header.X-Name", #"["header.x-name"]"#), ("cookie.N", #"["cookie.N"]"#),
            ("basic.username", #"["basic.username"]"#),
            ("[a, query.b, cookie.c]", #"["a","query.b","cookie.c"]"#), ("{body: a.b}", #"["a.b"]"#),
            ("{query: n}", #"["query.n"]"#), ("{cookie: n}", #"["cookie.n"]"#), ("{path: id}", #"["path.id"]"#),
            ("{basic: password}", #"["basic.password"]"#), ("{header: X-N}", #"["header.x-n"]"#),
            ("{header: X-N, scheme: Tok}", #"[{"header":"x-n","scheme":"Tok"}]"#),
            ("{body: query.n}", #"[{"body":"query.n"}]"#), ("{body: header.n.m}", #"[{"body":"header.n.m"}]"#),
            ("query", #"["query"]"#), ("{body: path}", #"["path"]"#),
            ("[name, {value: 7}]", #"["name",{"value":7}]"#), ("{value: true}", #"[{"value":true}]"#),
            ("{value: $x}", #"[{"value":"$x"}]"#), ("\"*\"", #"["*"]"#),
            ("{header: Authorization}", #"[{"header":"authorization"}]"#),
            ("header.authorization", #"[{"header":"authorization"}]"#),
        ])
    func sources(written: String, canonical: String) throws {
        #expect(try input(written) == canonical)
    }

    @Test("A route's members stand in the language's order, whatever the file's is")
    func order() throws {
        let route = """
            POST /x: {errors: {forbidden: {status: 403, body: 1}, bad_json: {status: 400, body: 2}}, \
            reply: {body: $with.n, status: 201}, auth: user, with: {n: query.n}, in: {name: n}, take: [form, json], \
            do: update_me, when: {query.n: [a, 1]}}
            """
        #expect(
            try Canonical.route(route)
                == #"{"when":{"query.n":["a",1]},"do":"update_me","take":["form","json"],"in":{"name":["n"]},"#
                + #""with":{"n":["query.n"]},"auth":"user","reply":{"status":201,"body":"$with.n"},"#
                + #""errors":{"bad_json":{"status":400,"body":2},"forbidden":{"status":403,"body":1}}}"#)
    }

    @Test(
        "Conditions are by name where each has one of its own, and else a list",
        arguments: [
            ("{query.a: x}", #"{"query.a":["x"]}"#), ("{a.b: [x, true, 5]}", #"{"a.b":["x",true,5]}"#),
            ("{header.X-A: {present: true}}", #"{"header.x-a":{"present":true}}"#),
            ("{cookie.c: {present: false}}", #"{"cookie.c":{"present":false}}"#),
            ("{cookie.c: {absent: true}, query.b: y}", #"{"cookie.c":{"present":false},"query.b":["y"]}"#),
            ("[{of: query.a, is: x}]", #"{"query.a":["x"]}"#),
            ("[{of: [query.a, a], is: x}]", #"[{"of":["query.a","a"],"is":["x"]}]"#),
            (
                "[{of: query.a, is: x}, {of: query.a, present: true}]",
                #"[{"of":["query.a"],"is":["x"]},{"of":["query.a"],"present":true}]"#
            ),
            (
                "[{of: {header: authorization, scheme: Basic}, absent: true}]",
                #"[{"of":[{"header":"authorization","scheme":"Basic"}],"present":false}]"#
            ),
            ("[{of: {body: query.a}, is: x}]", #"[{"of":[{"body":"query.a"}],"is":["x"]}]"#),
        ])
    func conditions(written: String, canonical: String) throws {
        let routes = """
            POST /x: [{when: \(written), do: update_me, auth: user, take: json, in: {name: n}, reply: {status: 204}}, \
            {do: me, auth: user, reply: {status: 200}}]
            """
        let cases = try Tiny.dialect(routes: routes).canonical["routes"]?["POST /x"]
        guard case .array(let items)? = cases else {
            Issue.record("no list of cases")
            return
        }
        #expect(items.count == 2 && items[1]["when"] == nil)
        #expect(items[0]["when"].map(JSON.text) == canonical)
    }

    @Test("Routes of one method and path are a list where the first of them stood, others by themselves")
    func cases() throws {
        let routes = """
            GET /a: [{when: {query.x: {present: true}}, do: me, auth: user, reply: {status: 200}}, {do: me, auth: user, reply: {status: 202}}]
            POST /a: {do: logout, auth: user, reply: {status: 204}}
            """
        guard case .object(let members)? = try Tiny.dialect(routes: routes).canonical["routes"] else { return }
        #expect(members.map(\.name) == ["POST /login", "GET /a", "POST /a"])
        #expect(members[1].value.typeName == "array" && members[2].value.typeName == "object")
    }

    @Test("A carrier has its place, its scheme, what it takes and what stands beside it, in this order")
    func carriers() throws {
        let written = """
            credentials:
              user: [{takes: access, scheme: Bearer, header: Authorization}]
              many:
                - {takes: api_key, header: X-Key, scheme_optional: Key, with: X-User}
                - {query: k, takes: api_key}
                - {cookie: k, takes: access}
                - {basic: true, takes: api_key}
                - {basic: password, takes: password, with: {basic: username, is: email}}
                - {body: a.b, takes: refresh}
            """
        let sections =
            written
            + "\ntokens: {access: {kind: opaque, ttl: 1h}, refresh: {kind: opaque, ttl: 1d, use: reuse}}\napi_keys: {}"
        #expect(
            try Canonical.section("credentials", of: sections)
                == #"{"user":[{"header":"authorization","scheme":"Bearer","takes":"access"}],"many":["#
                + #"{"header":"x-key","scheme_optional":"Key","takes":"api_key","with":{"header":"x-user"}},"#
                + #"{"query":"k","takes":"api_key"},{"cookie":"k","takes":"access"},{"basic":"username","takes":"api_key"},"#
                + #"{"basic":"password","takes":"password","with":{"basic":"username","is":"email"}},"#
                + #"{"body":"a.b","takes":"refresh"}]}"#)
    }

    @Test("Who may call is a list's name where one has just these carriers, and else the carriers")
    func auth() throws {
        func auth(_ auth: String) throws -> String {
            let credentials =
                "credentials: {user: [{header: Authorization, scheme: Bearer, takes: access}], copy: [{header: Authorization, scheme: Bearer, takes: access}]}"
            return try Canonical.route(
                "GET /x: {do: me, auth: \(auth), reply: {status: 204}}", sections: credentials,
                without: ["do", "reply"])
        }
        #expect(try auth("user") == #"{"auth":"user"}"#)
        #expect(try auth("copy") == #"{"auth":"user"}"#, "the first of equal lists")
        #expect(try auth("{header: authorization, scheme: Bearer, takes: access}") == #"{"auth":"user"}"#)
        #expect(try auth("{query: t, takes: access}") == #"{"auth":[{"query":"t","takes":"access"}]}"#)
        #expect(
            try auth("[user, {query: t, takes: access}]")
                == #"{"auth":[{"header":"authorization","scheme":"Bearer","takes":"access"},{"query":"t","takes":"access"}]}"#
        )
    }

    @Test("A heading is the method and the path as they are written")
    func headings() throws {
        for heading in ["GET /", "PATCH /a/{id}/b", "DELETE /a/{id}/{key}", "GET /a/"] {
            let names = heading.contains("{id}") ? "auth: user, in: {id: path.id}" : "auth: user"
            let operation = heading.contains("{id}") ? "get_agent" : "me"
            guard !heading.contains("{key}") else { continue }
            let routes = "\"\(heading)\": {do: \(operation), \(names), reply: {status: 200}}"
            guard case .object(let members)? = try Tiny.dialect(routes: routes).canonical["routes"] else { return }
            #expect(members.last?.name == heading)
        }
    }
}
