import Testing
import WatchwordCore
import WatchwordDialect

/// One mapping of the language in a file that is sound without a word more: where its members go, and which it needs.
struct TableContext: Sendable, CustomTestStringConvertible {
    var table: LanguageTable
    /// The file; `HERE` stands for the members.
    var sections: String
    var routes: String
    /// Members by name and value, in order.
    var base: [(String, String)]
    /// Values that are not the standing ones, where the first that comes to mind would be another mistake.
    var others: [String: String]
    var testDescription: String { table.place.isEmpty ? "the file" : table.place }

    init(
        _ table: LanguageTable, _ sections: String, routes: String = "", _ base: [(String, String)] = [],
        others: [String: String] = [:]
    ) {
        self.table = table
        self.sections = sections
        self.routes = routes
        self.base = base
        self.others = others
    }

    /// The file with these members, and where its mapping and its last member and that member's value stand.
    func file(_ members: [(String, String)]) -> (
        text: String, mapping: SourcePosition, key: SourcePosition, value: SourcePosition
    ) {
        let whole = Tiny.text(sections, routes: routes)
        let parts = whole.split(separator: "HERE", maxSplits: 1, omittingEmptySubsequences: false)
        let before = members.dropLast().map { "\($0.0): \($0.1), " }.joined()
        let last = members.last.map { "\($0.0): \($0.1)" } ?? ""
        let start = String(parts[0]) + before
        let mapping = Self.position(behind: parts[0].dropLast())
        let name = (members.last?.0.count ?? 0) + 2
        let key = Self.position(behind: start[...])
        return (
            start + last + parts[1], mapping, key, SourcePosition(line: key.line, column: key.column + name)
        )
    }

    private static func position(behind text: Substring) -> SourcePosition {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return SourcePosition(line: lines.count, column: (lines.last?.count ?? 0) + 1)
    }

    /// The base with a member in it, in place of the one of that name.
    func with(_ name: String, _ value: String) -> [(String, String)] { base.filter { $0.0 != name } + [(name, value)] }

    func load(_ members: [(String, String)]) -> DialectLoading {
        Dialect.load(text: file(members).text, file: "f") { _ in nil }
    }
}

extension TableContext {
    private static let login = "do: login, take: json, in: {email: email, password: password}"
    private static let old = "keys: {old: {alg: HS256, env: OLD}}\n"
    private static let me = "GET /me: {do: me, auth: user, "

    /// Every table that a file can hold, each once or, where its members exclude each other, in each of its ways.
    static let all: [TableContext] = [
        TableContext(Language.setting, "settings: {s: {HERE}}", [("env", "V"), ("default", "5m")]),
        TableContext(Language.key, "keys: {k: {HERE}}", [("env", "K"), ("alg", "EdDSA")]),
        TableContext(Language.rotation, "keys: {k: {alg: EdDSA, rotate: {HERE}}}", [("every", "90d")]),
        TableContext(
            Language.users, "users: {HERE}\ntokens: {access: {kind: opaque, ttl: 1h}, verify: {ttl: 1h}}",
            others: ["id": "int", "login": "[email, username]"]),
        TableContext(
            Language.id, "users: {id: {HERE}}", [("alphabet", "abcdefghijklmnop"), ("length", "20")]),
        TableContext(
            Language.field, "users: {fields: {f: {HERE}}}", [("type", "string")], others: ["default": "x"]),
        TableContext(Language.password, "password: {HERE}"),
        TableContext(Language.session, "session: {HERE}"),
        TableContext(Language.tokens, "tokens: {HERE}", [("access", "{kind: opaque, ttl: 1h}")]),
        TableContext(Language.access, "tokens: {access: {HERE}}", [("kind", "opaque"), ("ttl", "1h")]),
        TableContext(
            Language.access, "keys: {k: {alg: EdDSA}}\ntokens: {access: {HERE}}",
            [("kind", "jwt"), ("ttl", "1h"), ("key", "k"), ("claims", "{sub: $user.id, iat: $iat, exp: $exp}")]),
        TableContext(
            Language.refresh, "tokens: {access: {kind: opaque, ttl: 1h}, refresh: {HERE}}",
            [("kind", "opaque"), ("ttl", "1d"), ("use", "rotate")], others: ["reuse_grace": "5s"]),
        TableContext(
            Language.verify, "tokens: {access: {kind: opaque, ttl: 1h}, verify: {HERE}}", [("ttl", "1h")]),
        TableContext(Language.reset, "tokens: {access: {kind: opaque, ttl: 1h}, reset: {HERE}}", [("ttl", "1h")]),
        TableContext(Language.apiKeys, "api_keys: {HERE}", [("prefix", "k_")]),
        TableContext(Language.accept, "\(old)accept: {HERE}"),
        TableContext(
            Language.acceptedToken, "\(old)accept: {tokens: [{HERE}]}", [("key", "old"), ("until", "2027-06-30")],
            others: ["names": "email"]),
        TableContext(Language.opaqueTokens, "accept: {opaque: {HERE}}", [("until", "2027-06-30")]),
        TableContext(
            Language.letter, "tokens: {access: {kind: opaque, ttl: 1h}, verify: {ttl: 1h}}\nmail: {verify: {HERE}}"),
        TableContext(Language.pages, "pages: {HERE}", [("name", "Tiny"), ("agent", "agent")]),
        TableContext(
            Language.carrier, "credentials: {user: [{HERE}]}", [("header", "Authorization"), ("takes", "access")]),
        TableContext(
            Language.companion, "credentials: {user: [{header: X, takes: access, with: {HERE}}]}", [("header", "Y")]),
        TableContext(Language.message, "messages: {min: {HERE}}", [("message", "short")]),
        TableContext(Language.cors, "cors: {HERE}", [("origins", "[\"https://a.example\"]")]),
        TableContext(Language.limits, "limits: {HERE}"),
        TableContext(Language.span, "limits: {mailbox: {HERE}}", [("count", "5"), ("per", "1h")]),
        TableContext(Language.reply, "", routes: "\(me)reply: {HERE}}", [("status", "200")]),
        TableContext(
            Language.cookie, "", routes: "\(me)reply: {status: 200, cookies: {c: {HERE}}}}", [("value", "x")]),
        TableContext(Language.route, "", routes: "GET /me: {HERE}", [("do", "static"), ("reply", "{status: 204}")]),
        TableContext(
            Language.condition, "", routes: "GET /x: {do: static, when: [{HERE}], reply: {status: 204}}",
            [("is", "a"), ("of", "query.a")]),
        TableContext(
            Language.socket, "sockets: {/ws: {HERE}}", [("do", "connect_user"), ("auth", "user")]),
        TableContext(
            Language.socketAuth, "sockets: {/ws: {do: connect_user, auth: {HERE}}}",
            [("first_message", "{t: $takes.access}")], others: ["within": "1m"]),
        TableContext(
            Language.socketOwner, "sockets: {\"/ws/{a}\": {do: connect_user, auth: user, owns: {HERE}}}",
            [("agent", "path.a")]),
        TableContext(Language.socketRefusal, "sockets: {/ws: {do: connect_user, auth: user, refused: {HERE}}}"),
        TableContext(Language.socketLife, "sockets: {/ws: {do: connect_user, auth: user, alive: {HERE}}}"),
        TableContext(
            Language.socketClosing, "sockets: {/ws: {do: connect_user, auth: user, close_when: {silent: {HERE}}}}"),
    ]
}
