import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Carriers")
struct CarrierLoadingTests {
    private func carrier(_ written: String) throws -> Carrier? {
        try Tiny.dialect(
            "tokens: {access: {kind: opaque, ttl: 1h}, refresh: {kind: opaque, ttl: 1d, use: reuse}}\napi_keys: {}\ncredentials: {c: \(written)}"
        )
        .credentials.first?.carriers.first
    }

    @Test("are in any place of a request")
    func places() throws {
        #expect(
            try carrier("{header: X-Key, takes: api_key}") == Carrier(.header("x-key", scheme: nil), takes: .apiKey))
        #expect(
            try carrier("{header: Authorization, scheme: users API-Key, takes: api_key}")
                == Carrier(.header("authorization", scheme: "users API-Key"), takes: .apiKey))
        #expect(try carrier("{query: t, takes: access}") == Carrier(.query("t"), takes: .access))
        #expect(try carrier("{cookie: t, takes: access}") == Carrier(.cookie("t"), takes: .access))
        #expect(try carrier("{basic: true, takes: api_key}") == Carrier(.basic(.username), takes: .apiKey))
        #expect(try carrier("{basic: password, takes: api_key}") == Carrier(.basic(.password), takes: .apiKey))
        #expect(try carrier("{body: auth.t, takes: refresh}") == Carrier(.body(["auth", "t"]), takes: .refresh))
    }

    @Test("may take the bare credential beside one behind a scheme")
    func bare() throws {
        let found = try #require(try carrier("{header: Authorization, scheme_optional: Bearer, takes: access}"))
        #expect(found.place == .header("authorization", scheme: "Bearer"))
        #expect(found.schemeIsOptional)
    }

    @Test("may ask for a second field that names the owner")
    func companions() throws {
        let short = try carrier("{header: X-Auth-Token, takes: access, with: X-User-Id}")?.companion
        #expect(short?.place == .header("x-user-id", scheme: nil))
        let long = try carrier("{basic: password, takes: api_key, with: {basic: username, is: email}}")?.companion
        #expect(long?.place == .basic(.username))
        #expect(long?.names == .email)
    }

    @Test("several lists of a route, or carriers of its own, are looked at in their order")
    func several() throws {
        let dialect = try Tiny.dialect(
            """
            api_keys: {}
            credentials: {user: [{header: A, takes: access}], key: [{header: K, takes: api_key}, {header: A, takes: access}]}
            """,
            routes: "GET /me: {do: me, auth: [user, key, {cookie: c, takes: access}], reply: {status: 200}}")
        #expect(
            dialect.routes.last?.carriers == [
                Carrier(.header("a", scheme: nil), takes: .access), Carrier(.header("k", scheme: nil), takes: .apiKey),
                Carrier(.cookie("c"), takes: .access),
            ])
    }

    @Test("a sign-out that names its refresh token needs none")
    func withoutCaller() throws {
        let tokens = "tokens: {access: {kind: opaque, ttl: 1h}, refresh: {kind: opaque, ttl: 1d, use: reuse}}"
        let route = "POST /out: {do: logout, take: json, in: {refresh_token: r}, reply: {status: 204}}"
        #expect(try Tiny.dialect(tokens, routes: route).routes.last?.carriers == nil)
        #expect(
            Tiny.messages(tokens, routes: "POST /out: {do: logout, reply: {status: 204}}")
                == ["`logout` acts for somebody: it needs `auth:`, or `refresh_token` in `in:`"])
    }
}
