import Testing
import WatchwordCore
import WatchwordDialect

private enum Told {
    static let place = "error: a carrier is in one of `header`, `query`, `cookie`, `basic`, `body`"
    static let password = "error: `takes: password` is of `basic: password`, beside its name"
    static let query = "note: token in a query string: kept out of this server's logs, but proxies in front may log it"
    static let cookie = "note: browsers send a cookie by themselves: see that no other site can make them call"
    static let each = "note: a password with each request: nobody can sign out, and a leak is the account's end"
    static let script = "note: any script of the page can read this token"
    static let way = "note: this token is also sent where anybody on the way can read it"
    static let none = "error: browsers keep no cookie with `same_site: none` that is not secure"
    static let named = "error: browsers keep a cookie of that name only if it is secure"
    static let host = "error: a `__Host-` cookie has the path `/` and no domain"
    static let secret = "error: `$with.x` would say a secret; `when` may ask for it"
    static let again = "note: `$with.x` says a credential again to whoever sent it"
}

/// What is noted, and what is refused, of credentials and cookies: each beside its nearest neighbour that is neither.
@Suite("Risks of carriers, cookies and what replies repeat")
struct RiskLoadingTests {
    /// The errors and notes of a file, without the places and without what is noted of all its routes together.
    private func told(_ sections: String, routes: String = "") -> [String] {
        Dialect.load(text: Tiny.text(sections, routes: routes), file: "tiny") { _ in nil }.diagnostics
            .map { "\($0.severity): \($0.message)" }.filter { !$0.hasPrefix("note: no route lets") }
    }

    private func carrier(_ written: String) -> [String] {
        told(
            "tokens: {access: {kind: opaque, ttl: 1h}, refresh: {kind: opaque, ttl: 1d, use: reuse}}\napi_keys: {}\ncredentials: {c: [\(written)]}"
        )
    }

    @Test(
        "A carrier is in one place, with what goes there",
        arguments: [
            ("{header: X, takes: access}", []), ("{takes: access}", [Told.place]),
            ("{header: X, query: x, takes: access}", [Told.place]),
            ("{header: X, cookie: x, takes: access}", [Told.place]),
            ("{basic: true, body: x, takes: access}", [Told.place]), ("{query: x, takes: access}", [Told.query]),
            ("{cookie: x, takes: access}", [Told.cookie]), ("{body: x, takes: access}", []),
            ("{basic: true, takes: api_key}", []), ("{basic: password, takes: password}", [Told.each]),
            ("{basic: true, takes: password}", [Told.each]), ("{basic: username, takes: password}", [Told.password]),
            ("{header: X, takes: password}", [Told.password]),
            ("{query: x, takes: password}", [Told.query, Told.password]),
            (
                "{header: X, scheme: A, scheme_optional: B, takes: access}",
                ["error: a carrier has `scheme` or `scheme_optional`, not both"]
            ),
            ("{query: x, scheme: A, takes: access}", ["error: `scheme` is of a header only", Told.query]),
            ("{basic: true, scheme_optional: A, takes: api_key}", ["error: `scheme_optional` is of a header only"]),
            ("{header: X, takes: api_key, with: {header: Y, query: y}}", ["error: `with` names one second field"]),
            ("{header: X, takes: api_key, with: {is: id}}", ["error: `with` names one second field"]),
            ("{header: X, takes: api_key, with: {header: Y, is: user_id}}", []),
            ("{header: 'X Y', takes: access}", ["error: `X Y` cannot be the name of a header"]),
            ("{query: 'a=b', takes: access}", ["error: `a=b` cannot be the name of a query", Told.query]),
        ])
    func carriers(_ written: String, _ expected: [String]) {
        let found = carrier(written)
        // A name that cannot be one leaves no carrier to note anything of.
        #expect(found == expected || found == expected.filter { $0.hasPrefix("error") }, "\(found)")
        #expect(found.contains { $0.hasPrefix("error") } == expected.contains { $0.hasPrefix("error") })
    }

    @Test(
        "A carrier of what the dialect never issues is refused",
        arguments: [
            ("access", "error: the dialect has no access token: `tokens: {access: ...}`"),
            ("api_key", "error: the dialect has no API keys: `api_keys:`"),
            ("refresh", "error: the dialect has no refresh token: `tokens: {refresh: ...}`"),
        ])
    func notIssued(_ kind: String, _ expected: String) {
        let tokens = kind == "access" ? "tokens: {}" : "tokens: {access: {kind: opaque, ttl: 1h}}"
        #expect(told("\(tokens)\ncredentials: {c: [{header: X, takes: \(kind)}]}").contains(expected))
    }

    private func cookie(_ written: String) -> [String] {
        told(
            "",
            routes:
                "POST /in: {do: login, take: json, in: {email: e, password: p}, reply: {status: 204, cookies: \(written)}}"
        )
    }

    @Test(
        "A cookie is as browsers keep it, and one that holds a token is kept from scripts and from the way",
        arguments: [
            ("{c: $access.token}", []), ("{c: {value: $access.token, http_only: false}}", [Told.script]),
            ("{c: {value: $access.token, secure: false}}", [Told.way]),
            ("{c: {value: $access.token, secure: never, http_only: false}}", [Told.script, Told.way]),
            ("{c: {value: $access.token, secure: always}}", []), ("{c: {value: $access.token, secure: auto}}", []),
            ("{c: {value: $user.id, http_only: false, secure: false}}", []), ("{c: {clear: true, secure: false}}", []),
            ("{c: {value: x, same_site: none, secure: false}}", [Told.none]), ("{c: {value: x, same_site: None}}", []),
            ("{c: {value: x, same_site: lax, secure: false}}", []), ("{__Host-c: {value: x}}", []),
            ("{__Host-c: {value: x, secure: false}}", [Told.named]),
            ("{__secure-c: {value: x, secure: false}}", [Told.named]),
            ("{__Secure-c: {value: x, path: /a, domain: example.com}}", []),
            ("{__host-c: {value: x, path: /a}}", [Told.host]),
            ("{__Host-c: {value: x, domain: example.com}}", [Told.host]), ("{_Host-c: {value: x, path: /a}}", []),
        ])
    func cookies(_ written: String, _ expected: [String]) {
        #expect(cookie(written) == expected)
    }

    @Test(
        "A cookie's parts are what a Set-Cookie field can hold",
        arguments: [
            ("{'a b': x}", false), ("{'a;b': x}", false), ("{c: {}}", false), ("{c: {value: x, clear: true}}", false),
            ("{c: {value: x, clear: false}}", true), ("{c: {clear: false}}", false), ("{c: null}", true),
            ("{c: {value: [x]}}", false), ("{c: {value: {a: x}}}", false), ("{c: 7}", true), ("{c: true}", true),
            ("{c: {value: x, max_age: 0}}", true), ("{c: {value: x, max_age: -1}}", false),
            ("{c: {value: x, max_age: 7d}}", true), ("{c: {value: x, max_age: 0s}}", true),
            ("{c: {value: x, max_age: $access.ttl}}", true), ("{c: {value: x, max_age: $access.token}}", false),
            ("{c: {value: x, max_age: soon}}", false), ("{c: {value: x, path: a}}", false),
            ("{c: {value: x, path: '/a;b'}}", false), ("{c: {value: x, path: '/a b'}}", false),
            ("{c: {value: x, path: ''}}", false), ("{c: {value: x, domain: ''}}", false),
            ("{c: {value: x, domain: example.com}}", true), ("{c: {value: x, same_site: some}}", false),
            ("{c: {value: x, same_site: STRICT}}", true), ("{c: {value: x, secure: maybe}}", false),
        ])
    func parts(_ written: String, _ fits: Bool) {
        #expect(!cookie(written).contains { $0.hasPrefix("error") } == fits, "\(cookie(written))")
    }

    private func extra(_ source: String, _ said: Bool = true) -> [String] {
        told(
            "",
            routes: """
                POST /p: {do: change_password, auth: user, take: json, with: {x: \(source)}, in: {current_password: old, password: {header: X-New}}, reply: {status: 200, body: {x: \(said ? "$with.x" : "1")}}}
                """)
    }

    @Test("What a reply repeats is no secret input, and a credential only to whoever sent it")
    func extras() {
        #expect(extra("other") == [])
        #expect(extra("query.page") == [])
        #expect(extra("old") == [Told.secret])
        #expect(extra("header.X-New") == [Told.secret])
        #expect(extra("[other, old]") == [Told.secret])
        #expect(extra("header.Authorization") == [Told.again])
        #expect(extra("header.Cookie") == [Told.again])
        #expect(extra("header.X-Other") == [])
        // What no reply says may be looked at.
        #expect(extra("old", false).filter { $0 == Told.secret || $0 == Told.again }.isEmpty)
    }
}
