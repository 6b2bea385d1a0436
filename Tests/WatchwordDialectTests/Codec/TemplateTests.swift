import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Writing replies")
struct TemplateTests {
    private func slot(_ slot: Slot, _ filters: Filter...) -> Tree { .slot(slot, filters) }

    @Test(
        "Facts keep their types, and absent ones are null",
        arguments: [
            (Slot.user(.id), #""17""#), (.user(.email), #""ada@example.com""#), (.user(.username), #""ada""#),
            (.user(.name), "null"), (.user(.role), #""admin""#), (.user(.emailVerified), "true"),
            (.user(.usageCount), "5"), (.user(.usageLimit), "100"), (.user(.field("theme")), #""dark""#),
            (.user(.field("beta")), "false"), (.user(.field("seats")), "3"), (.user(.field("tags")), #"["x"]"#),
            (.user(.field("unknown")), "null"), (.user(.createdAt), #""2026-01-02T03:04:05.123456Z""#),
            (.access(.token), #""access-token""#), (.access(.expiresIn), "3600"), (.refresh(.expiresIn), "604800"),
            (.access(.expiresAt), #""2026-01-02T04:04:05.123456Z""#), (.refresh(.token), #""refresh-token""#),
            (.session(.id), #""s1""#), (.session(.createdAt), #""2026-01-02T03:04:05.123456Z""#),
            (.session(.expiresAt), #""2026-01-02T04:04:05.999999Z""#),
            (.apiKey(.id), #""k1""#), (.apiKey(.name), #""laptop""#), (.apiKey(.secret), #""ww_secret""#),
            (.apiKey(.hint), #""ww_12""#), (.apiKey(.agentID), #""a1""#), (.apiKey(.expiresAt), "null"),
            (.apiKey(.lastUsedAt), "null"), (.agent(.id), #""a1""#), (.agent(.name), #""one""#),
            (.agent(.online), "true"),
            (.agent(.lastSeenAt), "null"), (.paging(.total), "2"), (.request(.baseURL), #""https://auth.example""#),
            (.itemAgent(.id), "null"), (.error(.code), "null"),
        ])
    func facts(fact: Slot, expected: String) {
        #expect(Sample.body(slot(fact)) == expected)
        #expect(fact == .request(.baseURL) || Sample.body(slot(fact), Grant()) == "null")
    }

    @Test(
        "Times by every filter, cut and not rounded",
        arguments: [
            (Filter.iso, #""2026-01-02T04:04:05.999999Z""#), (.isoMilliseconds, #""2026-01-02T04:04:05.999Z""#),
            (.sqlMilliseconds, #""2026-01-02 04:04:05.999Z""#), (.epoch, "1767326645"),
            (.epochMilliseconds, "1767326645999"), (.isoMicroseconds, #""2026-01-02T04:04:05.999999Z""#),
            (.isoOffset, #""2026-01-02T04:04:05+00:00""#), (.sql, #""2026-01-02 04:04:05""#),
            (.isoOffsetMilliseconds, #""2026-01-02T04:04:05.999+00:00""#),
            (.isoOffsetMicroseconds, #""2026-01-02T04:04:05.999999+00:00""#),
        ])
    func times(filter: Filter, expected: String) {
        #expect(Sample.body(slot(.user(.updatedAt), filter)) == expected)
    }

    @Test(
        "Moments before 1970 and at the edges of the calendar",
        arguments: [
            (Int64(-1), "1969-12-31T23:59:59.999999Z", Int64(-1)), (0, "1970-01-01T00:00:00.000000Z", 0),
            (951_782_400_000_000, "2000-02-29T00:00:00.000000Z", 951_782_400_000),
            (4_107_542_399_999_999, "2100-02-28T23:59:59.999999Z", 4_107_542_399_999),
        ])
    func edges(microseconds: Int64, iso: String, milliseconds: Int64) {
        var grant = Grant()
        grant.user = Sample.account
        grant.user?.createdAt = Timestamp(microseconds: microseconds)
        #expect(Sample.body(slot(.user(.createdAt), .iso), grant) == "\"\(iso)\"")
        #expect(Sample.body(slot(.user(.createdAt), .epochMilliseconds), grant) == String(milliseconds))
    }

    @Test(
        "Filters in the order written",
        arguments: [
            (Slot.user(.usageCount), [Filter.string], #""5""#), (.user(.emailVerified), [.string], #""true""#),
            (.user(.emailVerified), [.integer], "1"), (.user(.id), [.integer], "17"),
            (.user(.email), [.integer], #""ada@example.com""#),
            (.user(.role), [.list], #"["admin"]"#), (.user(.name), [.list], "[]"),
            (.user(.field("tags")), [.list], #"["x"]"#),
            (.user(.updatedAt), [.epoch, .string], #""1767326645""#),
            (.user(.usageCount), [.string, .list], #"["5"]"#),
            (.user(.email), [.lower], #""ada@example.com""#), (.user(.field("beta")), [.string], #""false""#),
        ])
    func filters(fact: Slot, filters: [Filter], expected: String) {
        #expect(Sample.body(.slot(fact, filters)) == expected)
    }

    @Test("Lower case is that of the text")
    func lower() {
        var grant = Grant()
        grant.user = Sample.account
        grant.user?.email = "ÀDA@Example.COM"
        #expect(Sample.body(slot(.user(.email), .lower), grant) == #""àda@example.com""#)
    }

    @Test(
        "Ids are numbers where the dialect's are",
        arguments: [
            ("17", "17"), ("9223372036854775807", "9223372036854775807"), ("x17", #""x17""#), ("017", #""017""#),
            ("+17", #""+17""#),
        ])
    func numericIDs(id: String, expected: String) {
        var grant = Grant()
        grant.user = Sample.account
        grant.user?.id = .init(id)
        #expect(Sample.body(slot(.user(.id)), grant, numbers: true) == expected)
        #expect(Sample.body(slot(.user(.id)), grant) == "\"\(id)\"")
        #expect(Sample.body(slot(.user(.id), .string), grant, numbers: true) == "\"\(id)\"")
        #expect(Sample.body(.text([.literal("u-"), .slot(.user(.id), [])]), grant, numbers: true) == "\"u-\(id)\"")
    }

    @Test("Literals of every type, members in order")
    func literals() {
        let tree = Sample.object(
            ("z", .literal(.string("a\"b"))), ("a", .literal(.null)), ("n\"", .literal(.int(-1))),
            ("l", .array([.literal(.bool(true)), slot(.paging(.total)), .literal(.double(1.5))])), ("o", .object([])),
            ("v", .literal(.object([.init("k", .array([]))]))))
        #expect(Sample.body(tree) == #"{"z":"a\"b","a":null,"n\"":-1,"l":[true,2,1.5],"o":{},"v":{"k":[]}}"#)
    }

    @Test("A fact inside a text is text, and an absent one is none")
    func text() {
        let tree = Tree.text([
            .literal("\"Hello\" "), .slot(.user(.username), []), .literal("/"), .slot(.user(.name), []), .literal("/"),
            .slot(.user(.emailVerified), []), .slot(.paging(.total), []), .slot(.user(.field("tags")), []),
        ])
        #expect(Sample.body(tree) == #""\"Hello\" ada//true2[\"x\"]""#)
    }

    @Test("What a user typed cannot change the shape")
    func escaping() {
        var grant = Grant()
        grant.user = Sample.account
        grant.user?.name = "\",\"role\":\"admin\\\u{0}\n\u{2028}/"
        let expected = #"\",\"role\":\"admin\\\u0000\n"# + "\u{2028}/"
        #expect(Sample.body(Sample.object(("name", slot(.user(.name)))), grant) == #"{"name":""# + expected + #""}"#)
        #expect(Sample.body(.text([.literal("<"), .slot(.user(.name), [])]), grant) == "\"<" + expected + "\"")
    }

    // MARK: Members that may be missing

    private var present: Tree { slot(.user(.email), .optional) }
    private var absent: Tree { slot(.user(.name), .optional) }

    @Test("Optional members, wherever they stand, with the right commas")
    func optional() {
        let fixed = Tree.literal(.int(1))
        let cases: [([(String, Tree)], String)] = [
            ([("a", absent)], "{}"), ([("a", present)], #"{"a":"ada@example.com"}"#),
            ([("a", absent), ("b", fixed)], #"{"b":1}"#), ([("b", fixed), ("a", absent)], #"{"b":1}"#),
            ([("a", absent), ("b", absent), ("c", fixed), ("d", fixed)], #"{"c":1,"d":1}"#),
            ([("a", present), ("b", fixed)], #"{"a":"ada@example.com","b":1}"#),
            ([("b", fixed), ("a", present), ("c", absent), ("d", fixed)], #"{"b":1,"a":"ada@example.com","d":1}"#),
            ([("o", .object([TreeMember("a", absent)])), ("b", fixed)], #"{"o":{},"b":1}"#),
        ]
        for (members, expected) in cases {
            #expect(Sample.body(.object(members.map { TreeMember($0.0, $0.1) })) == expected)
        }
        #expect(Sample.body(absent) == "null", "outside an object there is nothing to leave out")
    }

    @Test("A text is left out with the optional fact in it")
    func optionalText() {
        let text: (Slot) -> Tree = { .text([.literal("x "), .slot($0, [.optional])]) }
        #expect(Sample.body(Sample.object(("a", text(.user(.name))), ("b", text(.paging(.total))))) == #"{"b":"x 2"}"#)
    }

    @Test(
        "A choice goes by presence and truth",
        arguments: [
            (Slot.user(.email), true), (.user(.name), false), (.user(.emailVerified), true),
            (.user(.field("beta")), false),
            (.user(.usageCount), true), (.itemAgent(.id), false), (.user(.createdAt), true), (.user(.id), true),
        ])
    func choice(fact: Slot, holds: Bool) {
        let both = Tree.conditional(.fact(fact), then: .literal(.string("yes")), otherwise: .literal(.string("no")))
        #expect(Sample.body(both) == (holds ? #""yes""# : #""no""#))
        let one = Tree.conditional(.fact(fact), then: .literal(.string("yes")), otherwise: nil)
        #expect(Sample.body(.array([one])) == (holds ? #"["yes"]"# : "[null]"))
        #expect(
            Sample.body(Sample.object(("a", one), ("b", .literal(.int(1)))))
                == (holds ? #"{"a":"yes","b":1}"# : #"{"b":1}"#))
    }

    @Test("0 and the empty text choose no")
    func emptyFacts() {
        var grant = Grant()
        grant.user = Sample.account
        grant.user?.usageCount = 0
        grant.user?.username = ""
        for fact in [Slot.user(.usageCount), .user(.username)] {
            let tree = Tree.conditional(.fact(fact), then: .literal(.int(1)), otherwise: .literal(.int(0)))
            #expect(Sample.body(tree, grant) == "0")
        }
    }

    @Test("An optional fact inside a choice leaves the member out too")
    func nestedOptional() {
        let tree = Tree.conditional(.fact(.user(.email)), then: absent, otherwise: .literal(.int(1)))
        #expect(Sample.body(Sample.object(("a", tree), ("b", present))) == #"{"b":"ada@example.com"}"#)
        let other = Tree.conditional(.fact(.user(.name)), then: .literal(.int(1)), otherwise: present)
        #expect(Sample.body(Sample.object(("a", other))) == #"{"a":"ada@example.com"}"#)
    }

    // MARK: Lists

    @Test("Lists, empty and full, with outer facts inside")
    func each() {
        let item = Sample.object(
            ("id", slot(.itemAgent(.id))), ("name", slot(.itemAgent(.name))),
            (
                "status",
                .conditional(
                    .fact(.itemAgent(.online)), then: .literal(.string("online")),
                    otherwise: .literal(.string("offline")))
            ),
            ("total", slot(.paging(.total))))
        #expect(
            Sample.body(Sample.object(("machines", .each(.agents, item))))
                == #"{"machines":[{"id":"a1","name":"one","status":"online","total":2},{"id":"a2","name":"two","status":"offline","total":2}]}"#
        )
        #expect(Sample.body(.each(.agents, item), Grant()) == "[]")
        #expect(Sample.body(.each(.apiKeys, slot(.itemKey(.id)))) == #"["k1"]"#)
        #expect(Sample.body(.each(.apiKeys, slot(.itemKey(.secret)))) == "[null]", "a listed key has no secret")
        #expect(Sample.body(.each(.agents, .each(.apiKeys, slot(.itemKey(.hint))))) == #"[["ww_12"],["ww_12"]]"#)
    }

    @Test("Groups by a member, the first or all, in order of appearance")
    func group() {
        var grant = Grant()
        grant.agents = [
            Sample.agent("1", "b\"", online: true), Sample.agent("2", "a", online: true),
            Sample.agent("3", "b\"", online: true),
        ]
        let name = Slot.itemAgent(.name)
        let id = slot(.itemAgent(.id))
        #expect(Sample.body(.group(.agents, by: name, take: .first, id), grant) == #"{"b\"":"1","a":"2"}"#)
        #expect(Sample.body(.group(.agents, by: name, take: .all, id), grant) == #"{"b\"":["1","3"],"a":["2"]}"#)
        #expect(Sample.body(.group(.agents, by: name, take: .all, id), Grant()) == "{}")
    }

    // MARK: Header fields

    @Test("Header fields in order, the Content-Type exactly as the dialect has it")
    func headers() {
        var reply = Reply(
            status: 201,
            headers: [
                ReplyHeader("X-Literal", .literal(.string("one"))), ReplyHeader("X-Token", slot(.access(.token))),
                ReplyHeader("X-Count", slot(.paging(.total))), ReplyHeader("X-Absent", slot(.user(.name))),
                ReplyHeader("X-Partly", .text([.literal("a "), .slot(.user(.name), [])])),
                ReplyHeader("X-Text", .text([.literal("Bearer "), .slot(.access(.token), [])])),
                ReplyHeader(
                    "X-Choice",
                    .conditional(.fact(.user(.name)), then: .literal(.string("y")), otherwise: .literal(.string("n")))),
            ], body: .literal(.null))
        let expected = [
            "X-Literal: one", "X-Token: access-token", "X-Count: 2", "X-Text: Bearer access-token", "X-Choice: n",
        ]
        let response = Sample.response(reply)
        #expect(response.status == 201)
        #expect(response.headers.map { "\($0.name): \($0.value)" } == expected + ["Content-Type: application/json"])
        #expect(response.text == "null", "null is a body")
        reply.body = nil
        #expect(Sample.response(reply).headers.map { "\($0.name): \($0.value)" } == expected)
        #expect(Sample.response(reply).body.isEmpty)
        let dialect = Sample.dialect([Sample.route("GET /x", reply: Reply(status: 200, body: .object([])))]) {
            $0.contentType = "application/vnd.api+json"
        }
        let typed = dialect.reply(granted: Grant(), route: dialect.routes[0], in: ReplyContext(baseURL: ""))
        #expect(typed.header("content-type") == "application/vnd.api+json")
    }

    @Test("No fact can end a header field")
    func headerInjection() {
        var grant = Grant()
        grant.user = Sample.account
        grant.user?.name = "a\r\nSet-Cookie: x=1\u{0}\u{7F}\té"
        let reply = Reply(status: 200, headers: [ReplyHeader("X-Name", slot(.user(.name)))])
        #expect(Sample.response(reply, grant).header("x-name") == "aSet-Cookie: x=1é")
    }

    @Test(
        "A reply with a token or key is secret, in the body or a header",
        arguments: [
            (Slot.access(.token), true), (.refresh(.token), true), (.apiKey(.secret), true), (.itemKey(.secret), true),
            (.access(.expiresIn), false), (.apiKey(.hint), false), (.user(.email), false),
        ])
    func secret(fact: Slot, isSecret: Bool) {
        let nested = Tree.conditional(.fact(.paging(.total)), then: .array([.text([.slot(fact, [])])]), otherwise: nil)
        #expect(Sample.response(Reply(status: 200, body: nested)).isSecret == isSecret)
        #expect(Sample.response(Reply(status: 200, headers: [ReplyHeader("X", slot(fact))])).isSecret == isSecret)
        #expect(Sample.response(Reply(status: 200, body: .each(.agents, slot(fact)))).isSecret == isSecret)
    }

    @Test("The same reply again and again is the same bytes")
    func repeated() {
        let dialect = Sample.dialect([
            Sample.route(
                "GET /x", reply: Reply(status: 200, body: Sample.object(("a", present), ("t", slot(.paging(.total))))))
        ])
        let responses = (0..<3).map { _ in
            dialect.reply(granted: Sample.grant, route: dialect.routes[0], in: ReplyContext(baseURL: ""))
        }
        #expect(responses.allSatisfy { $0 == responses[0] })
        #expect(responses[0].text == #"{"a":"ada@example.com","t":2}"#)
    }
}
