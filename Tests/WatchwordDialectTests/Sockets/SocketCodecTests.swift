import Testing
import WatchwordCore

@testable import WatchwordDialect

@Suite("Sockets of a dialect, served")
struct SocketCodecTests {
    static let context = ReplyContext(baseURL: "https://auth.example")

    static func compiled(_ text: String, _ sections: String = "") throws -> CompiledSocket {
        let keys = "api_keys: {prefix: t_, bind: agent}\ncors: [\"https://app.example\"]"
        let dialect = try Tiny.dialect("\(sections)\n\(keys)\nsockets:\n  \(text)")
        let path = try #require(dialect.sockets.first?.pathText).replacing("{id}", with: "7")
        return try #require(CompiledDialect(dialect).socket(path: path)).socket
    }

    static func contents(query: String? = nil, headers: [(name: String, value: String)] = []) -> RequestContents {
        RequestContents(WireRequest(method: "GET", path: "/ws", query: query, headers: headers))
    }

    static let agent = """
        /ws: {do: connect_agent, auth: {first_message: {type: auth, api_key: $takes.api_key}}, \
        welcome: {type: hello}, accepted: {type: ok, id: $agent.id, key: $api_key.id|opt}, \
        refused: {send: {type: error}, close: 1008}, alive: {ping: {type: ping}, pong: {type: pong}, every: 30s}}
        """

    // MARK: Paths

    @Test("a path finds its socket: literal before parameter, escapes undone, slashes by the dialect's rule")
    func paths() throws {
        let text = """
            /a/{id}/ws: {do: connect_agent, owns: {agent: path.id}, auth: {header: X-Key, takes: api_key}}
              /a/me/ws: {do: connect_user, auth: user}
            """
        let dialect = CompiledDialect(try Tiny.dialect("api_keys: {prefix: t_}\nsockets:\n  \(text)"))
        let found = try #require(dialect.socket(path: "/a/x%2Dy/ws"))
        #expect(found.socket.socket.operation == .connectAgent)
        #expect(found.parameters.map(\.name) == ["id"])
        #expect(found.socket.agentID(in: found.parameters) == "x-y")
        #expect(dialect.socket(path: "/a/me/ws")?.socket.socket.operation == .connectUser)
        #expect(dialect.socket(path: "/a/%6De/ws")?.socket.socket.operation == .connectUser)
        #expect(dialect.socket(path: "/a/me/ws/") == nil)
        #expect(dialect.socket(path: "/a//ws") == nil)
        #expect(dialect.socket(path: "/a/x%2Fy/ws") == nil)
        #expect(dialect.socket(path: "/login") == nil)
        let loose = CompiledDialect(
            try Tiny.dialect("slash: optional\nsockets:\n  /ws: {do: connect_user, auth: user}"))
        #expect(loose.socket(path: "/ws/") != nil)
    }

    @Test("a socket and a route may share a path: the one upgrades, the other answers")
    func sharedPath() throws {
        let dialect = CompiledDialect(
            try Tiny.dialect(
                "sockets:\n  /live: {do: connect_user, auth: user}",
                routes: "GET /live: {do: static, reply: {status: 200, body: {}}}"))
        #expect(dialect.socket(path: "/live") != nil)
        guard case .found = dialect.match(method: "GET", path: "/live") else {
            Issue.record("the route is gone")
            return
        }
    }

    @Test("the more a path says before its first parameter, the sooner it is meant")
    func order() throws {
        let text = """
            /{a}/{b}: {do: connect_user, auth: user}
              /x/{b}: {do: connect_user, auth: user}
              /x/y: {do: connect_user, auth: user}
            """
        let dialect = CompiledDialect(try Tiny.dialect("sockets:\n  \(text)"))
        #expect(dialect.socket(path: "/x/y")?.socket.socket.pathText == "/x/y")
        #expect(dialect.socket(path: "/x/z")?.socket.socket.pathText == "/x/{b}")
        #expect(dialect.socket(path: "/z/y")?.socket.socket.pathText == "/{a}/{b}")
        #expect(dialect.socket(path: "/z/y")?.parameters.map(\.value) == ["z", "y"])
        #expect(dialect.socket(path: "/z/") == nil)
        #expect(dialect.socket(path: "/z/y/w") == nil)
        #expect(dialect.socket(path: "x/y") == nil)
        #expect(dialect.socket(path: "/x/%2e%2e") == nil)
    }

    @Test("an agent that no parameter names is nobody's")
    func agentOfKey() throws {
        #expect(try Self.compiled(Self.agent).agentID(in: [("agent_id", "7")]) == nil)
    }

    // MARK: The request that opens it

    @Test("the carriers of the handshake are looked at in order, and one that is broken is not passed over")
    func carriers() throws {
        let socket = try Self.compiled(
            "/ws: {do: connect_user, auth: [user, {query: token, takes: access}, {cookie: sid, takes: access}]}")
        var none = Self.contents()
        #expect(socket.credentials(in: &none) == .none)
        var all = Self.contents(
            query: "token=two", headers: [("authorization", "Bearer one"), ("cookie", "a=b; sid=three")])
        let texts = ["one", "two", "three"]
        let presented = texts.map { PresentedCredential(kind: .access, text: Secret($0)) }
        #expect(socket.credentials(in: &all) == .presented(presented))
        var scheme = Self.contents(query: "token=two", headers: [("authorization", "Basic one")])
        #expect(socket.credentials(in: &scheme) == .malformed)
        var twice = Self.contents(query: "token=two&token=three")
        #expect(socket.credentials(in: &twice) == .malformed)
    }

    @Test("a ticket is the one parameter of that name; two, or one too long, are as good as none that is valid")
    func tickets() throws {
        let socket = try Self.compiled("/ws: {do: connect_user, auth: {any: user, ticket: t}}")
        func ticket(_ query: String?) -> Secret? {
            var contents = Self.contents(query: query)
            return socket.ticket(in: &contents)
        }
        #expect(ticket("t=abc&x=1") == Secret("abc"))
        #expect(ticket(nil) == nil)
        #expect(ticket("x=1") == nil)
        #expect(ticket("t=") == nil)
        #expect(ticket("t=abc&t=abc") == Secret(""))
        #expect(ticket("t=%zz") == Secret(""))
        let many = { (count: Int) in (0..<count).map { "f\($0)=1" }.joined(separator: "&") }
        #expect(ticket("t=abc&" + many(99)) == Secret("abc"))
        #expect(ticket("t=abc&" + many(100)) == Secret(""), "beyond 100 fields there may be another")
        #expect(ticket(many(100)) == nil)
        #expect(ticket(many(101)) == Secret(""))
        #expect(ticket("t=" + String(repeating: "a", count: 8_193)) == Secret(""))
        #expect(ticket("t=" + String(repeating: "a", count: 8_192)) != Secret(""))
        let without = try Self.compiled("/ws: {do: connect_user, auth: user}")
        var contents = Self.contents(query: "ticket=abc&t=abc")
        #expect(without.ticket(in: &contents) == nil)
    }

    @Test("the first offered subprotocol that is listed is agreed on, and a relay's own without being told")
    func subprotocols() throws {
        let plain = try Self.compiled("/ws: {do: connect_user, auth: user, subprotocols: [b, a]}")
        #expect(plain.subprotocol(offered: ["x", "a", "b"]) == "a")
        #expect(plain.subprotocol(offered: ["x"]) == nil)
        #expect(plain.subprotocol(offered: []) == nil)
        #expect(plain.subprotocol(offered: ["watchword.terminal.v1"]) == nil)
        let terminal = try Self.compiled(
            "/ws/{id}: {do: connect_user, auth: user, owns: {agent: path.id}, relay: agent}")
        #expect(terminal.subprotocol(offered: ["x", "watchword.terminal.v1"]) == "watchword.terminal.v1")
        #expect(terminal.subprotocol(offered: ["watchword.relay.v1"]) == nil)
        let agents = try Self.compiled(
            "/ws/{id}: {do: connect_agent, auth: {header: K, takes: api_key}, owns: {agent: path.id}, relay: user}")
        #expect(agents.subprotocol(offered: ["watchword.relay.v1"]) == "watchword.relay.v1")
    }

    @Test("who does not authenticate is answered in the socket's words, all else in the dialect's")
    func answers() throws {
        let socket = try Self.compiled(
            "/ws: {do: connect_user, auth: user, refused: {http: 403, body: {why: $error.message}}}",
            "errors: {error: {status: 400, body: {e: $error.code}}, expired_token: {status: 419, body: {e: old}}}")
        func answer(_ code: RefusalCode) -> (Int, String) {
            let response = socket.response(refused: Refusal(code), in: Self.context)
            return (response.status, response.text)
        }
        #expect(answer(.missingToken) == (403, #"{"why":"Unauthorized"}"#))
        #expect(answer(.expiredToken) == (403, #"{"why":"Unauthorized"}"#))
        #expect(answer(.accountDisabled) == (403, #"{"why":"Invalid credentials"}"#))
        #expect(answer(.notFound) == (404, #"{"e":"not_found"}"#))
        #expect(answer(.rateLimited) == (429, #"{"e":"rate_limited"}"#))
        let plain = try Self.compiled("/ws: {do: connect_user, auth: user}")
        #expect(plain.response(refused: Refusal(.missingToken), in: Self.context).status == 400)
    }
}
