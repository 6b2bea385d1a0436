import Testing
import WatchwordCore
import WatchwordDialect

/// A mapping of the language where it stands in a small file, with members that make it whole.
struct LanguagePlace: Sendable, CustomTestStringConvertible {
    var table: LanguageTable
    /// Its name and text, without those that a test changes.
    var members: [(name: String, text: String)]
    /// The file's sections and routes around the mapping's text; `@` is where that stands.
    var sections: String
    var routes: String

    init(_ table: LanguageTable, _ members: [(String, String)], _ sections: String, routes: String = "") {
        self.table = table
        self.members = members.map { (name: $0.0, text: $0.1) }
        self.sections = sections
        self.routes = routes
    }

    /// The file with these members besides or instead of its own, and without the one named.
    func file(_ more: [(String, String)] = [], without: String? = nil) -> (sections: String, routes: String) {
        let kept = members.filter { member in member.name != without && !more.contains { $0.0 == member.name } }
        let text =
            "{" + (kept.map { "\($0.name): \($0.text)" } + more.map { "\($0.0): \($0.1)" }).joined(separator: ", ")
            + "}"
        return (sections.replacing("@", with: text), routes.replacing("@", with: text))
    }

    func dialect(_ more: [(String, String)] = [], without: String? = nil) throws -> Dialect {
        let (sections, routes) = file(more, without: without)
        return try Tiny.dialect(sections, routes: routes)
    }

    func messages(_ more: [(String, String)] = [], without: String? = nil) -> [String] {
        let (sections, routes) = file(more, without: without)
        return Tiny.messages(sections, routes: routes)
    }

    var testDescription: String { table.place }

    private static let jwt = "keys: {k: {alg: ES256}}\ntokens: {access: @}"
    private static let opaque = [("kind", "opaque"), ("ttl", "1h")]
    private static func signIn(_ reply: String) -> String {
        "POST /in: {do: login, take: json, in: {email: email, password: password}, reply: \(reply)}"
    }

    /// A place for nearly every mapping; some stand twice, since a key may need another.
    static let all: [LanguagePlace] = [
        LanguagePlace(Language.users, [], "users: @"),
        LanguagePlace(Language.id, [("alphabet", "abcdefghijklmnopqrstuvwxyz"), ("length", "20")], "users: {id: @}"),
        LanguagePlace(Language.field, [("type", "string")], "users: {fields: {f: @}}"),
        LanguagePlace(Language.password, [], "password: @"), LanguagePlace(Language.session, [], "session: @"),
        LanguagePlace(Language.access, opaque, "tokens: {access: @}"),
        LanguagePlace(
            Language.access, [("kind", "jwt"), ("ttl", "1h"), ("key", "k"), ("claims", "{sub: $user.id, exp: $exp}")],
            jwt),
        LanguagePlace(
            Language.refresh, opaque + [("use", "rotate")], "tokens: {access: {kind: opaque, ttl: 1h}, refresh: @}"),
        LanguagePlace(
            Language.verify, [("ttl", "1h")], "tokens: {access: {kind: opaque, ttl: 1h}, verify: @}",
            routes: "GET /v: {do: verify_email, in: {token: query.t}, reply: {status: 204}}"),
        LanguagePlace(
            Language.reset, [("ttl", "1h")], "tokens: {access: {kind: opaque, ttl: 1h}, reset: @}",
            routes: "POST /r: {do: reset_password, take: json, in: {token: t, password: p}, reply: {status: 204}}"),
        LanguagePlace(Language.apiKeys, [], "api_keys: @"),
        LanguagePlace(Language.key, [("alg", "HS256")], "keys: {k: @}"),
        LanguagePlace(Language.rotation, [("every", "90d")], "keys: {k: {alg: ES256, rotate: @}}"),
        LanguagePlace(Language.setting, [("env", "A"), ("default", "5")], "settings: {a: @}"),
        LanguagePlace(
            Language.acceptedToken, [("key", "k"), ("until", "2027-06-30")],
            "keys: {k: {alg: HS256, env: OLD}}\naccept: {tokens: [@]}"),
        LanguagePlace(Language.accept, [], "accept: @"),
        LanguagePlace(Language.opaqueTokens, [("until", "2027-06-30")], "accept: {opaque: @}"),
        LanguagePlace(Language.carrier, [("query", "t"), ("takes", "access")], "credentials: {user: [@]}"),
        LanguagePlace(
            Language.companion, [("header", "X-User")],
            "credentials: {user: [{header: X-Token, takes: access, with: @}]}"),
        LanguagePlace(Language.message, [("message", "Wrong")], "messages: {required: @}"),
        LanguagePlace(Language.cors, [("origins", "[\"https://a.example\"]")], "cors: @"),
        LanguagePlace(Language.limits, [], "limits: @"),
        LanguagePlace(Language.span, [("count", "5"), ("per", "1m")], "limits: {attempts: @}"),
        LanguagePlace(Language.pages, [("agent", "agent")], "pages: @"),
        LanguagePlace(Language.reply, [("status", "200")], "", routes: signIn("@")),
        LanguagePlace(
            Language.cookie, [("value", "$access.token")], "", routes: signIn("{status: 204, cookies: {c: @}}")),
        LanguagePlace(
            Language.route, [("do", "me"), ("auth", "user"), ("reply", "{status: 200}")], "", routes: "GET /x: @"),
        LanguagePlace(
            Language.source, [("query", "n")], "",
            routes: "POST /x: {do: update_me, auth: user, in: {name: @}, reply: {status: 204}}"),
        LanguagePlace(
            Language.condition, [("of", "query.a"), ("present", "true")], "",
            routes:
                "GET /x: [{when: [@], do: me, auth: user, reply: {status: 200}}, {do: me, auth: user, reply: {status: 200}}]"
        ),
        LanguagePlace(Language.socket, [("do", "connect_user"), ("auth", "user")], "sockets: {/ws: @}"),
        LanguagePlace(
            Language.socketAuth, [("first_message", "{t: $takes.access}")],
            "sockets: {/ws: {do: connect_user, auth: @}}"),
        LanguagePlace(
            Language.socketOwner, [("agent", "path.id")],
            "api_keys: {prefix: t_}\nsockets: {\"/a/{id}\": {do: connect_agent, auth: {header: K, takes: api_key}, owns: @}}"
        ),
        LanguagePlace(Language.socketRefusal, [], "sockets: {/ws: {do: connect_user, auth: user, refused: @}}"),
        LanguagePlace(
            Language.socketLife, [("ping", "a"), ("pong", "b")],
            "sockets: {/ws: {do: connect_user, auth: user, alive: @}}"),
        LanguagePlace(
            Language.socketClosing, [("close", "4000")],
            "sockets: {/ws: {do: connect_user, auth: user, close_when: {silent: @}}}"),
    ]

    static func of(_ place: String) -> [LanguagePlace] { all.filter { $0.table.place == place } }
}
