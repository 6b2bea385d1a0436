import Testing
import WatchwordCore
import WatchwordDialect

@Suite("The nouns of a dialect")
struct ModelTests {
    @Test("What stands in a model if nothing is said")
    func standing() {
        let dialect = Dialect(name: "n", version: "v", summary: "s")
        #expect(dialect.contentType == "application/json" && dialect.slash == .exact)
        #expect(dialect.origins.isEmpty && !dialect.originsMayUseCookies && dialect.pages == nil)
        let route = Route(method: "GET", path: [], operation: .whoAmI, reply: Reply(status: 200))
        #expect(route.carriers == nil && route.media.isEmpty && route.bindings.isEmpty && route.conditions.isEmpty)
        #expect(route.replies == [Reply(status: 200)] && route.errors.isEmpty && route.extras.isEmpty)
        let cookie = ReplyCookie("c", nil)
        #expect(cookie.isHTTPOnly && cookie.sameSite == .lax && cookie.secure == .auto && cookie.path == "/")
        #expect(cookie.domain == nil && cookie.maximumAge == nil)
        let reply = Reply(status: 200)
        #expect(reply.body == nil && !reply.isText && reply.contentType == nil && reply.cases.isEmpty)
        let socket = Socket(path: [], operation: .connectUser, opening: .handshake([]))
        #expect(socket.maximumMessage == 65_536 && Socket.maximumFirst == 4_096 && socket.closesAtTokenExpiry)
        #expect(socket.refused == Socket.Refused() && socket.alive == Socket.Alive() && socket.closings == nil)
        #expect(KeySpecification(name: "k", algorithm: .hs256).minimumBytes == 32)
        #expect(PagesTerms() == PagesTerms(name: nil, agent: "agent", agents: "agents"))
    }

    @Test("Replies are tried in the order in which they stand, the one for all others last")
    func replies() {
        var route = Sample.route("GET /x", reply: Reply(status: 204))
        route.otherReplies = [Reply(status: 200), Reply(status: 201)]
        #expect(route.replies.map(\.status) == [200, 201, 204])
    }

    @Test("A socket is a handshake's or a first message's, and has the carriers of the first alone")
    func openings() {
        let carrier = Carrier(.query("t"), takes: .access)
        var socket = Socket(path: [.literal("ws")], operation: .connectUser, opening: .handshake([carrier]))
        #expect(socket.isHandshake && socket.carriers == [carrier])
        socket.opening = .firstMessage(.credential(.access), within: .seconds(5))
        #expect(!socket.isHandshake && socket.carriers.isEmpty)
    }

    @Test("A token's end closes a socket unless what closes it is listed without it")
    func expiry() {
        var socket = Socket(path: [], operation: .connectUser, opening: .handshake([]))
        socket.closings = []
        #expect(!socket.closesAtTokenExpiry)
        socket.closings = Socket.Event.allCases.filter { $0 != .tokenExpired }.map { Socket.Closing($0) }
        #expect(!socket.closesAtTokenExpiry)
        socket.closings?.append(Socket.Closing(.tokenExpired, closeCode: 4_001))
        #expect(socket.closesAtTokenExpiry)
    }

    @Test("Each end of a connection has an event, each event an end, and a name that no file writes has none")
    func events() {
        #expect(Socket.Event.allCases.count == ConnectionEnd.allCases.count)
        for end in ConnectionEnd.allCases { #expect(Socket.Event(end).end == end, "\(end)") }
        let names = [
            "api_key_revoked", "session_revoked", "token_expired", "account_disabled", "agent_removed", "agent_offline",
            "replaced", "silent", "unauthenticated", "too_slow", "too_many", "closed_by_operator", "server_stopping",
            "internal",
        ]
        #expect(Socket.Event.allCases.map(\.rawValue) == names)
        #expect(Socket.Relay.allCases.map(\.rawValue) == ["agent", "user"])
        #expect(Socket.Operation.allCases.map(\.rawValue) == ["connect_user", "connect_agent"])
    }

    @Test("The names of facts in a file are pinned")
    func names() {
        #expect(
            Slot.AccountMember.standing.map(\.text) == [
                "id", "email", "username", "name", "role", "active", "email_verified", "usage_count", "usage_limit",
                "created_at", "updated_at",
            ])
        #expect(Slot.AccountMember.field("full_name").text == "full_name")
        #expect(
            Slot.TokenMember.allCases.map(\.rawValue)
                == ["token", "expires_in", "expires_in_ms", "expires_at", "issued_at", "ttl"])
        #expect(
            Slot.SessionMember.allCases.map(\.rawValue)
                == ["id", "address", "device", "method", "user_agent", "created_at", "expires_at", "current"])
        #expect(
            Slot.PagingMember.allCases.map(\.rawValue) == [
                "total", "count", "limit", "offset", "page", "pages", "per_page", "has_more", "next_page", "prev_page",
                "next_offset", "prev_offset", "next_url", "prev_url", "links",
            ])
        #expect(
            Slot.KeyMember.allCases.map(\.rawValue) == [
                "id", "name", "secret", "hint", "active", "agent_id", "created_at", "expires_at", "last_used_at",
            ])
        #expect(
            Slot.AgentMember.allCases.map(\.rawValue) == [
                "id", "name", "online", "address", "version", "shared", "created_at", "last_seen_at", "connected_at",
            ])
        #expect(Slot.ErrorMember.allCases.map(\.rawValue) == ["code", "message", "retry_after", "id", "status"])
        #expect(
            Slot.ProblemMember.allCases.map(\.rawValue)
                == ["code", "field", "loc", "message", "min", "max", "type", "value", "path", "rule"])
        #expect(List.allCases.map(\.rawValue) == ["agents", "users", "sessions", "api_keys", "errors"])
    }

    @Test("Every fact has a name of its own in the file of a route that has it")
    func distinct() throws {
        let names = try EverySlot.plain.filter { if case .error = $0 { false } else { true } }.map { slot in
            var dialect = try Tiny.dialect()
            dialect.routes[0].reply.body = .slot(slot, [])
            return try #require(dialect.canonical["routes"]?["POST /login"]?["reply"]?["body"]?.string)
        }
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.hasPrefix("$") })
        for name in [
            "$user.email_verified", "$user.theme", "$access.expires_in_ms", "$ticket.token", "$session.user_agent",
            "$api_key.agent_id", "$agent.last_seen_at", "$prev_url", "$request.base_url", "$active", "$keys",
            "$with.said",
        ] {
            #expect(names.contains(name), "\(name)")
        }
    }

    @Test("A branch asks about one fact, or about a list")
    func questions() {
        #expect(Question.fact(.user(.id)).slot == .user(.id))
        #expect(Question.isOne(.user(.role), of: [.null]).slot == .user(.role))
        #expect(Question.list(.agents).slot == nil)
    }

    @Test(
        "Pages of agents cannot be called what pages of accounts are called", arguments: PagesTerms.ownSegments.sorted()
    )
    func pages(segment: String) {
        #expect(!Tiny.messages("pages: {agent: one, agents: \(segment)}").isEmpty)
        #expect(Tiny.messages("pages: {agent: one, agents: \(segment)s}").isEmpty)
    }

    @Test("The kinds of credential in a message are told in their order, however deep they are")
    func patterns() {
        let pattern = MessagePattern.object([
            .init("a", .array([.credential(.access), .literal(.int(1))])),
            .init("b", .object([.init("c", .credential(.apiKey))])),
        ])
        #expect(pattern.takes == [.access, .apiKey])
        #expect(MessagePattern.literal(.null).takes == [])
        #expect(pattern.message("t") == #"{"a":["t",1],"b":{"c":"t"}}"#)
        #expect(MessagePattern.literal(.string("ping")).message("t") == "ping")
        #expect(MessagePattern.credential(.access).message("t\"") == "t\"")
        #expect(MessagePattern.array([.credential(.access)]).message("t\"") == #"["t\""]"#)
    }
}
