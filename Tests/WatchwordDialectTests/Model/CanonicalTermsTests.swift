import Testing
import WatchwordCore
import WatchwordDialect

@Suite("The canonical form of what a contract asks of the engine")
struct CanonicalTermsTests {
    @Test(
        "A lifetime is in the largest unit that it is whole in",
        arguments: [
            ("1s", "1s"), ("59s", "59s"), ("60s", "1m"), ("61s", "61s"), ("90s", "90s"), ("3600s", "1h"),
            ("60m", "1h"), ("90m", "90m"), ("24h", "1d"), ("25h", "25h"), ("86400s", "1d"), ("86401s", "86401s"),
            ("36500d", "never"), ("never", "never"), ("36499d", "36499d"),
        ])
    func lifetimes(written: String, canonical: String) throws {
        #expect(try Canonical.section("session", of: "session: {max: \(written)}") == #"{"max":"\#(canonical)"}"#)
    }

    @Test("What is usual of accounts, passwords and sessions is written too, where it could be mistaken")
    func usual() throws {
        #expect(
            try Canonical.section("users", of: "")
                == #"{"id":"uuid","login":["email"],"require":["email"],"require_verified":false,"open":true}"#)
        #expect(try Canonical.section("password", of: "") == #"{"min":8,"max":128,"common":"refuse"}"#)
        #expect(try Canonical.section("session", of: "") == #"{"max":"90d"}"#)
        for absent in ["settings", "keys", "api_keys", "accept", "mail", "pages", "messages", "cors", "sockets"] {
            #expect(try Canonical.section(absent, of: "") == nil, "\(absent)")
        }
        #expect(try Canonical.section("slash", of: "") == #""exact""#)
        #expect(try Canonical.section("content_type", of: "") == #""application/json""#)
    }

    @Test(
        "Accounts with all that can be said of them",
        arguments: [
            ("id: int", #""id":"int""#), ("id: cuid", #""id":"cuid""#), ("id: objectid", #""id":"objectid""#),
            ("id: hex32", #""id":"hex32""#),
            (
                "id: {length: 12, alphabet: abcdefghijkl, prefix: u_}",
                #""id":{"alphabet":"abcdefghijkl","length":12,"prefix":"u_"}"#
            ),
            ("login: [username, email]", #""login":["username","email"],"require":["username"]"#),
            ("require: [username, email], login: email", #""login":["email"],"require":["username","email"]"#),
            ("roles: [user, admin]", #""roles":["user","admin"]"#),
            ("roles: [a, b], administrators: b", #""roles":["a","b"],"administrators":["b"]"#),
            ("users_see_users: true", #""users_see_users":true"#), ("hide_taken: true", #""hide_taken":true"#),
            ("require_verified: true", #""require_verified":true"#), ("open: false", #""open":false"#),
            (
                "fields: {a: {type: string}, b: {type: int, default: 3}, c: {type: bool, default: false}}",
                #""fields":{"a":{"type":"string","default":null,"max":1024},"b":{"type":"int","default":3},"c":{"type":"bool","default":false}}"#
            ),
            (
                "fields: {a: {type: string, max: 10, default: x}}",
                #""fields":{"a":{"type":"string","default":"x","max":10}}"#
            ),
        ])
    func accounts(written: String, canonical: String) throws {
        var sections = "users: {\(written)}"
        if written.contains("require_verified") {
            sections += "\ntokens: {access: {kind: opaque, ttl: 1h}, verify: {kind: opaque, ttl: 1d}}"
        }
        let routes =
            written.contains("require_verified")
            ? "GET /v: {do: verify_email, in: {token: query.t}, reply: {status: 204}}" : ""
        let text = try #require(try Canonical.section("users", of: sections, routes: routes))
        #expect(text.contains(canonical), "\(text)")
    }

    @Test(
        "Passwords by their bounds, classes and the common list",
        arguments: [
            ("{min: 12}", #"{"min":12,"max":128,"common":"refuse"}"#),
            ("{max: 256, common: allow}", #"{"min":8,"max":256,"common":"allow"}"#),
            ("{classes: 3}", #"{"min":8,"max":128,"classes":3,"common":"refuse"}"#),
            ("{classes: [digit, lower]}", #"{"min":8,"max":128,"classes":["digit","lower"],"common":"refuse"}"#),
            ("{classes: upper}", #"{"min":8,"max":128,"classes":["upper"],"common":"refuse"}"#),
        ])
    func passwords(written: String, canonical: String) throws {
        #expect(try Canonical.section("password", of: "password: \(written)") == canonical)
    }

    // MARK: Tokens and keys

    @Test(
        "An access token by its kind",
        arguments: [
            ("{kind: opaque, ttl: 1h}", #"{"kind":"opaque","ttl":"1h","prefix":"","bytes":32,"encoding":"base64url"}"#),
            (
                "{kind: opaque, ttl: never, prefix: t_, bytes: 20, encoding: hex}",
                #"{"kind":"opaque","ttl":"never","prefix":"t_","bytes":20,"encoding":"hex"}"#
            ),
            ("{kind: opaque, ttl: 1h, encoding: uuid}", #"{"kind":"opaque","ttl":"1h","prefix":"","encoding":"uuid"}"#),
            (
                "{kind: opaque, ttl: 1h, alphabet: abcdefghijklmnop, length: 64}",
                #"{"kind":"opaque","ttl":"1h","prefix":"","alphabet":"abcdefghijklmnop","length":64}"#
            ),
            (
                "{kind: jwt, key: k, ttl: 5m, claims: {sub: $user.id, exp: $exp}}",
                #"{"kind":"jwt","key":"k","ttl":"5m","closed":false,"claims":{"sub":"$user.id|str","exp":"$exp"}}"#
            ),
            (
                "{kind: jwt, key: k, ttl: 5m, closed: true, claims: {exp: $exp, jti: $jti, sub: $user.id|str, n: $user.name|opt}}",
                #"{"kind":"jwt","key":"k","ttl":"5m","closed":true,"claims":{"exp":"$exp","jti":"$jti","sub":"$user.id|str","n":"$user.name|opt"}}"#
            ),
        ])
    func access(written: String, canonical: String) throws {
        let sections = "keys: {k: {alg: HS256, min_bytes: 32}}\ntokens: {access: \(written)}"
        #expect(try Canonical.section("tokens", of: sections) == #"{"access":\#(canonical)}"#)
    }

    @Test("Claims of every form come back as they were")
    func claims() throws {
        let claims = """
            {a: $$x, b: 'c ${user.email}/$${y}', c: [1, $user.role], d: {e: {f: $jti}}, \
            g: {$if: $user.name, then: $user.name, else: {h: null}}, i: {$if: $user.role, then: 1}, s: $session.id, \
            v: $user.email_verified, x: $iat, y: $user.theme, z: $iss, exp: $exp, \
            m: $user.created_at, u: $user.updated_at, w: $user.active}
            """
        let sections = """
            users: {id: uuid, fields: {theme: {type: string}}}
            keys: {k: {alg: HS256, min_bytes: 32}}
            tokens: {access: {kind: jwt, key: k, ttl: 5m, claims: \(claims)}}
            """
        let text = try #require(try Canonical.section("tokens", of: sections))
        #expect(
            text.contains(
                #""claims":{"a":"$$x","b":"c ${user.email}/$${y}","c":[1,"$user.role"],"d":{"e":{"f":"$jti"}},"#
                    + #""g":{"$if":"$user.name","then":"$user.name","else":{"h":null}},"i":{"$if":"$user.role","then":1},"#
                    + #""s":"$session.id","v":"$user.email_verified","x":"$iat","y":"$user.theme","z":"$iss","exp":"$exp","#
                    + #""m":"$user.created_at","u":"$user.updated_at","w":"$user.active"}"#
            ),
            "\(text)")
    }

    @Test("Refresh tokens say how they are used, and a grace only where they rotate")
    func refresh() throws {
        func refresh(_ written: String) throws -> String? {
            try Canonical.section("tokens", of: "tokens: {access: {kind: opaque, ttl: 1h}, refresh: \(written)}")?
                .split(separator: #""refresh":"#).last.map(String.init)
        }
        let opaque = #"{"kind":"opaque","ttl":"7d","prefix":"","bytes":32,"encoding":"base64url","use":"#
        #expect(try refresh("{kind: opaque, ttl: 7d, use: rotate}") == opaque + #""rotate","reuse_grace":"0s"}}"#)
        #expect(
            try refresh("{kind: opaque, ttl: 7d, use: rotate, reuse_grace: 60s}")
                == opaque + #""rotate","reuse_grace":"1m"}}"#)
        #expect(try refresh("{kind: opaque, ttl: 7d, use: reuse}") == opaque + #""reuse"}}"#)
    }

    @Test("Links of mails are written where they are more than the bare token")
    func mail() throws {
        func mail(_ link: String) throws -> String? {
            try Canonical.section(
                "mail",
                of:
                    "tokens: {access: {kind: opaque, ttl: 1h}, reset: {kind: opaque, ttl: 1h}}\nmail: {reset: {link: \(link)}}",
                routes: "POST /r: {do: reset_password, take: json, in: {token: t, password: p}, reply: {status: 204}}")
        }
        #expect(try mail("\"{token}\"") == nil)
        #expect(
            try mail("\"${request.base_url}/r?u={uid}&e={email}#{token}\"")
                == ##"{"reset":{"link":"${request.base_url}/r?u={uid}&e={email}#{token}"}}"##)
    }

    @Test(
        "API keys with what they hang on, and what is left to the one who makes one",
        arguments: [
            (
                "{}",
                #"{"prefix":"","bytes":32,"encoding":"hex","shown":"once","issue_on_signup":false,"accept_bare":false}"#
            ),
            (
                "{prefix: k_, bind: agent, ttl: 30d, overlap: 1h, usage_limit: 5, accept_bare: true}",
                #"{"prefix":"k_","bytes":32,"encoding":"hex","ttl":"30d","overlap":"1h","shown":"once","issue_on_signup":false,"bind":"agent","usage_limit":5,"accept_bare":true}"#
            ),
            (
                "{prefix: k_, alphabet: abcdefghijklmnopqrstuvwxyz, length: 40}",
                #"{"prefix":"k_","alphabet":"abcdefghijklmnopqrstuvwxyz","length":40,"shown":"once","issue_on_signup":false,"accept_bare":false}"#
            ),
            (
                "{ttl: never, overlap: 0s, bind: user}",
                #"{"prefix":"","bytes":32,"encoding":"hex","shown":"once","issue_on_signup":false,"accept_bare":false}"#
            ),
        ])
    func apiKeys(written: String, canonical: String) throws {
        #expect(try Canonical.section("api_keys", of: "api_keys: \(written)") == canonical)
    }

    @Test(
        "Keys by their algorithm, and settings by their kind",
        arguments: [
            ("{alg: HS256}", #"{"alg":"HS256","min_bytes":32}"#),
            (
                "{alg: HS512, env: SECRET, alg_env: ALG}",
                #"{"alg":"HS512","env":"SECRET","min_bytes":64,"alg_env":"ALG"}"#
            ),
            ("{alg: ES256}", #"{"alg":"ES256"}"#),
            ("{alg: ES256, rotate: {every: 90d}}", #"{"alg":"ES256","rotate":{"every":"90d","overlap":"7d"}}"#),
            (
                "{alg: EdDSA, rotate: {every: 48h, overlap: 60m}}",
                #"{"alg":"EdDSA","rotate":{"every":"2d","overlap":"1h"}}"#
            ),
            ("{alg: HS256, verify_only: true}", #"{"alg":"HS256","verify_only":true}"#),
            ("{alg: HS256, verify_only: true, min_bytes: 8}", #"{"alg":"HS256","min_bytes":8,"verify_only":true}"#),
        ])
    func keys(written: String, canonical: String) throws {
        #expect(try Canonical.section("keys", of: "keys: {k: \(written)}") == #"{"k":\#(canonical)}"#)
    }

    @Test("Settings by their kind, whatever the environment said")
    func settings() throws {
        let settings = """
            settings:
              a: {env: A, unit: m, default: 5}
              b: {env: B, type: int, default: 5}
              c: {env: C, default: true}
              d: {env: D, default: x, note: for readers}
            session: {max: $a}
            """
        let canonical =
            #"{"a":{"env":"A","unit":"m","default":5},"b":{"env":"B","type":"int","default":5},"#
            + #""c":{"env":"C","type":"bool","default":true},"d":{"env":"D","type":"string","default":"x"}}"#
        for environment in [[:], ["A": "7"]] {
            let dialect = try Tiny.dialect(settings, environment: environment)
            #expect(dialect.canonical["settings"].map(JSON.text) == canonical)
            #expect(dialect.canonical["session"]?["max"] == .string(environment.isEmpty ? "5m" : "7m"))
        }
    }
}
