import Testing
import WatchwordCore
import WatchwordDescribe
import WatchwordDialect

@Suite("Sockets described")
struct SocketDescriptionTests {
    /// A dialect of these sockets.
    private func sockets(_ text: String) throws -> Dialect {
        try small(
            routes: "GET /me: {do: me, auth: user, reply: {status: 200, body: {id: $user.id}}}",
            more: "api_keys: {prefix: k_, bind: agent}\nsockets:\n  \(text)")
    }

    private func rehearsal(_ text: String) throws -> SocketRehearsal {
        try #require(Rehearsal(try sockets(text), baseURL: "https://h").sockets.first)
    }

    private func explained(_ text: String) throws -> String {
        try #require(Explanation(try sockets(text), baseURL: "https://h").text("/ws"))
    }

    // MARK: Rehearsal

    @Test("a conversation is what each side says, in its order")
    func conversation() throws {
        let chatops = try #require(Rehearsal(try shippedDialect("chatops"), baseURL: "http://h").sockets.first)
        #expect(chatops.messages.map(\.speaker) == [.client, .server, .client, .server])
        #expect(chatops.messages[0].text == #"{"type":"auth","api_key":"$API_KEY"}"#)
        #expect(chatops.messages[1].text.hasPrefix(#"{"type":"auth_success","server_id":""#))
        #expect(chatops.messages[3].text == #"{"type":"pong"}"#)
        #expect(chatops.refused.closeCode == 1_008)
        #expect(chatops.answer == nil)
        let both = try rehearsal(
            """
            /ws: {do: connect_user, auth: {any: user, again: {t: $takes.access}}, welcome: hello, \
            accepted: {id: $user.id}, alive: {ping: ping, every: 30s}}
            """)
        #expect(both.messages.map(\.speaker) == [.server, .server, .server, .client])
        #expect(both.messages.map(\.text)[0] == "hello")
        #expect(both.messages.map(\.text)[2...] == ["ping", #"{"t":"$TOKEN"}"#])
        #expect(both.answer?.status == 400)
        #expect(both.request.headers.map(\.value) == ["Bearer $TOKEN"])
    }

    @Test("a message is told once where the same one comes again")
    func again() throws {
        let first = try rehearsal("/ws: {do: connect_user, auth: {first_message: {t: $takes.access}}}")
        #expect(first.messages.map(\.text) == [#"{"t":"$TOKEN"}"#])
    }

    @Test("only the ends that a socket can come to are told")
    func ends() throws {
        func events(_ text: String) throws -> Set<Socket.Event> {
            Set(try rehearsal(text).ends.compactMap(\.event))
        }
        let always: Set<Socket.Event> = [
            .serverStopping, .accountDisabled, .silent, .tooSlow, .closedByOperator, .tooMany, .internal,
        ]
        #expect(try events("/ws: {do: connect_user, auth: user}") == always.union([.sessionRevoked, .tokenExpired]))
        let stays = "/ws: {do: connect_user, auth: user, close_when: [session_revoked]}"
        #expect(try events(stays) == always.union([.sessionRevoked]))
        let ticket = "/ws: {do: connect_user, auth: {ticket: t}}"
        #expect(try events(ticket) == always.union([.sessionRevoked, .tokenExpired]))
        let agent = "/ws: {do: connect_agent, auth: {first_message: {k: $takes.api_key}}}"
        #expect(
            try events(agent)
                == always.union([.apiKeyRevoked, .agentRemoved, .replaced, .unauthenticated]))
        let terminal = "/ws/{id}: {do: connect_user, auth: user, owns: {agent: path.id}, relay: agent}"
        #expect(
            try events(terminal)
                == always.union([.sessionRevoked, .tokenExpired, .agentRemoved, .agentOffline]))
    }

    // MARK: Words

    @Test("a socket is explained by its path or its operation, and beside all else")
    func explanation() throws {
        let dialect = try shippedDialect("vsay")
        let explanation = Explanation(dialect, baseURL: "https://h")
        let text = try #require(explanation.text("connect_user"))
        #expect(text == explanation.text("/api/terminal/{agent_id}/ws"))
        #expect(text.hasPrefix("/api/terminal/{agent_id}/ws  (connect_user)\n"))
        #expect(text.contains("\n  open    wss://h/api/terminal/65e1a7c0"))
        #expect(text.contains("/ws?token=$TOKEN\n"))
        #expect(text.contains("\n  401   before it opens\n        {\"error\": \"Invalid or expired token\"}\n"))
        #expect(text.contains("\n  4001  session_revoked: The session has ended\n"))
        #expect(!text.contains("once it is open") || dialect.sockets[0].again != nil)
        #expect(try #require(explanation.text()).contains("== WebSockets\n\n"))
        #expect(explanation.names.contains("connect_user"))
        #expect(Trial(dialect, baseURL: "https://h").text.contains("### /api/terminal/{agent_id}/ws  (connect_user)"))
    }

    @Test("every way in is told")
    func ways() throws {
        let text = try explained(
            "/ws: {do: connect_user, auth: {any: [user, {cookie: sid, takes: access}], ticket: t}, subprotocols: one.v1}"
        )
        #expect(text.contains("  open    wss://h/ws\n          Authorization: Bearer $TOKEN\n"))
        #expect(text.contains("\n          or with the access token in the cookie `sid`\n"))
        #expect(text.contains("\n          or with a ticket in `t` of the query\n"))
        #expect(text.contains("\n          Sec-WebSocket-Protocol: one.v1\n"))
        let ticket = try explained("/ws: {do: connect_user, auth: {ticket: t}}")
        #expect(ticket.contains("  open    wss://h/ws?t=$TICKET\n"))
        let first = try explained(
            "/ws: {do: connect_user, auth: {first_message: {t: $takes.access}, within: 1m}, refused: {send: {bad: 1}}}")
        #expect(first.contains("\n          the first message within 1 minute\n"))
        #expect(first.contains("\n  client  {\"t\": \"$TOKEN\"}\n"))
        #expect(first.contains("\n  1008  once it is open\n        {\"bad\": 1}\n"))
    }

    @Test("a relay says whom messages go to")
    func relays() throws {
        let explanation = Explanation(try shippedDialect("vsay"), baseURL: "https://h")
        let terminal = try #require(explanation.text("connect_user"))
        #expect(terminal.contains("\n  relay   messages go to the agent and come from it\n"))
        #expect(terminal.contains("\n          Sec-WebSocket-Protocol: watchword.terminal.v1\n"))
        #expect(terminal.contains("\n          or with a ticket in `ticket` of the query\n"))
        let agent = try #require(explanation.text("connect_agent"))
        #expect(agent.contains("\n          X-Api-Key: $API_KEY\n"))
        #expect(agent.contains("\n          Sec-WebSocket-Protocol: watchword.relay.v1\n"))
        #expect(agent.contains("messages go to the people at the agent's terminals and come from them"))
        #expect(agent.contains("\n  4006  replaced: Replaced by a newer connection\n"))
        #expect(!agent.contains("session_revoked"))
    }

    @Test("ends are told by their codes, from the lowest")
    func order() throws {
        for name in shipped {
            for socket in Rehearsal(try shippedDialect(name), baseURL: "http://h").sockets {
                #expect(socket.ends.map(\.closeCode) == socket.ends.map(\.closeCode).sorted())
                for end in socket.ends { #expect(end.reason.utf8.count <= 123) }
            }
        }
    }

    @Test("a message that is no JSON is shown as it is")
    func bare() throws {
        let text = try explained(
            "/ws: {do: connect_user, auth: user, welcome: \"hi there\", alive: {ping: p, pong: q}}")
        #expect(text.contains("\n  server  hi there\n  client  p\n  server  q\n"))
    }

    @Test("the page of a dialect has each socket with its messages and codes", arguments: shipped)
    func page(name: String) throws {
        let dialect = try shippedDialect(name)
        let page = DialectPage(dialect, notes: []).markdown
        #expect(page.contains("\n## WebSockets\n") == !dialect.sockets.isEmpty)
        for socket in dialect.sockets { #expect(page.contains("\n### `\(socket.pathText)`\n")) }
        guard name == "chatops" else { return }
        #expect(page.contains(#"| client | `{"type":"auth","api_key":"$API_KEY"}` |"#))
        #expect(page.contains("| 4003 | `api_key_revoked`: The API key is no longer valid |"))
        #expect(page.contains(#"| 1008 | not authenticated | `{"type":"error","#))
    }

    @Test("the OpenAPI document has sockets as an extension, and no path of them")
    func openAPI() throws {
        let document = OpenAPI(try shippedDialect("chatops"), baseURL: "http://h").document
        let socket = try #require(document["x-sockets"]?["/api/v1/agents/ws"])
        #expect(socket["operation"] == .string("connect_agent"))
        #expect(socket["first_message_within_seconds"] == .int(10))
        #expect(socket["close_codes"]?["4003"] == .string("The API key is no longer valid"))
        guard case .array(let messages)? = socket["conversation"] else {
            Issue.record("no conversation")
            return
        }
        #expect(messages[0]["from"] == .string("client"))
        #expect(messages[0]["message"]?["type"] == .string("auth"))
        #expect(document["paths"]?["/api/v1/agents/ws"] == nil)
        #expect(OpenAPI(try shippedDialect("stratify"), baseURL: "http://h").document["x-sockets"] == nil)
    }

    // MARK: Differences

    private static let standing = "/ws: {do: connect_user, auth: user}"

    @Test(
        "a change of a socket is told by what a client notices",
        arguments: [
            (
                standing, "/ws: {do: connect_user, auth: [user, {query: t, takes: access}]}",
                "compatible  /ws: takes access token in `t` of the query"
            ),
            (
                "/ws: {do: connect_user, auth: [user, {query: t, takes: access}]}", standing,
                "breaking    /ws: takes no access token in `t` of the query"
            ),
            (
                standing, "/ws: {do: connect_user, auth: {any: user, ticket: t}}",
                "compatible  /ws: takes a ticket in `t`"
            ),
            (
                "/ws: {do: connect_user, auth: {any: user, ticket: t}}", standing,
                "breaking    /ws: takes no ticket in `t`"
            ),
            (
                "/ws: {do: connect_user, auth: {any: user, ticket: t}}",
                "/ws: {do: connect_user, auth: {any: user, ticket: u}}", "breaking    /ws: takes its ticket in `u`"
            ),
            (
                standing, "/ws: {do: connect_user, auth: {any: user, again: {t: $takes.access}}}",
                "compatible  /ws: takes a new credential in band"
            ),
            (
                "/ws: {do: connect_user, auth: {any: user, again: {t: $takes.access}}}",
                "/ws: {do: connect_user, auth: {any: user, again: {u: $takes.access}}}",
                "breaking    /ws: takes a new credential in another message"
            ),
            (
                standing, standing.replacing("user}", with: "user, welcome: hi}"),
                "breaking    /ws: its first message is another"
            ),
            (
                standing, standing.replacing("user}", with: "user, accepted: hi}"),
                "breaking    /ws: what it says once authenticated is another"
            ),
            (
                standing, standing.replacing("user}", with: "user, alive: {ping: a, pong: b}}"),
                "behaviour   /ws: its signs of life are others"
            ),
            (
                standing, standing.replacing("user}", with: "user, refused: {http: 403, body: {}}}"),
                "breaking    /ws: is refused in other words before it opens"
            ),
            (
                standing, standing.replacing("user}", with: "user, close_when: [session_revoked]}"),
                "behaviour   /ws: does not close at `token_expired`"
            ),
            (
                standing.replacing("user}", with: "user, close_when: [session_revoked]}"), standing,
                "behaviour   /ws: closes at `token_expired`: 4002"
            ),
            (
                standing, standing.replacing("user}", with: "user, close_when: {silent: 4100, token_expired: {}}}"),
                "breaking    /ws: closes in other words at `silent`: 4100"
            ),
            (standing, standing.replacing("user}", with: "user, subprotocols: a}"), "compatible  /ws: speaks `a`"),
            (standing.replacing("user}", with: "user, subprotocols: a}"), standing, "breaking    /ws: speaks no `a`"),
            (
                standing, standing.replacing("user}", with: "user, max_message: 100}"),
                "breaking    /ws: takes messages of 100 bytes, took 65536"
            ),
        ])
    func difference(old: String, new: String, expected: String) throws {
        let difference = DialectDifference(from: try sockets(old), to: try sockets(new))
        #expect(difference.text == expected + "\n")
    }

    @Test("who opens it and when, and what comes or goes")
    func larger() throws {
        func text(_ old: String, _ new: String) throws -> String {
            DialectDifference(from: try sockets(old), to: try sockets(new)).text
        }
        let first = "/ws: {do: connect_user, auth: {first_message: {t: $takes.access}}}"
        #expect(try text(Self.standing, first).contains("breaking    /ws: authenticates by its first message\n"))
        #expect(try text(first, Self.standing).contains("breaking    /ws: authenticates before it opens\n"))
        let quick = first.replacing("}}}", with: "}, within: 5s}}")
        #expect(try text(first, quick) == "breaking    /ws: waits 5 seconds, did 10 seconds\n")
        #expect(try text(quick, first) == "compatible  /ws: waits 10 seconds, did 5 seconds\n")
        let other = first.replacing("{t:", with: "{u:")
        #expect(try text(first, other) == "breaking    /ws: waits for another first message\n")
        let sent = first.replacing("}}}", with: "}}, refused: {send: no more}}")
        #expect(try text(first, sent).contains("breaking    /ws: is refused in other words once it is open\n"))
        #expect(
            try text(Self.standing, Self.standing.replacing("/ws", with: "/live"))
                == "breaking    /ws: the socket is gone\ncompatible  /live: the socket is new\n")
        let agent = "/ws: {do: connect_agent, auth: {header: K, takes: api_key}}"
        #expect(
            try text(Self.standing, agent).contains("breaking    /ws: is for `connect_agent`, was for `connect_user`\n")
        )
        let plain = "/ws/{id}: {do: connect_user, auth: user, owns: {agent: path.id}}"
        #expect(
            try text(plain, plain.replacing("}}", with: "}, relay: agent}")).contains(
                "breaking    /ws/{id}: messages go to somebody else\n"))
        #expect(
            try text(plain, plain.replacing("{id}", with: "{x}").replacing("path.id", with: "path.x"))
                == "a client can notice no difference\n")
    }
}
