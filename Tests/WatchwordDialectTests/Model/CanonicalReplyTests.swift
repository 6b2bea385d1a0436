import Testing
import WatchwordCore
import WatchwordDialect

@Suite("The canonical form of replies")
struct CanonicalReplyTests {
    private func body(_ tree: String, sections: String = "") throws -> String {
        let text = try Canonical.reply("{status: 200, body: \(tree)}", sections: sections)
        return String(text.dropFirst(#"{"status":200,"body":"#.count).dropLast())
    }

    @Test(
        "A tree comes back as it was, views put in and short forms written out",
        arguments: [
            ("null", "null"), ("{}", "{}"), ("[]", "[]"), ("[1, -2, 1.5, true, a]", #"[1,-2,1.5,true,"a"]"#),
            ("$user.email", #""$user.email""#), ("\"$user.email\"", #""$user.email""#),
            ("\"${user.email}\"", #""${user.email}""#),
            ("\"a ${user.email|lower} b\"", #""a ${user.email|lower} b""#),
            ("$user.created_at|epoch|str", #""$user.created_at|epoch|str""#),
            ("{b: $user.id, a: $user.name|opt}", #"{"b":"$user.id","a":"$user.name|opt"}"#),
            ("{$if: $user.name, then: 1}", #"{"$if":"$user.name","then":1}"#),
            ("{$if: $user.name, else: {a: 2}, then: [1]}", #"{"$if":"$user.name","then":[1],"else":{"a":2}}"#),
            ("{$if: $user.name, then: 1, else: null}", #"{"$if":"$user.name","then":1,"else":null}"#),
            ("{$if: $user.role, is: admin, then: 1}", #"{"$if":"$user.role","is":"admin","then":1}"#),
            ("{$if: $user.role, is: [a], then: 1}", #"{"$if":"$user.role","is":"a","then":1}"#),
            ("{$if: $user.role, is: [a, 2], then: 1}", #"{"$if":"$user.role","is":["a",2],"then":1}"#),
            ("{$$if: $user.name, then: 1}", #"{"$$if":"$user.name","then":1}"#),
            ("$$user.email", #""$$user.email""#), ("\"$$\"", #""$$""#), ("\"a$b\"", #""a$b""#),
            ("\"a$${b}\"", #""a$${b}""#),
            ("\"$${user.id} ${user.id}\"", #""$${user.id} ${user.id}""#), ("\"a$$b\"", #""a$$b""#),
            ("\"$$${user.id}\"", #""$$${user.id}""#), ("\"\"", #""""#), ("\"\\u0000\\n\"", #""\u0000\n""#),
        ])
    func trees(written: String, canonical: String) throws {
        #expect(try body(written) == canonical)
    }

    @Test("A view stands where it is named, as if it had been written there")
    func views() throws {
        let views = "views: {in: {a: $user.id}, out: {x: {$view: in}, y: [{$view: in}]}}"
        #expect(try body("{$view: out}", sections: views) == #"{"x":{"a":"$user.id"},"y":[{"a":"$user.id"}]}"#)
    }

    @Test("Moments are written with the filter that the file has for all of them")
    func times() throws {
        #expect(try body("$user.created_at", sections: "times: epoch_ms") == #""$user.created_at|epoch_ms""#)
        #expect(try body("$user.created_at|sql", sections: "times: epoch_ms") == #""$user.created_at|sql""#)
        #expect(try body("$user.email", sections: "times: epoch_ms") == #""$user.email""#)
    }

    @Test("Lists run over their items, and groups over their names")
    func lists() throws {
        func body(_ tree: String) throws -> String {
            try Canonical.route(
                "GET /x: {do: list_agents, auth: user, reply: {status: 200, body: \(tree)}}", without: ["do", "auth"])
        }
        func reply(_ tree: String) -> String { #"{"reply":{"status":200,"body":\#(tree)}}"# }
        #expect(
            try body("{$each: $agents, do: {id: $it.id, at: $it.created_at|epoch}}")
                == reply(#"{"$each":"$agents","do":{"id":"$it.id","at":"$it.created_at|epoch"}}"#))
        for take in ["first", "all"] {
            #expect(
                try body("{$group: $agents, do: $it.id, take: \(take), by: name}")
                    == reply(#"{"$group":"$agents","by":"name","take":"\#(take)","do":"$it.id"}"#))
        }
        #expect(try body("{$if: $agents, then: 1}") == reply(#"{"$if":"$agents","then":1}"#))
        #expect(try body("{n: $total, more: $has_more}") == reply(#"{"n":"$total","more":"$has_more"}"#))
    }

    @Test(
        "A reply has its members in the language's order, a list of fields where one name has several",
        arguments: [
            ("{status: 204}", #"{"status":204}"#), ("{body: null, status: 200}", #"{"status":200,"body":null}"#),
            (
                "{body: 1, content_type: application/a+json, cookies: {c: a}, headers: {X-A: b}, status: 200}",
                #"{"status":200,"headers":{"X-A":"b"},"cookies":{"c":{"value":"a","http_only":true,"same_site":"lax","secure":"auto","path":"/"}},"content_type":"application/a+json","body":1}"#
            ),
            (
                "{status: 200, headers: {Vary: [A, B], X-C: [c], X-D: 1}}",
                #"{"status":200,"headers":{"Vary":["A","B"],"X-C":"c","X-D":1}}"#
            ),
            ("{status: 200, text: a}", #"{"status":200,"text":"a"}"#),
            (
                "{status: 200, text: \"a ${user.id}\", content_type: text/html}",
                #"{"status":200,"content_type":"text/html","text":"a ${user.id}"}"#
            ),
            (
                "{status: 200, headers: {Content-Type: text/plain}, body: a}",
                #"{"status":200,"content_type":"text/plain","text":"a"}"#
            ),
        ])
    func members(written: String, canonical: String) throws {
        #expect(try Canonical.reply(written) == canonical)
    }

    @Test(
        "A cookie has every attribute written out",
        arguments: [
            ("null", #"{"clear":true,"http_only":true,"same_site":"lax","secure":"auto","path":"/"}"#),
            (
                "{clear: true, path: /a}",
                #"{"clear":true,"http_only":true,"same_site":"lax","secure":"auto","path":"/a"}"#
            ),
            (
                "{domain: a.b, path: /a, secure: true, same_site: NONE, http_only: false, max_age: 1h, value: $access.token}",
                #"{"value":"$access.token","max_age":3600,"http_only":false,"same_site":"none","secure":"always","path":"/a","domain":"a.b"}"#
            ),
            (
                "{value: a, max_age: $access.ttl, secure: false, same_site: strict}",
                #"{"value":"a","max_age":"$access.ttl","http_only":true,"same_site":"strict","secure":"never","path":"/"}"#
            ),
        ])
    func cookies(written: String, canonical: String) throws {
        #expect(
            try Canonical.reply("{status: 204, cookies: {c: \(written)}}")
                == #"{"status":204,"cookies":{"c":\#(canonical)}}"#)
    }

    @Test("Several replies are a list, the last without a condition, and one is no list")
    func several() throws {
        #expect(
            try Canonical.reply("[{when: {query.a: b}, status: 200}, {status: 204}]")
                == #"[{"when":{"query.a":["b"]},"status":200},{"status":204}]"#)
        #expect(try Canonical.reply("[{status: 204}]") == #"{"status":204}"#)
    }

    @Test("The words of a refusal are by its code in the ledger's order, cases before the words for all others")
    func errors() throws {
        let errors = """
            errors:
              not_found: {status: 404, body: 1}
              error: [{when: {header.accept: text/html}, status: 302, headers: {Location: /login}}, {status: 400}]
              validation: {status: 422, body: {$each: $errors, do: $it.message}}
            """
        #expect(
            try Canonical.section("errors", of: errors)
                == #"{"error":[{"when":{"header.accept":["text/html"]},"status":302,"headers":{"Location":"/login"}},{"status":400}],"#
                + #""validation":{"status":422,"body":{"$each":"$errors","do":"$it.message"}},"not_found":{"status":404,"body":1}}"#
        )
    }

    @Test("Messages are by their rule in the ledger's order, each with its code")
    func messages() throws {
        let messages = "messages: {max: {message: \"<= ${it.max}\", code: 7}, required: {message: Needed}}"
        #expect(
            try Canonical.section("messages", of: messages)
                == #"{"required":{"code":"required","message":"Needed"},"max":{"code":"7","message":"<= ${it.max}"}}"#)
    }

    @Test("Origins are a mapping, with cookies only where they may be used")
    func origins() throws {
        #expect(
            try Canonical.section("cors", of: "cors: [\"https://a.example\"]") == #"{"origins":["https://a.example"]}"#)
        #expect(
            try Canonical.section("cors", of: "cors: {credentials: true, origins: \"https://a.example\"}")
                == #"{"origins":["https://a.example"],"credentials":true}"#)
    }
}
