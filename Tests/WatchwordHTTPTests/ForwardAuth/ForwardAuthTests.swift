import Logging
import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordHTTP

@Suite("what a reverse proxy is told")
struct ForwardAuthTests {
    typealias Fields = [(name: String, value: String)]

    private let speaking: Speaking
    private let metrics = Metrics(startedAt: Timestamp(seconds: 7))

    init() throws { speaking = try Speaking(text: Speaking.browser) }

    private func forwardAuth(
        store: (any Store)? = nil, _ change: (inout ForwardAuthSettings) -> Void = { _ in }
    ) throws -> ForwardAuth {
        var settings = ForwardAuthSettings(
            path: "/_auth",
            carriers: [
                Carrier(.header("authorization", scheme: "Bearer"), takes: .access),
                Carrier(.cookie("sid"), takes: .access), Carrier(.query("token"), takes: .access),
            ])
        change(&settings)
        let tally = ForwardAuthTally()
        tally.show(in: metrics, realm: "test")
        return try #require(
            ForwardAuth(
                settings, engine: speaking.realm.engine(store: store), dialect: speaking.dialect,
                proxies: TrustedProxies([]), crossSite: CrossSite(origins: ["https://app.example"]),
                requiresHTTPS: true, tally: tally, logger: .silent))
    }

    private func ask(
        _ forwardAuth: ForwardAuth, _ fields: Fields, query: String? = nil, from address: String = "127.0.0.1"
    ) async -> WireResponse {
        await forwardAuth.respond(
            to: WireRequest(method: "GET", path: "/_auth", query: query, headers: fields),
            from: Peer(address: IPAddress(address), isEncrypted: false))
    }

    private func bearer(_ token: String) -> Fields { [("authorization", "Bearer \(token)")] }

    @Test("who it is, in every field, whatever the account lacks")
    func granted() async throws {
        let token = await speaking.responder().browserToken("zoë%@example.com")
        let answer = await ask(try forwardAuth(), bearer(token))
        #expect(answer.status == 200)
        #expect(answer.body.isEmpty)
        #expect(answer.header("cache-control") == "no-store")
        let account = try #require(try await speaking.realm.store.read { try $0.accounts(limit: 1, offset: 0).first })
        #expect(answer.header("x-auth-user-id") == account.id.text)
        #expect(answer.header("x-auth-email") == "zo%C3%AB%25@example.com")
        #expect(answer.header("x-auth-email-verified") == "false")
        #expect(answer.header("x-auth-role") == "user")
        #expect(answer.header("x-auth-session")?.isEmpty == false)
        // An absent fact overwrites what a client wrote in its field.
        #expect(answer.headers.contains { $0.name == "X-Auth-Username" && $0.value.isEmpty })
    }

    @Test("the fields may have other names")
    func names() async throws {
        let token = await speaking.responder().browserToken()
        let answer = await ask(try forwardAuth { $0.headers.email = "Remote-Email" }, bearer(token))
        #expect(answer.header("remote-email") == "ada@example.com")
        #expect(answer.header("x-auth-email") == nil)
    }

    @Test("401 for what proves nobody, in the dialect's words")
    func refused() async throws {
        let token = await speaking.responder().browserToken()
        let cases: [Fields] = [
            [], [("authorization", "")], bearer("nonsense"), bearer(token + "x"), [("authorization", "Basic YTpi")],
            [("cookie", "sid=\(token)x")], bearer(token) + [("cookie", "sid=nonsense")],
        ]
        for fields in cases {
            let answer = await ask(try forwardAuth(), fields)
            #expect(answer.status == 401, "\(fields)")
            #expect(answer.header("www-authenticate") == "Bearer")
            #expect(answer.header("cache-control") == "no-store")
            #expect(answer.text.hasPrefix(#"{"error":""#))
            #expect(!answer.headers.contains { $0.name.hasPrefix("X-Auth") })
        }
    }

    @Test("nothing of a session that has ended")
    func revoked() async throws {
        let responder = speaking.responder()
        let token = await responder.browserToken()
        let forwardAuth = try forwardAuth()
        #expect(await ask(forwardAuth, bearer(token)).status == 200)
        #expect(await responder.ask("POST", "/logout", bearer(token)).status == 204)
        #expect(await ask(forwardAuth, bearer(token)).status == 401)
    }

    @Test("the client's query is in the forwarded target, and the question's own is the proxy's")
    func query() async throws {
        let token = await speaking.responder().browserToken()
        let forwardAuth = try forwardAuth()
        #expect(await ask(forwardAuth, [("x-forwarded-uri", "/a?b=c&token=\(token)")]).status == 200)
        #expect(await ask(forwardAuth, [], query: "token=\(token)").status == 401)
    }

    @Test("403 for who may not: another role, an address not verified")
    func rules() async throws {
        let token = await speaking.responder().browserToken()
        let fields = bearer(token)
        #expect(await ask(try forwardAuth { $0.role = "admin" }, fields).status == 403)
        #expect(await ask(try forwardAuth { $0.role = "user" }, fields).status == 200)
        #expect(await ask(try forwardAuth { $0.requiresVerified = true }, fields).status == 403)
        #expect(await ask(try forwardAuth(), fields, query: "require_role=admin").status == 403)
        #expect(await ask(try forwardAuth(), fields, query: "require_role=user&require_verified=false").status == 200)
        #expect(await ask(try forwardAuth(), fields, query: "require_verified=true").status == 403)
        // A question may ask for more than the configuration, never for another role in its place.
        #expect(await ask(try forwardAuth { $0.role = "admin" }, fields, query: "require_role=user").status == 403)
        let refused = await ask(try forwardAuth { $0.role = "admin" }, fields)
        #expect(!refused.headers.contains { $0.name.hasPrefix("X-Auth") })
    }

    @Test("a cookie opens nothing that another site's page changes")
    func crossSite() async throws {
        let token = await speaking.responder().browserToken()
        let forwardAuth = try forwardAuth()
        let cookie: Fields = [("cookie", "sid=\(token)"), ("x-forwarded-method", "POST")]
        let evil: Fields = [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")]
        #expect(await ask(forwardAuth, cookie).status == 200)
        #expect(await ask(forwardAuth, cookie + evil).status == 403)
        #expect(await ask(forwardAuth, cookie + [("origin", "https://app.example")]).status == 200)
        let get: Fields = [("cookie", "sid=\(token)"), ("x-forwarded-method", "GET")]
        #expect(await ask(forwardAuth, get + evil).status == 200)
        let sent = bearer(token) + [("x-forwarded-method", "POST")]
        #expect(await ask(forwardAuth, sent + evil).status == 200)
    }

    @Test("nothing in clear from afar, and no 500 when the store is down")
    func failures() async throws {
        let token = await speaking.responder().browserToken()
        #expect(await ask(try forwardAuth(), bearer(token), from: "192.0.2.9").status == 403)
        let down = try forwardAuth(store: DeadStore(error: Fault(.storeUnavailable, "the disk is gone")))
        let unseen = await speaking.responder().browserToken("bob@example.com")
        let answer = await ask(down, bearer(unseen))
        #expect(answer.status == 503)
        #expect(answer.header("retry-after") == "1")
    }

    @Test("is counted by its answer")
    func counted() async throws {
        let token = await speaking.responder().browserToken()
        let forwardAuth = try forwardAuth()
        for _ in 0..<2 { _ = await ask(forwardAuth, bearer(token)) }
        _ = await ask(forwardAuth, [])
        let page = metrics.text()
        #expect(page.contains(#"watchword_forward_auth_total{realm="test",status="200"} 2"#))
        #expect(page.contains(#"watchword_forward_auth_total{realm="test",status="401"} 1"#))
    }

    @Test("text in a field is visible ASCII, and can be read back")
    func encoding() {
        for (text, expected) in [
            ("ada@example.com", "ada@example.com"), ("a b", "a%20b"), ("100%", "100%25"), ("é\r\n", "%C3%A9%0D%0A"),
            ("", ""),
        ] {
            #expect(FieldText.encode(text) == expected)
            #expect(FieldText.decode(expected[...]) == text)
        }
        for broken in ["%", "%4", "%GG", "%C3", "a%2"] { #expect(FieldText.decode(broken[...]) == nil) }
    }
}
