import Testing
import WatchwordDialect

@testable import WatchwordHTTP

@Suite("web pages of other origins")
struct CrossOriginTests {
    private let page = (name: "origin", value: "https://app.example")

    private func preflight(_ responder: DialectResponder, origin: String = "https://app.example") async -> WireResponse
    {
        await responder.ask(
            "OPTIONS", "/api/auth/login",
            [
                ("origin", origin), ("access-control-request-method", "POST"),
                ("access-control-request-headers", "content-type"),
            ])
    }

    private func allows(_ response: WireResponse) -> [String] {
        response.headers.filter { $0.name.lowercased().hasPrefix("access-control-") }.map(\.name)
    }

    @Test("may read nothing by default")
    func off() async throws {
        let responder = try Speaking().responder()
        for answer in [await responder.ask("GET", "/api/auth/me", [page]), await preflight(responder)] {
            #expect(allows(answer).isEmpty)
            #expect(answer.header("vary") == nil)
        }
    }

    @Test("may read answers if the realm lists them, refusals too")
    func listed() async throws {
        let responder = try Speaking().responder(origins: ["https://app.example", "https://b.example"])
        for path in ["/api/auth/me", "/nowhere"] {
            let answer = await responder.ask("GET", path, [page])
            #expect(answer.header("access-control-allow-origin") == "https://app.example")
            #expect(answer.header("vary") == "Origin")
            #expect(answer.header("access-control-allow-credentials") == nil)
        }
    }

    @Test(
        "may not if they only look like a listed one",
        arguments: [
            "https://app.example.evil.example", "http://app.example", "https://app.example:8443", "null",
            "https://evil-app.example", "https://APP.example",
        ])
    func unlisted(_ origin: String) async throws {
        let responder = try Speaking().responder(origins: ["https://app.example"])
        let answer = await responder.ask("GET", "/api/auth/me", [("origin", origin)])
        #expect(allows(answer).isEmpty)
        #expect(answer.header("vary") == "Origin")
        #expect(allows(await preflight(responder, origin: origin)).isEmpty)
    }

    @Test("are told by a preflight what they may send")
    func preflighted() async throws {
        let answer = await preflight(try Speaking().responder(origins: ["https://app.example"]))
        #expect(answer.status == 204)
        #expect(answer.header("access-control-allow-methods") == "POST, OPTIONS")
        #expect(answer.header("access-control-allow-headers") == "authorization, content-type")
        #expect(answer.header("access-control-allow-origin") == "https://app.example")
    }

    @Test("may send the fields in which the dialect's credentials travel")
    func headers() async throws {
        let responder = try Speaking("aethermind").responder(origins: ["*"])
        let answer = await responder.ask(
            "OPTIONS", "/api/agents", [page, ("access-control-request-method", "GET")])
        #expect(answer.header("access-control-allow-headers") == "authorization, content-type, x-api-key")
        #expect(answer.header("access-control-allow-origin") == "*")
    }
}
