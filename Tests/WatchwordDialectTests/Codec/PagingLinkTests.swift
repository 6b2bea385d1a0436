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

    /// The values of `prev`, `next`, `first` and `last` that a Link field names, in that order.
    private func parts(_ binding: Binding, _ paging: Paging, query: String? = nil) -> [String?] {
        let link = answer([binding], paging, query: query).header("link") ?? ""
        return ["prev", "next", "first", "last"].map { name in
            link.split(separator: ", ").first { $0.hasSuffix("rel=\"\(name)\"") }
                .flatMap { $0.split(separator: ">").first?.split(separator: "=").last.map(String.init) }
        }
    }

    @Test(
        "Each begins where a whole number of parts is before it, the last with what is left over",
        arguments: [
            // total, offset, the parts by offset: prev, next, first, last
            (45, 20, ["10", "30", "0", "40"]), (45, 0, [nil, "10", "0", "40"]), (45, 40, ["30", nil, "0", "40"]),
            (50, 40, ["30", nil, "0", "40"]), (51, 40, ["30", "50", "0", "50"]), (41, 30, ["20", "40", "0", "40"]),
            (40, 30, ["20", nil, "0", "30"]), (10, 0, [nil, nil, "0", "0"]), (11, 0, [nil, "10", "0", "10"]),
            (1, 0, [nil, nil, "0", "0"]), (0, 0, [nil, nil, "0", "0"]), (45, 5, ["0", "15", "0", "40"]),
            (45, 1, ["0", "11", "0", "40"]), (45, 11, ["1", "21", "0", "40"]),
        ] as [(Int64, Int64, [String?])])
    func offsets(_ total: Int64, _ offset: Int64, _ expected: [String?]) {
        let paging = Paging(total: total, limit: 10, offset: offset, count: min(10, total - offset))
        #expect(parts(Binding(.offset, [.query("o")]), paging) == expected)
        // Pages are counted from 1 and from 0.
        let pages = expected.map { $0.flatMap(Int64.init).map { $0 / 10 } }
        #expect(parts(Binding(.page, [.query("p")]), paging) == pages.map { $0.map { "\($0 + 1)" } })
        #expect(parts(Binding(.pageIndex, [.query("p")]), paging) == pages.map { $0.map { "\($0)" } })
    }

    @Test("A part of one item has others, and one of none has not")
    func least() {
        let one = Paging(total: 3, limit: 1, offset: 1, count: 1)
        #expect(parts(Binding(.offset, [.query("o")]), one) == ["0", "2", "0", "2"])
        let empty = Paging(total: 0, limit: 1, offset: 0, count: 0)
        #expect(parts(Binding(.offset, [.query("o")]), empty) == [nil, nil, "0", "0"])
        let none = Paging(total: 3, limit: 0, offset: 1, count: 0)
        #expect(parts(Binding(.offset, [.query("o")]), none) == [nil, nil, nil, nil])
    }

    @Test("A name in the query is the input's whichever way it is escaped, and a longer name is another")
    func names() {
        let paging = Self.second
        func next(_ name: String, _ query: String) -> String? {
            answer([Binding(.offset, [.query(name)])], paging, query: query).header("link")?
                .split(separator: ", ").first { $0.hasSuffix("rel=\"next\"") }
                .flatMap { $0.split(separator: "?").last?.split(separator: ">").first.map(String.init) }
        }
        #expect(next("from page", "from+page=1&x=2") == "x=2&from%20page=20")
        #expect(next("from page", "from%20page=1&x=2") == "x=2&from%20page=20")
        #expect(next("o", "o2=1&o=3&%6F=4&o") == "o2=1&o=20")
        #expect(next("o", "q=o=1") == "q=o=1&o=20")
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
