import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Claims that cannot be, and tokens of an old issuer")
struct ClaimLoadingTests {
    private func claims(_ tree: String) -> [String] {
        Tiny.messages(
            """
            settings: {many: {env: MANY, default: 7}, long: {env: LONG, default: 5m}}
            keys: {main: {alg: HS256, env: SECRET}}
            users: {id: int, fields: {plan: {type: int}}}
            tokens: {access: {kind: jwt, key: main, ttl: 1h, claims: {sub: $user.id, exp: $exp, x: \(tree)}}}
            """)
    }

    @Test(
        "a claim is what a token can state",
        arguments: [
            "1", "text", "null", "true", "[1, [2]]", "{a: {b: 1}}", "$user.id", "$user.id|str", "$user.name|opt",
            "$user.plan|str|opt", "'${user.id}-${user.plan|str}'", "$$5", "$iat", "$jti", "$iss", "$session.id",
            "$request.base_url", "$settings.many", "$settings.long", "'n${settings.many}'",
            "[$user.id, {a: $user.name|opt}]",
            "{$if: $user.role, then: 1}", "{$if: $user.plan, then: {a: $user.plan}, else: [1]}",
        ])
    func good(_ tree: String) {
        #expect(claims(tree) == [])
    }

    @Test(
        "and nothing else",
        arguments: [
            ("[$user.name|opt]", "`|opt` leaves out a member, and this is none"),
            ("{$if: $user.role, then: $user.name|opt}", "`|opt` leaves out a member, and this is none"),
            ("{$each: $users, do: 1}", "a claims tree knows `$if` and no `$each`"),
            ("{a: 1, $if: $user.role}", "a claims tree knows `$if` and no `$if`"),
            ("{$if: $user.role, else: 1}", "`$if` needs `then`"),
            ("{$if: $user.role|str, then: 1}", "`$if` asks for one value without filters: `$user.role`"),
            ("{$if: admin, then: 1}", "`$if` asks for one value without filters: `$user.role`"),
            ("{$if: '${user.role}', then: 1}", "`$if` asks for one value without filters: `$user.role`"),
            ("$user.id|lower", "a claim knows the filters `str` and `opt`, not `lower`"),
            ("'a ${user.id|opt}'", "`${user.id}` inside text knows the filter `str` only"),
            ("$user", "nothing called `$user` in claims"),
            ("$user.plans", "`$user` has no `plans` (did you mean `plan`?)"),
            ("$session.user", "nothing called `$session.user` in claims"),
            ("$access.token", "nothing called `$access.token` in claims"),
            ("$settings.none", "no such setting `none`"),
            ("$user.", "`$user.` is no placeholder; a dollar sign is written `$$`"),
        ])
    func bad(_ tree: String, _ message: String) {
        let told = claims(tree)
        #expect(told.count == 1)
        #expect(told.first?.hasPrefix(message) == true, "\(told)")
    }

    private func accept(_ tokens: String, ours: String = "{kind: opaque, ttl: 1h}") -> [String] {
        Tiny.messages(
            """
            keys: {old: {alg: HS256, env: OLD}, main: {alg: HS256, env: SECRET}}
            tokens: {access: \(ours), refresh: {kind: opaque, ttl: 1d, use: rotate}}
            accept: {tokens: [\(tokens)]}
            """)
    }

    private static let alike =
        "access and refresh tokens of `KEY` look the same: `claims` must say what tells them apart"

    @Test("tokens of two kinds under one key are told apart by a claim, or are refused")
    func kinds() {
        let access = "{key: old, until: 2027-01-01}"
        let refresh = "{key: old, kind: refresh, until: 2027-01-01}"
        func typed(_ kind: String, _ type: String) -> String {
            "{key: old, kind: \(kind), claims: {typ: \(type)}, until: 2027-01-01}"
        }
        let alike = [Self.alike.replacing("KEY", with: "old")]
        #expect(accept(access) == [] && accept(refresh) == [] && accept("\(access), \(access)") == [])
        #expect(accept("\(access), \(refresh)") == alike)
        #expect(accept("\(typed("access", "a")), \(refresh)") == alike)
        #expect(accept("\(typed("access", "a")), \(typed("refresh", "r"))") == [])
        #expect(accept("\(typed("access", "a")), \(typed("refresh", "a"))") == alike, "the same claim tells nothing")
        let main = "{key: main, kind: refresh, until: 2027-01-01}"
        let ours = "{kind: jwt, key: main, ttl: 1h, claims: {sub: $user.id, exp: $exp}}"
        #expect(accept(main, ours: ours) == [Self.alike.replacing("KEY", with: "main")])
        #expect(accept(refresh, ours: ours) == [])
    }

    @Test(
        "they end on a day or at a moment",
        arguments: [
            ("2027-06-30", 1_814_313_600), ("2027-06-30T12:00:00Z", 1_814_356_800),
            ("2027-06-30T12:00:00+02:00", 1_814_349_600),
        ] as [(String, Int64)])
    func until(_ written: String, _ seconds: Int64) throws {
        let dialect = try Tiny.dialect(
            "keys: {old: {alg: HS256, env: OLD}}\naccept: {tokens: {key: old, until: \(written)}}")
        #expect(dialect.terms.accepted.tokens.first?.until == Timestamp(seconds: seconds))
    }

    @Test("and on no other", arguments: ["2027-02-29", "soon", "2027", "2027-06-30T25:00:00Z", "never", "7d", "''"])
    func noDay(_ written: String) {
        #expect(accept("{key: old, until: \(written)}").count == 1)
    }

    @Test("what they need is there")
    func needed() {
        #expect(accept("{key: old}").count == 1)
        #expect(accept("{until: 2027-01-01}").count == 1)
        #expect(accept("{key: odl, until: 2027-01-01}") == ["no such key `odl` (did you mean `old`?)"])
        #expect(accept("{key: old, until: 2027-01-01, kind: api_key}").count == 1)
        #expect(accept("old").count == 1)
    }

    @Test(
        "hashes have the names of other systems too",
        arguments: [
            ("bcrypt", .bcrypt), ("BCrypt", .bcrypt), ("2b", .bcrypt), ("pbkdf2-sha256", .pbkdf2), ("django", .pbkdf2),
            ("argon2id", .argon2), ("firebase", .firebaseScrypt), ("firebase scrypt", .firebaseScrypt),
            ("sha512 crypt", .crypt), ("salted_sha", .saltedSHA), ("scrypt", .scrypt),
        ] as [(String, PasswordHashFormat)])
    func hashes(_ written: String, _ format: PasswordHashFormat) throws {
        let terms = try Tiny.dialect("accept: {passwords: ['\(written)', '\(written)']}").terms.accepted
        #expect(terms.passwords == [format])
        #expect(Tiny.messages("accept: {passwords: [md5]}").count == 1)
    }
}
