import Testing
import WatchwordCore
import WatchwordDialect

@testable import WatchwordHTTP

@Suite("what another site makes a browser send")
struct CrossSiteTests {
    typealias Fields = [(name: String, value: String)]

    private static let evil: [Fields] = [
        [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")],
        [("sec-fetch-site", "cross-site")],
        [("sec-fetch-site", "same-site"), ("origin", "https://other.auth.example")],
        [("origin", "https://evil.example")],
        [("origin", "null")],
        [("origin", "https://auth.example.evil.example")],
        [("origin", "http://auth.example"), ("host", "evil.example")],
    ]
    private static let own: [Fields] = [
        [],
        [("sec-fetch-site", "same-origin"), ("origin", "https://auth.example")],
        [("sec-fetch-site", "none")],
        [("origin", "https://auth.example")],
        [("origin", "http://localhost:8000"), ("host", "localhost:8000")],
        [("sec-fetch-site", "cross-site"), ("origin", "https://app.example")],
    ]

    @Test("is refused where a cookie proves it, and does nothing", arguments: evil)
    func refused(_ fields: Fields) async throws {
        let speaking = try Speaking(text: Speaking.browser)
        let responder = speaking.responder(origins: ["https://app.example"])
        let token = await responder.browserToken()
        let answer = await responder.ask("POST", "/logout", fields + [("cookie", "a=b; sid=\(token)")])
        #expect(answer.status == 403)
        #expect(answer.text.hasPrefix(#"{"error":"forbidden""#))
        #expect(answer.header("set-cookie") == nil)
        let bearer = [(name: "authorization", value: "Bearer \(token)")]
        #expect(await responder.ask("GET", "/me", bearer).status == 200)
    }

    @Test("is served from the realm's own pages, from those listed, and from programs", arguments: own)
    func admitted(_ fields: Fields) async throws {
        let speaking = try Speaking(text: Speaking.browser)
        let responder = speaking.responder(origins: ["https://app.example"])
        let token = await responder.browserToken()
        let answer = await responder.ask("POST", "/logout", fields + [("cookie", "sid=\(token)")])
        #expect(answer.status == 204)
        #expect(answer.header("set-cookie")?.hasPrefix("sid=; Max-Age=0;") == true)
    }

    @Test("is no danger where the page itself sends the token, or nothing changes")
    func harmless() async throws {
        let speaking = try Speaking(text: Speaking.browser)
        let responder = speaking.responder(origins: ["*"])
        let token = await responder.browserToken()
        let evil: Fields = [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")]
        #expect(await responder.ask("GET", "/me", evil + [("cookie", "sid=\(token)")]).status == 200)
        #expect(await responder.ask("POST", "/logout", evil + [("cookie", "sid=\(token)")]).status == 403)
        #expect(await responder.ask("POST", "/logout", evil + [("authorization", "Bearer \(token)")]).status == 204)
    }

    @Test("may not sign somebody in with a cookie")
    func signIn() async throws {
        let speaking = try Speaking(text: Speaking.browser)
        _ = await speaking.responder().browserToken()
        let body = #"{"email":"ada@example.com","password":"correct horse battery"}"#
        let evil: Fields = [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")]
        let refused = await speaking.responder().ask("POST", "/login", evil, json: body)
        #expect(refused.status == 403)
        #expect(refused.header("set-cookie") == nil)
        #expect(await speaking.responder(origins: ["*"]).ask("POST", "/login", evil, json: body).status == 200)
        #expect(await speaking.responder().ask("POST", "/login", json: body).status == 200)
    }
}
