import Testing
import WatchwordCore
import WatchwordDialect

@Suite("URLs of other parts of a list")
struct PagingLinkTests {
    private static let body = Tree.object([
        TreeMember("next", .slot(.paging(.nextURL), [])), TreeMember("prev", .slot(.paging(.previousURL), [])),
    ])

    private func answer(
        _ bindings: [Binding], _ paging: Paging, query: String? = nil, path: String = "/users"
    ) -> WireResponse {
        let reply = Reply(status: 200, headers: [ReplyHeader("Link", .slot(.paging(.links), []))], body: Self.body)
        let dialect = Sample.dialect([Sample.route("GET /users", .listUsers, reply: reply) { $0.bindings = bindings }])
        var grant = Grant()
        grant.paging = paging
        let contents = RequestContents(WireRequest(method: "GET", path: path, query: query))
        return dialect.reply(
            granted: grant, route: dialect.routes[0],
            in: ReplyContext(baseURL: "https://auth.example", contents: contents))
    }

    private static let pages = [Binding(.page, [.query("page")]), Binding(.perPage, [.query("per_page")])]
    private static let second = Paging(total: 25, limit: 10, offset: 10, count: 10)

    @Test("By page: the input is replaced, what else was asked stays")
    func pages() {
        #expect(
            answer(Self.pages, Self.second, query: "page=2&q=a%20b&per_page=10").text
                == #"{"next":"https://auth.example/users?q=a%20b&per_page=10&page=3","prev":"https://auth.example/users?q=a%20b&per_page=10&page=1"}"#
        )
    }

    @Test("By offset, and by a page from 0")
    func others() {
        #expect(
            answer([Binding(.offset, [.body(["o"]), .query("skip")])], Self.second).text
                == #"{"next":"https://auth.example/users?skip=20","prev":"https://auth.example/users?skip=0"}"#)
        #expect(
            answer([Binding(.pageIndex, [.query("p[n]")])], Self.second, query: "p%5Bn%5D=1").text
                == #"{"next":"https://auth.example/users?p%5Bn%5D=2","prev":"https://auth.example/users?p%5Bn%5D=0"}"#)
    }

    @Test("There is none before the first, behind the last, or where the route reads no page from the query")
    func none() {
        #expect(
            answer(Self.pages, Paging(total: 5, limit: 10, offset: 0, count: 5)).text == #"{"next":null,"prev":null}"#)
        #expect(answer([Binding(.page, [.body(["page"])])], Self.second).text == #"{"next":null,"prev":null}"#)
        #expect(answer([Binding(.page, [.body(["page"])])], Self.second).header("link") == nil)
        #expect(answer(Self.pages, Paging(total: 5, limit: 0, offset: 0, count: 0)).header("link") == nil)
    }

    @Test("All of them as a Link field (RFC 8288)")
    func links() {
        let url = "https://auth.example/users?page="
        #expect(
            answer(Self.pages, Self.second, query: "page=2").header("link")
                == "<\(url)1>; rel=\"first\", <\(url)1>; rel=\"prev\", <\(url)3>; rel=\"next\", <\(url)3>; rel=\"last\""
        )
    }

    @Test("Nothing in a request's URL ends a link or begins another", arguments: 0..<40 as Range<UInt64>)
    func hostile(seed: UInt64) throws {
        var random = SeededText(seed)
        let pieces = SeededText.hostile + [">", "<", "\"", "; rel=\"x\", <http://evil>", "page", "&", "="]
        let link = try #require(
            answer(Self.pages, Self.second, query: random.text(pieces), path: "/" + random.text(pieces)).header("link"))
        #expect(link.filter { $0 == "<" }.count == 4 && link.filter { $0 == ">" }.count == 4, "seed \(seed): \(link)")
        #expect(link.filter { $0 == "\"" }.count == 8, "seed \(seed): \(link)")
        #expect(link.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "seed \(seed)")
    }
}
