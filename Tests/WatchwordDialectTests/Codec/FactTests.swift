import Testing
import WatchwordCore
import WatchwordDialect

@Suite("What replies can say")
struct FactTests {
    private func body(_ slot: Slot, _ grant: Grant, _ change: (inout ReplyContext) -> Void = { _ in }) -> String {
        let reply = Reply(status: 200, body: .slot(slot, []))
        let dialect = Sample.dialect([Sample.route("GET /x", reply: reply)])
        var context = ReplyContext(baseURL: "https://auth.example")
        change(&context)
        return dialect.reply(granted: grant, route: dialect.routes[0], in: context).text
    }

    private static let members: [Slot.PagingMember] = [
        .total, .count, .limit, .perPage, .offset, .page, .pages, .hasMore, .nextPage, .previousPage, .nextOffset,
        .previousOffset,
    ]

    @Test(
        "Where a part of a list stands, and what is before and behind it",
        arguments: [
            (
                Paging(total: 45, limit: 10, offset: 20, count: 10),
                ["45", "10", "10", "10", "20", "3", "5", "true", "4", "2", "30", "10"]
            ),
            (
                Paging(total: 45, limit: 10, offset: 0, count: 10),
                ["45", "10", "10", "10", "0", "1", "5", "true", "2", "null", "10", "null"]
            ),
            (
                Paging(total: 45, limit: 10, offset: 40, count: 5),
                ["45", "5", "10", "10", "40", "5", "5", "false", "null", "4", "null", "30"]
            ),
            // A part that begins within the first page has the list's beginning before it.
            (
                Paging(total: 12, limit: 10, offset: 1, count: 10),
                ["12", "10", "10", "10", "1", "1", "2", "true", "2", "null", "11", "0"]
            ),
            (
                Paging(total: 0, limit: 10, offset: 0, count: 0),
                ["0", "0", "10", "10", "0", "1", "0", "false", "null", "null", "null", "null"]
            ),
        ])
    func paging(_ paging: Paging, _ expected: [String]) {
        var grant = Grant()
        grant.paging = paging
        #expect(Self.members.map { body(.paging($0), grant) } == expected)
    }

    @Test("Of a new token all its life is left, however long the answer took")
    func newToken() {
        let grant = Sample.grant
        for time in [Sample.moment, Sample.moment + .seconds(5)] {
            #expect(body(.access(.expiresIn), grant) { $0.time = time } == "3600")
            #expect(body(.access(.expiresInMilliseconds), grant) { $0.time = time } == "3600000")
            #expect(body(.access(.ttl), grant) { $0.time = time } == "3600")
            #expect(body(.refresh(.expiresIn), grant) { $0.time = time } == "604800")
        }
    }

    @Test(
        "Of a token that is asked about what is left is counted from the answer on, and its whole life stays",
        arguments: [(0, 3_600), (1, 3_599), (3_599, 1), (3_600, 0), (9_000, 0), (-9, 3_600)] as [(Int64, Int64)])
    func knownToken(_ passed: Int64, _ left: Int64) {
        var grant = Sample.grant
        grant.active = true
        let time = Sample.moment + .seconds(passed)
        #expect(body(.access(.expiresIn), grant) { $0.time = time } == "\(left)")
        #expect(body(.access(.expiresInMilliseconds), grant) { $0.time = time } == "\(left * 1_000)")
        #expect(body(.access(.ttl), grant) { $0.time = time } == "3600")
        #expect(body(.access(.issuedAt), grant) == #""2026-01-02T03:04:05.123456Z""#)
    }

    @Test("The session that asks is told from the others")
    func current() {
        #expect(body(.session(.current), Sample.grant) { $0.session = .init("s1") } == "true")
        #expect(body(.session(.current), Sample.grant) { $0.session = .init("s2") } == "false")
        #expect(body(.session(.current), Sample.grant) == "false")
    }

    @Test("An account is active until it is disabled, a key until it is revoked")
    func active() {
        var grant = Sample.grant
        #expect(body(.user(.active), grant) == "true" && body(.apiKey(.active), grant) == "true")
        grant.user?.disabled = true
        grant.apiKey?.key.revokedAt = Sample.moment
        #expect(body(.user(.active), grant) == "false" && body(.apiKey(.active), grant) == "false")
    }

    @Test("A request is told as it was sent, its URL under the realm's own")
    func request() {
        func told(_ member: Slot.RequestMember, _ query: String?) -> String {
            body(.request(member), Grant()) {
                $0.contents = RequestContents(WireRequest(method: "GET", path: "/a%20b", query: query))
                $0.id = "r1"
                $0.time = Timestamp(seconds: 1)
            }
        }
        #expect(told(.url, "x=1&y=%20") == #""https://auth.example/a%20b?x=1&y=%20""#)
        #expect(told(.url, nil) == #""https://auth.example/a%20b""#)
        #expect(told(.url, "") == #""https://auth.example/a%20b?""#)
        #expect(told(.path, "x=1") == #""/a%20b""#)
        #expect(told(.method, nil) == #""GET""#)
        #expect(told(.baseURL, nil) == #""https://auth.example""#)
        #expect(told(.id, nil) == #""r1""#)
        #expect(told(.time, nil) == #""1970-01-01T00:00:01.000000Z""#)
        #expect(body(.request(.url), Grant()) == "null")
    }

    @Test(
        "What a filter makes of each type, and of what it does not fit",
        arguments: [
            (Value.int(0), [Filter.flag], "false"), (.int(1), [.flag], "true"), (.int(-1), [.flag], "true"),
            (.string(""), [.flag], "false"), (.string("false"), [.flag], "true"), (.bool(true), [.flag], "true"),
            (.bool(false), [.flag], "false"), (.null, [.flag], "false"), (.null, [.no], "false"),
            (.int(0), [.no], "0"), (.null, [.zero], "0"), (.string(""), [.zero], #""""#), (.null, [.emptyText], #""""#),
            (.int(3), [.emptyText], "3"), (.null, [.list], "[]"), (.array([]), [.list], "[]"),
            (.int(3), [.list], "[3]"), (.int(3), [.string], #""3""#), (.double(0.5), [.string], #""0.5""#),
            (.bool(false), [.string], #""false""#), (.null, [.string], "null"), (.string("07"), [.integer], "7"),
            (.string("x"), [.integer], #""x""#), (.bool(false), [.integer], "0"), (.bool(true), [.integer], "1"),
            (.string("9223372036854775808"), [.integer], #""9223372036854775808""#),
            (.string("aB"), [.upper], #""AB""#), (.string("aB"), [.lower], #""ab""#), (.int(3), [.upper], "3"),
            (.null, [.emptyText, .list], #"[""]"#), (.null, [.zero, .string], #""0""#), (.int(3), [.iso], "3"),
        ])
    func filters(_ value: Value, _ filters: [Filter], _ expected: String) {
        var grant = Sample.grant
        grant.user?.fields = ["it": value]
        #expect(Sample.body(.slot(.user(.field("it")), filters), grant) == expected)
    }

    @Test(
        "What counts as no where a reply asks",
        arguments: [
            (Value.null, false), (.bool(false), false), (.int(0), false), (.string(""), false), (.bool(true), true),
            (.int(-1), true), (.string("false"), true), (.string("0"), true), (.double(0), true), (.array([]), true),
            (.object([]), true),
        ])
    func truth(_ value: Value, _ expected: Bool) {
        var grant = Sample.grant
        grant.user?.fields = ["it": value]
        let question = Question.fact(.user(.field("it")))
        let tree = Tree.conditional(question, then: .literal(.int(1)), otherwise: .literal(.int(0)))
        #expect(Sample.body(tree, grant) == (expected ? "1" : "0"))
    }
}
