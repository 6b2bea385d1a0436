import WatchwordCore
import WatchwordDialect

/// Small dialects, requests and facts for the codec's tests.
enum Sample {
    static let moment = Timestamp(microseconds: 1_767_323_045_123_456)
    static let later = Timestamp(microseconds: 1_767_326_645_999_999)

    static func path(_ text: String) -> [PathPiece] {
        guard text != "/" else { return [] }
        return text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { piece in
            piece.hasPrefix("{") ? .parameter(String(piece.dropFirst().dropLast())) : .literal(String(piece))
        }
    }

    static func route(
        _ line: String, _ operation: Operation = .whoAmI, reply: Reply = Reply(status: 200),
        _ change: (inout Route) -> Void = { _ in }
    ) -> Route {
        let parts = line.split(separator: " ")
        var route = Route(method: String(parts[0]), path: path(String(parts[1])), operation: operation, reply: reply)
        change(&route)
        return route
    }

    static func dialect(_ routes: [Route] = [], _ change: (inout Dialect) -> Void = { _ in }) -> CompiledDialect {
        var dialect = Dialect(name: "sample", version: "1", summary: "a sample")
        dialect.routes = routes
        dialect.errors = [.error: Reply(status: 400, body: .object([TreeMember("error", .slot(.error(.message), []))]))]
        change(&dialect)
        return CompiledDialect(dialect)
    }

    static var account: Account {
        Account(
            id: .init("17"), email: "ada@example.com", username: "ada", emailVerified: true, role: "admin",
            fields: ["theme": .string("dark"), "beta": .bool(false), "seats": .int(3), "tags": .array([.string("x")])],
            usageCount: 5, usageLimit: 100, createdAt: moment, updatedAt: later)
    }

    static var grant: Grant {
        var grant = Grant()
        grant.user = account
        grant.access = IssuedToken(text: Secret("access-token"), issuedAt: moment, expiresAt: moment + .hours(1))
        grant.refresh = IssuedToken(text: Secret("refresh-token"), issuedAt: moment, expiresAt: moment + .days(7))
        grant.session = Session(
            id: .init("s1"), accountID: .init("17"), method: "pwd", address: nil, userAgent: nil, createdAt: moment,
            expiresAt: later)
        let key = APIKey(
            id: .init("k1"), accountID: .init("17"), agentID: .init("a1"), name: "laptop",
            digest: TokenDigest([1, 2, 3]), hint: "ww_12", createdAt: moment)
        grant.apiKey = IssuedAPIKey(key: key, secret: Secret("ww_secret"))
        grant.apiKeys = [key]
        grant.agent = agent("a1", "one", online: true)
        grant.agents = [agent("a1", "one", online: true), agent("a2", "two", online: false)]
        grant.paging = Paging(total: 2, limit: 10, offset: 0, count: 2)
        return grant
    }

    static func agent(_ id: String, _ name: String, online: Bool) -> Agent {
        Agent(id: .init(id), accountID: .init("17"), name: name, createdAt: moment, online: online)
    }

    /// What a reply with this body writes.
    static func body(_ tree: Tree, _ grant: Grant = grant, numbers: Bool = false) -> String {
        response(Reply(status: 200, body: tree), grant, numbers: numbers).text
    }

    static func response(_ reply: Reply, _ grant: Grant = grant, numbers: Bool = false) -> WireResponse {
        let dialect = dialect([route("GET /x", reply: reply)]) {
            $0.terms.accounts.idFormat = numbers ? .integer : .uuid
        }
        return dialect.reply(
            granted: grant, route: dialect.routes[0], in: ReplyContext(baseURL: "https://auth.example"))
    }

    static func object(_ members: (String, Tree)...) -> Tree { .object(members.map { TreeMember($0.0, $0.1) }) }
}

extension WireResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}
