import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Cookies, texts, types and redirects of replies")
struct ReplyFormTests {
    private func lines(_ reply: Reply, https: Bool = true, _ grant: Grant = Sample.grant) -> [String] {
        let dialect = Sample.dialect([Sample.route("GET /x", reply: reply)])
        let response = dialect.reply(
            granted: grant, route: dialect.routes[0],
            in: ReplyContext(baseURL: https ? "https://auth.example" : "http://localhost:1"))
        return response.headers.map { "\($0.name): \($0.value)" } + (response.body.isEmpty ? [] : [response.text])
    }

    private func cookie(_ value: Tree?, _ change: (inout ReplyCookie) -> Void = { _ in }) -> Reply {
        var cookie = ReplyCookie("c", value)
        change(&cookie)
        var reply = Reply(status: 204)
        reply.cookies = [cookie]
        return reply
    }

    private static let refresh = Tree.slot(.refresh(.token), [])

    @Test("A cookie with all that can be said of it")
    func attributes() {
        #expect(lines(cookie(Self.refresh)) == ["Set-Cookie: c=refresh-token; Path=/; HttpOnly; SameSite=Lax; Secure"])
        #expect(
            lines(cookie(Self.refresh), https: false) == ["Set-Cookie: c=refresh-token; Path=/; HttpOnly; SameSite=Lax"]
        )
        let all = cookie(Self.refresh) {
            $0.isHTTPOnly = false
            $0.sameSite = ReplyCookie.SameSite.none
            $0.secure = .always
            $0.path = "/auth"
            $0.domain = "example.com"
            $0.maximumAge = .slot(.refresh(.ttl), [])
        }
        #expect(
            lines(all, https: false) == [
                "Set-Cookie: c=refresh-token; Max-Age=604800; Path=/auth; Domain=example.com; SameSite=None; Secure"
            ])
        let bare = cookie(Self.refresh) {
            $0.secure = .never
            $0.sameSite = nil
            $0.maximumAge = .literal(.int(-5))
        }
        #expect(lines(bare) == ["Set-Cookie: c=refresh-token; Max-Age=0; Path=/; HttpOnly"])
    }

    @Test("A cookie is cleared where it was set, and left out where there is no value")
    func cleared() {
        #expect(
            lines(cookie(nil) { $0.path = "/a" }) == [
                "Set-Cookie: c=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/a; HttpOnly; SameSite=Lax; Secure"
            ])
        #expect(lines(cookie(Self.refresh), Grant()).isEmpty)
    }

    @Test("A cookie's value is of the octets it may have, and is read back", arguments: 0..<40 as Range<UInt64>)
    func values(seed: UInt64) throws {
        var random = SeededText(seed)
        let text = random.text()
        var grant = Sample.grant
        grant.refresh?.text = Secret(text)
        let dialect = Sample.dialect([Sample.route("GET /x", reply: cookie(Self.refresh))])
        let response = dialect.reply(granted: grant, route: dialect.routes[0], in: ReplyContext(baseURL: ""))
        let field = try #require(response.header("set-cookie"))
        #expect(field.hasSuffix("; Path=/; HttpOnly; SameSite=Lax"), "seed \(seed)")
        #expect(
            field.filter { $0 == ";" }.count == 3 && !field.utf8.contains { $0 < 0x20 || $0 > 0x7E }, "seed \(seed)")
        let read = dialect.parse(response, route: dialect.routes[0])?.values[.refresh(.token)]?.string
        #expect(read.map { Array($0.utf8) } == Array(text.utf8), "seed \(seed)")
        #expect(response.isSecret)
    }

    @Test("A text is a text, of its type, and read back")
    func text() {
        var reply = Reply(
            status: 200, body: .text([.literal("Hello \""), .slot(.user(.username), []), .literal("\"\n")]))
        reply.isText = true
        #expect(lines(reply) == ["Content-Type: text/plain; charset=utf-8", "Hello \"ada\"\n"])
        reply.contentType = "text/plain"
        #expect(lines(reply) == ["Content-Type: text/plain", "Hello \"ada\"\n"])
        let dialect = Sample.dialect([Sample.route("GET /x", reply: reply)])
        let response = dialect.reply(granted: Sample.grant, route: dialect.routes[0], in: ReplyContext(baseURL: ""))
        #expect(dialect.parse(response, route: dialect.routes[0])?.values == [.user(.username): .string("ada")])
    }

    @Test(
        "What a person wrote is no HTML in any text but plain text",
        arguments: ["text/html", "TEXT/HTML; charset=utf-8", "image/svg+xml"])
    func html(type: String) {
        var grant = Sample.grant
        grant.user?.username = "<img src=x onerror=\"alert('&')\">"
        var reply = Reply(status: 200, body: .text([.literal("<p>"), .slot(.user(.username), []), .literal("</p>")]))
        reply.isText = true
        reply.contentType = type
        #expect(
            lines(reply, grant).last
                == "<p>&lt;img src=x onerror=&quot;alert(&#39;&amp;&#39;)&quot;&gt;</p>")
    }

    @Test(
        "Plain text is what it is, whatever its charset", arguments: [nil, "text/plain", "Text/Plain; charset=utf-8"])
    func plain(type: String?) {
        var grant = Sample.grant
        grant.user?.username = "<b>&'\""
        var reply = Reply(status: 200, body: .slot(.user(.username), []))
        reply.isText = true
        reply.contentType = type
        #expect(lines(reply, grant).last == "<b>&'\"")
    }

    @Test("A letter that joins itself to a sign of HTML does not hide it")
    func joined() {
        var grant = Sample.grant
        grant.user?.username = "\"\u{301} onx=<\u{20D2}'\u{FE0F}>\u{200D}&\u{1F3FB}"
        var reply = Reply(status: 200, body: .slot(.user(.username), []))
        reply.isText = true
        reply.contentType = "text/html"
        let told = Sample.response(reply, grant).text.unicodeScalars
        #expect(!told.contains { "<>\"'".unicodeScalars.contains($0) })
        #expect(told.count { $0 == "&" } == 5)
    }

    @Test("A type of its own, also where there is no body")
    func types() {
        var reply = Reply(status: 401, body: .object([]))
        reply.contentType = "application/problem+json"
        #expect(lines(reply) == ["Content-Type: application/problem+json", "{}"])
        reply.body = nil
        #expect(lines(reply) == ["Content-Type: application/problem+json"])
        #expect(lines(Reply(status: 204)).isEmpty)
        #expect(lines(Reply(status: 200, body: .literal(.null))) == ["Content-Type: application/json", "null"])
    }

    @Test("Several fields of one name")
    func headers() {
        let reply = Reply(
            status: 204,
            headers: [
                ReplyHeader("Vary", .literal(.string("Cookie"))), ReplyHeader("Vary", .literal(.string("Origin"))),
            ])
        #expect(lines(reply) == ["Vary: Cookie", "Vary: Origin"])
    }

    @Test("Nothing in a Location changes where it leads", arguments: 0..<60 as Range<UInt64>)
    func location(seed: UInt64) throws {
        var random = SeededText(seed)
        var grant = Sample.grant
        let name = random.pick(["", "//evil.example", "\\\\evil", "evil.example", "..", "?", "#", "@", random.text()])
        grant.user?.username = name
        grant.user?.name = random.pick(["evil.example", "/evil.example"])
        let reply = Reply(
            status: 302,
            headers: [
                ReplyHeader(
                    "Location",
                    .text([
                        .literal("/"), .slot(.user(.username), []), .literal("/"), .slot(.user(.name), []),
                        .literal("?next="), .slot(.user(.username), []),
                    ]))
            ])
        let dialect = Sample.dialect([Sample.route("GET /x", reply: reply)])
        let response = dialect.reply(granted: grant, route: dialect.routes[0], in: ReplyContext(baseURL: ""))
        let value = try #require(response.header("location"))
        #expect(value.hasPrefix("/") && !value.hasPrefix("//"), "seed \(seed): \(value)")
        #expect(value.filter { $0 == "?" }.count == 1 && !value.contains("\\") && !value.contains("#"), "seed \(seed)")
        #expect(value.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "seed \(seed)")
        guard !name.isEmpty else { return }
        let read = dialect.parse(response, route: dialect.routes[0])?.values[.user(.username)]?.string
        #expect(read.map { Array($0.utf8) } == Array(name.utf8), "seed \(seed)")
    }

    @Test("The realm's own URL stands in a Location as it is")
    func ownURL() {
        let reply = Reply(
            status: 302,
            headers: [
                ReplyHeader(
                    "Location",
                    .text([.slot(.request(.baseURL), []), .literal("/done?token="), .slot(.access(.token), [])]))
            ])
        #expect(lines(reply) == ["Location: https://auth.example/done?token=access-token"])
    }

    @Test("The first reply whose conditions hold, by what the request says, and the last for all others")
    func choice() {
        var json = Reply(status: 200, body: .object([TreeMember("mode", .slot(.extra("mode"), []))]))
        json.conditions = [Condition([.body(["mode"])], .isOne(of: [.string("json"), .int(1)]))]
        var cookie = Reply(status: 201)
        cookie.conditions = [Condition([.header("x-mode", scheme: nil)], .present)]
        let route = Sample.route("POST /x", .signIn, reply: Reply(status: 202)) {
            $0.media = [.json]
            $0.otherReplies = [json, cookie]
            $0.extras = [Extra("mode", [.body(["mode"]), .query("mode")])]
        }
        let dialect = Sample.dialect([route])
        func answer(_ body: String, _ headers: [(name: String, value: String)] = []) -> WireResponse {
            let request = WireRequest(
                method: "POST", path: "/x", headers: [("content-type", "application/json")] + headers,
                body: Array(body.utf8))
            return dialect.reply(
                granted: Grant(), route: dialect.routes[0],
                in: ReplyContext(baseURL: "", contents: RequestContents(request)))
        }
        #expect(answer(#"{"mode":"json"}"#).text == #"{"mode":"json"}"#)
        #expect(answer(#"{"mode":1}"#, [("x-mode", "c")]).text == #"{"mode":1}"#)
        #expect(answer(#"{"mode":"c"}"#, [("x-mode", "c")]).status == 201)
        #expect(answer(#"{"mode":"c"}"#).status == 202)
        let none = dialect.reply(granted: Grant(), route: dialect.routes[0], in: ReplyContext(baseURL: ""))
        #expect(none.status == 202)
    }

    @Test("What a request says is repeated as one value, never as a tree")
    func extras() {
        let body = Tree.object([
            TreeMember("id", .slot(.extra("id"), [])),
            TreeMember("text", .text([.literal("<"), .slot(.extra("id"), []), .literal(">")])),
        ])
        let route = Sample.route("POST /x", .signIn, reply: Reply(status: 200, body: body)) {
            $0.media = [.json]
            $0.extras = [Extra("id", [.body(["id"])])]
            $0.errors = [.validation: Reply(status: 400, body: body)]
        }
        let dialect = Sample.dialect([route])
        func answer(_ id: String) -> [String] {
            let request = WireRequest(
                method: "POST", path: "/x", headers: [("content-type", "application/json")],
                body: Array(#"{"id":\#(id)}"#.utf8))
            let context = ReplyContext(baseURL: "", contents: RequestContents(request))
            return [
                dialect.reply(granted: Grant(), route: dialect.routes[0], in: context).text,
                dialect.reply(refused: Refusal(.validation), route: dialect.routes[0], in: context).text,
            ]
        }
        for (sent, said) in [
            ("7", #"{"id":7,"text":"<7>"}"#), (#""a\"b""#, #"{"id":"a\"b","text":"<a\"b>"}"#),
            ("true", #"{"id":true,"text":"<true>"}"#), ("null", #"{"id":null,"text":"<>"}"#),
            (#"{"a":1}"#, #"{"id":null,"text":"<>"}"#), ("[1]", #"{"id":null,"text":"<>"}"#),
        ] {
            #expect(answer(sent) == [said, said], "\(sent)")
        }
    }
}
