import Testing
import WatchwordCore
import WatchwordDialect

/// Each note of what is legal but risky, and beside it the nearest choice that is not.
@Suite("What is noted of a sound dialect")
struct NoteLoadingTests {
    /// Notes that a dialect of one sign-in has by itself.
    private static let standing = Set(
        Dialect.load(text: Tiny.text(), file: "f") { _ in nil }.diagnostics.map(\.message))

    private func notes(_ sections: String, routes: String = "", _ place: SourceLocation = #_sourceLocation)
        -> [String]
    {
        let loading = Dialect.load(text: Tiny.text(sections, routes: routes), file: "f") { _ in nil }
        #expect(loading.dialect != nil, "\(loading.diagnostics)", sourceLocation: place)
        return loading.diagnostics.map(\.message).filter { !Self.standing.contains($0) }
    }

    private static let opaque = "access: {kind: opaque, ttl: 1h}"

    private static func ids(_ bits: Int, _ count: String) -> String {
        "ids of \(bits) bits may repeat after some \(count) accounts: a sign-up that meets one fails"
    }

    @Test(
        "of accounts, passwords, limits and lifetimes",
        arguments: [
            ("users: {id: {alphabet: abcdefghijklmnop, length: 10}}", ids(40, "hundred thousand")),
            ("users: {id: {alphabet: abcdefghijklmnop, length: 12}}", ids(48, "hundred thousand")),
            ("users: {id: {alphabet: abcdefghijklmnop, length: 13}}", ids(52, "ten million")),
            ("users: {id: {alphabet: abcdefghijklmnop, length: 15}}", ids(60, "ten million")),
            ("users: {id: {alphabet: abcdefghijklmnop, length: 16}}", nil),
            (
                "users: {users_see_users: true}",
                "everybody signed in sees every other account, as far as replies show one"
            ),
            ("users: {users_see_users: false}", nil),
            ("password: {min: 7}", "passwords under 8 characters are guessed within the throttle's allowance"),
            ("password: {min: 8}", nil), ("password: {common: refuse}", nil),
            ("password: {common: allow}", "passwords on the list of common ones are accepted"),
            ("limits: {attempts: 20/100s}", nil),
            ("limits: {attempts: 21/1d}", "so many attempts at a password let somebody guess a weak one"),
            ("limits: {attempts: 20/99s}", "so many attempts at a password let somebody guess a weak one"),
            ("limits: {attempts: 1/5s}", nil),
            ("limits: {attempts: 1/4s}", "so many attempts at a password let somebody guess a weak one"),
            ("limits: {address: 1000/s, mailbox: 1000/s, api_key: 1000/s}", nil),
            ("tokens: {access: {kind: opaque, ttl: never}}", "this token lasts until its session ends"),
            ("tokens: {access: {kind: opaque, ttl: 36500d}}", nil),
            (
                "tokens: {access: {kind: opaque, ttl: 1h}, verify: {ttl: 1h, length: 6, alphabet: \"0123456789\"}}\nmail: {verify: {link: \"${request.base_url}/v?t={token}\"}}",
                "a code of 19 bits is kept from being guessed by the throttle alone: let it end within minutes"
            ),
            ("accept: {passwords: [bcrypt]}", nil),
            (
                "accept: {passwords: [bcrypt, ssha]}",
                "one round of a hash is soon undone by whoever has the table: import in good time"
            ),
            ("cors: \"*\"", "any page may read the answers"), ("cors: [\"https://a.example\"]", nil),
            ("settings: {s: {env: S, default: 5}}", "setting `s` is used nowhere"),
            ("settings: {s: {env: S, default: 12}}\npassword: {min: $s}", nil),
            ("views: {v: {a: 1}}", "view `v` is used nowhere, and was not checked"),
            ("content_type: application/json; charset=utf-8", nil),
            ("content_type: application/vnd.api+json", nil),
            ("content_type: text/plain", "JSON answers do not say that they are JSON: `text/plain`"),
            ("todo: \"lifetimes\"", "to do: lifetimes"),
        ] as [(String, String?)])
    func sections(_ sections: String, _ note: String?) {
        #expect(notes(sections) == (note.map { [$0] } ?? []))
    }

    private static let keys = "keys: {k: {alg: EdDSA}, other: {alg: EdDSA}}\n"
    private static func pair(_ key: String, _ claims: String) -> String {
        let access = "access: {kind: jwt, key: k, ttl: 1h, claims: {sub: $user.id, exp: $exp}}"
        return "\(keys)tokens: {\(access), refresh: {kind: jwt, key: \(key), ttl: 1d, use: reuse, claims: \(claims)}}"
    }

    @Test("of tokens that cannot be told apart")
    func alike() {
        let alike =
            "access and refresh tokens have the same claims: whoever else verifies them cannot tell which is which"
        #expect(notes(Self.pair("k", "{sub: $user.id, exp: $exp}")) == [alike])
        #expect(notes(Self.pair("k", "{sub: $user.id, exp: $exp, typ: refresh}")) == [])
        #expect(notes(Self.pair("other", "{sub: $user.id, exp: $exp}")) == [])
    }

    private static let query =
        "is a secret in the query of a URL: kept out of this server's logs, but proxies in front may log it"

    @Test(
        "of routes",
        arguments: [
            (
                "LIST /x: {do: static, reply: {status: 200}}",
                "no request of the method `LIST` arrives: the server's HTTP parser does not know it"
            ),
            ("SEARCH /x: {do: static, reply: {status: 200}}", nil),
            ("POST /x: {do: static, take: json, reply: {status: 200}}", "nothing is read from the body"),
            ("POST /x: {do: static, take: json, with: {a: a}, reply: {status: 200}}", nil),
            ("POST /x: {do: static, take: json, when: {a: a}, reply: {status: 200}}", nil),
            (
                "POST /x: {do: login, take: form, in: {email: e, password: p}, reply: {status: 200}}",
                "any site can make a browser send this form; no cookie must follow from it"
            ),
            ("POST /x: {do: login, take: multipart, in: {email: e, password: p}, reply: {status: 200}}", nil),
            (
                "POST /x: {do: login, take: json, in: {email: body.email, password: p}, reply: {status: 200}}",
                "`body.email` is a member of the body's member `body`; one of the body itself is `email`"
            ),
            (
                "POST /x: {do: login, take: json, in: {email: {body: body.email}, password: p}, reply: {status: 200}}",
                nil
            ),
            (
                "POST /x: {do: login, in: {email: query.e, password: query.p}, reply: {status: 200}}",
                "`password` \(query)"
            ),
            (
                "POST /x/{p}: {do: login, in: {email: query.e, password: path.p}, reply: {status: 200}}",
                "`password` is a secret in the path of a URL: kept out of this server's logs, but proxies in front may log it"
            ),
            ("POST /x: {do: login, in: {email: query.e, password: header.P}, reply: {status: 200}}", nil),
            (
                "GET /x: {do: me, auth: user, reply: {status: 200}, errors: {weak_password: {status: 422}}}",
                "`me` never ends in `weak_password`"
            ),
            ("GET /x: {do: me, auth: user, reply: {status: 200}, errors: {unauthorized: {status: 401}}}", nil),
            (
                "GET /x: {do: me, auth: user, reply: {status: 200}, errors: {conflict: {status: 409}}}",
                "`me` never ends in `conflict`"
            ),
            ("GET /x: {do: static, reply: {status: 302, headers: {Location: \"/a?b=${request.id}\"}}}", nil),
            (
                "POST /x: {do: login, take: json, in: {email: e, password: p}, reply: {status: 302, headers: {Location: \"/a?t=${access.token}\"}}}",
                "a token in a URL stays in the browser's history and in the logs behind it"
            ),
            (
                "POST /x: {do: introspect, take: json, in: {token: t}, reply: {status: 200}}",
                "anybody who has a token may ask what it is good for"
            ),
            ("POST /x: {do: introspect, auth: user, take: json, in: {token: t}, reply: {status: 200}}", nil),
            (
                "GET /x: {do: jwks, reply: {status: 200, body: $keys}}",
                "there is no public key to tell: every key is a shared secret"
            ),
            ("GET /x: {do: static, todo: [one, two], reply: {status: 200}}", nil),
        ] as [(String, String?)])
    func routes(_ route: String, _ note: String?) {
        let told = notes("", routes: route).filter { !$0.hasPrefix("to do: ") }
        #expect(told == (note.map { [$0] } ?? []))
    }

    @Test("of what a route leaves to be done, each by itself")
    func todo() {
        #expect(
            notes("", routes: "GET /x: {do: static, todo: [one, two], reply: {status: 200}}") == [
                "to do: one", "to do: two",
            ])
    }

    @Test("of what nothing public is told of, unless one key is")
    func publicKeys() {
        let route = "GET /x: {do: jwks, reply: {status: 200, body: $keys}}"
        #expect(notes("keys: {k: {alg: EdDSA}}", routes: route) == [])
        #expect(notes("keys: {s: {alg: HS256, env: S}, k: {alg: EdDSA}}", routes: route) == [])
        #expect(notes("keys: {s: {alg: HS256, env: S}}", routes: route).count == 1)
    }

    private static let prolonged =
        "sessions can be prolonged again and again; `session: {max: ...}` is not written, so they end after 90 days"

    @Test(
        "of sessions without an end",
        arguments: [
            ("\(opaque), refresh: {kind: opaque, ttl: 1d, use: rotate}", "", true),
            ("\(opaque), refresh: {kind: opaque, ttl: 1d, use: rotate}", "session: {max: 1d}", false),
            ("\(opaque), refresh: {kind: opaque, ttl: 1d, use: reuse}", "", false),
        ])
    func sessions(_ tokens: String, _ session: String, _ isNoted: Bool) {
        let refresh =
            "POST /r: {do: refresh, take: json, in: {refresh_token: r}, reply: {status: 200, body: $refresh.token}}"
        #expect(notes("tokens: {\(tokens)}\n\(session)", routes: refresh) == (isNoted ? [Self.prolonged] : []))
        let renew = "POST /r: {do: renew, auth: user, reply: {status: 200, body: $access.token}}"
        #expect(
            notes("tokens: {\(Self.opaque)}\n\(session)", routes: renew) == (session.isEmpty ? [Self.prolonged] : []))
    }

    private static let verify = "a verification mail is sent, and neither a route nor a page takes its token"
    private static let reset = "there is a reset token, and no route to ask for it or to use it"
    private static let scanner = "whatever opens links in mail for its reader can use this one up"

    @Test("of mails whose token nothing takes, or anything that opens a link")
    func mails() {
        func told(_ token: String, _ link: String, _ routes: String = "") -> [String] {
            notes(
                "tokens: {\(Self.opaque), \(token): {ttl: 1h}}\nmail: {\(token): {link: \"\(link)\"}}", routes: routes)
        }
        let ours = "${request.base_url}/here?t={token}"
        let other = "https://app.example/{token}"
        func route(_ method: String, _ path: String) -> String {
            "\(method) \(path): {do: verify_email, in: {token: query.t}, reply: {status: 204}}"
        }
        #expect(told("verify", ours) == [])
        #expect(told("verify", other) == [Self.verify])
        #expect(told("verify", other, route("POST", "/v")) == [])
        #expect(told("verify", other, route("GET", "/v")) == [Self.scanner])
        #expect(told("verify", ours, route("GET", "/here")) == [Self.scanner])
        #expect(told("verify", ours, route("GET", "/here/")) == [Self.scanner])
        #expect(told("verify", ours, route("GET", "/v")) == [])
        #expect(told("verify", ours, route("POST", "/here")) == [])
        let ask = "POST /ask: {do: request_reset, take: json, in: {email: e}, reply: {status: 202}}"
        let use = "POST /use: {do: reset_password, take: json, in: {token: t, password: p}, reply: {status: 204}}"
        #expect(told("reset", ours) == [])
        #expect(told("reset", other) == [Self.reset])
        #expect(told("reset", other, ask) == [Self.reset])
        #expect(told("reset", other, use) == [Self.reset])
        #expect(told("reset", other, "\(ask)\n\(use)") == [])
    }

    @Test("of ways out that a dialect does not have")
    func exits() {
        func all(_ sections: String, _ routes: String) -> [String] {
            Dialect.load(text: Tiny.text(sections, routes: routes), file: "f") { _ in nil }.diagnostics.map(\.message)
        }
        let session = "no route lets a user end a session; only hosted pages and the operator can"
        let forgotten = "no route lets a user who forgot the password back in; only hosted pages and the operator can"
        let key = "no route lets a user rotate or revoke an API key; only hosted pages and the operator can"
        let out = "POST /out: {do: logout, auth: user, reply: {status: 204}}"
        let up = "POST /up: {do: register, take: json, in: {email: e, password: p}, reply: {status: 201}}"
        let use = "POST /use: {do: reset_password, take: json, in: {token: t, password: p}, reply: {status: 204}}"
        let make = "POST /k: {do: create_api_key, auth: user, reply: {status: 201, body: $api_key.secret}}"
        let revoke = "DELETE /k/{id}: {do: revoke_api_key, auth: user, in: {id: path.id}, reply: {status: 204}}"
        #expect(all("", "") == [session])
        #expect(all("", out) == [])
        #expect(all("", "\(out)\n\(up)") == [forgotten])
        #expect(
            all(
                "tokens: {\(Self.opaque), reset: {ttl: 1h}}\nmail: {reset: {link: \"${request.base_url}/r?t={token}\"}}",
                "\(out)\n\(up)\n\(use)") == [])
        #expect(all("tokens: {}\ncredentials: {}", "") == [])
        #expect(all("api_keys: {}", out) == [])
        #expect(all("api_keys: {}", "\(out)\n\(make)") == [key])
        #expect(all("api_keys: {issue_on_signup: true}", out) == [key])
        #expect(all("api_keys: {}", "\(out)\n\(make)\n\(revoke)") == [])
        #expect(
            all("api_keys: {shown: always}", out).first?.hasPrefix("the API key is shown again whenever asked") == true)
    }
}
