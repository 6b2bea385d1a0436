import Logging
import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordHTTP

@Suite("a request's walk through a dialect")
struct DialectResponderTests {
    @Test("signing up, in, using the token and signing out")
    func walk() async throws {
        let speaking = try Speaking()
        let responder = speaking.responder(level: .debug)
        let token = try await responder.token()
        let bearer = [(name: "authorization", value: "Bearer \(token)")]
        let me = await responder.ask("GET", "/api/auth/me", bearer)
        #expect(me.status == 200, "\(token) \(speaking.lines.all)")
        #expect(me.text.contains("ada@example.com"))
        #expect(await responder.ask("POST", "/api/auth/logout", bearer).status == 200)
        let after = await responder.ask("GET", "/api/auth/me", bearer)
        #expect(after.status == 401)
        #expect(after.text == #"{"error":"Unauthorized"}"#)
    }

    @Test("no cache keeps an answer, and no browser guesses its type")
    func hardened() async throws {
        let responder = try Speaking().responder()
        for answer in [
            await responder.ask("POST", "/api/auth/login", json: "{}"), await responder.ask("GET", "/nowhere"),
            await responder.refuse(.tooLarge), await responder.ask("OPTIONS", "/api/auth/me"),
        ] {
            #expect(answer.header("cache-control") == "no-store")
            #expect(answer.header("x-content-type-options") == "nosniff")
            #expect(answer.header("server") == nil)
        }
    }

    @Test(
        "a missing or malformed credential is unauthorized",
        arguments: [nil, "", "Bearer", "Bearer ", "Basic YTpi", "Bearer a b", "Bearer nonsense"])
    func credentials(_ value: String?) async throws {
        let responder = try Speaking().responder()
        let answer = await responder.ask("GET", "/api/auth/me", value.map { [("authorization", $0)] } ?? [])
        #expect(answer.status == 401)
        #expect(answer.text == #"{"error":"Unauthorized"}"#)
    }

    @Test("an unknown path is not found, a known one names its methods")
    func routing() async throws {
        let responder = try Speaking().responder()
        let unknown = await responder.ask("GET", "/api/auth/nowhere")
        #expect(unknown.status == 404)
        #expect(unknown.text == #"{"error":"Not Found"}"#)
        #expect(await responder.ask("OPTIONS", "/api/auth/nowhere").status == 404)
        for method in ["DELETE", "HEAD", "BREW"] {
            let answer = await responder.ask(method, "/api/auth/login")
            #expect(answer.status == 405)
            #expect(answer.header("allow") == "POST, OPTIONS")
            #expect(answer.header("content-type") == "application/json")
        }
        let options = await responder.ask("OPTIONS", "/api/auth/me")
        #expect(options.status == 204)
        #expect(options.header("allow") == "GET, HEAD, OPTIONS")
        #expect(options.body.isEmpty)
    }

    @Test("HEAD is answered like GET where that changes nothing")
    func head() async throws {
        let speaking = try Speaking()
        let responder = speaking.responder(level: .debug)
        let bearer = [(name: "authorization", value: "Bearer \(try await responder.token())")]
        let get = await responder.ask("GET", "/api/auth/me", bearer)
        #expect(get.status == 200, "\(speaking.lines.all) \(bearer)")
        #expect(await responder.ask("HEAD", "/api/auth/me", bearer) == get)
    }

    @Test("HEAD does not use up a link")
    func headOnLink() async throws {
        let responder = try Speaking().responder()
        let answer = await responder.ask("HEAD", "/api/auth/verify-email", query: "token=x")
        #expect(answer.status == 405)
        #expect(answer.header("allow") == "GET, OPTIONS")
        #expect(await responder.ask("OPTIONS", "/api/auth/verify-email").header("allow") == "GET, OPTIONS")
    }

    @Test(
        "what the connection refuses is told in the dialect's shape",
        arguments: [
            (.badRequest, 400), (.requestTimeout, 408), (.tooLarge, 413), (.headersTooLarge, 431), (.busy, 503),
        ] as [(RefusalCode, Int)])
    func refusals(_ code: RefusalCode, _ status: Int) async throws {
        let answer = await (try Speaking().responder()).refuse(code)
        #expect(answer.status == status)
        #expect(answer.text.hasPrefix(#"{"error":""#))
        #expect(answer.header("content-type") == "application/json")
    }

    @Test("a body of another type is refused as such")
    func media() async throws {
        let responder = try Speaking().responder()
        let answer = await responder.respond(
            to: .request(
                WireRequest(
                    method: "POST", path: "/api/auth/login", headers: [("content-type", "text/plain")],
                    body: Array("{}".utf8))),
            from: Peer(address: IPAddress("127.0.0.1"), isEncrypted: false))
        #expect(answer.status == 415)
        #expect(answer.text.hasPrefix(#"{"error":""#))
    }

    @Test("in clear from another machine nothing is done")
    func insecure() async throws {
        let speaking = try Speaking()
        let responder = speaking.responder(proxies: ["10.0.0.0/8"])
        let account = #"{"email":"ada@example.com","password":"correct horse battery"}"#
        let forwarded = [(name: "x-forwarded-for", value: "198.51.100.9"), (name: "x-forwarded-proto", value: "http")]
        for answer in [
            await responder.ask("POST", "/api/auth/register", json: account, from: "192.168.1.5"),
            await responder.ask("POST", "/api/auth/register", forwarded, json: account, from: "10.0.0.1"),
            await responder.ask(
                "POST", "/api/auth/register", [("x-forwarded-proto", "https")], json: account, from: "192.168.1.5"),
        ] {
            #expect(answer.status == 403)
            #expect(answer.text == #"{"error":"HTTPS required"}"#)
        }
        #expect(try await speaking.realm.store.read { try $0.accountCount() } == 0)
        let encrypted = await responder.ask(
            "POST", "/api/auth/register", json: account, from: "192.168.1.5", encrypted: true)
        #expect(encrypted.status == 200)
        let allowed = await speaking.responder(requiresHTTPS: false)
            .ask("POST", "/api/auth/login", json: account, from: "192.168.1.5")
        #expect(allowed.status == 200)
    }

    @Test("the engine is told the client's address, not the proxy's")
    func address() async throws {
        let speaking = try Speaking()
        let responder = speaking.responder(proxies: ["10.0.0.0/8"])
        _ = await responder.ask(
            "POST", "/api/auth/login",
            [("x-forwarded-for", "1.1.1.1, 198.51.100.9"), ("x-forwarded-proto", "https")],
            json: #"{"email":"nobody@example.com","password":"correct horse battery"}"#, from: "10.0.0.1")
        #expect(speaking.realm.audit.events.map(\.address) == ["198.51.100.9"])
    }
}
