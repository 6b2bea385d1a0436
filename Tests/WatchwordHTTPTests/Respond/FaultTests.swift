import Logging
import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordHTTP

@Suite("a fault, and what is written down")
struct FaultTests {
    private struct Leaky: Error, CustomStringConvertible {
        let description = "INSERT INTO account VALUES ('ada@example.com', 'correct horse battery')"
    }

    private let signIn = #"{"email":"ada@example.com","password":"correct horse battery"}"#

    @Test("is told as internal and logged once under an id")
    func fault() async throws {
        let speaking = try Speaking()
        let responder = speaking.responder(store: DeadStore(error: Fault(.storeUnavailable, "the disk is gone")))
        let answer = await responder.ask("POST", "/api/auth/login", json: signIn)
        #expect(answer.status == 500)
        #expect(answer.text == #"{"error":"Internal Server Error"}"#)
        #expect(speaking.lines.all.count == 1)
        let line = try #require(speaking.lines.all.first)
        #expect(line.hasPrefix("error: the disk is gone fault=store_unavailable fault_id="))
        #expect(line.hasSuffix("operation=login"))
    }

    @Test("of someone else's making is not quoted, for it may quote a secret")
    func foreign() async throws {
        let speaking = try Speaking()
        for error in [Leaky() as any Error, Fault(.storeUnavailable, "the disk is gone", cause: Leaky())] {
            let answer = await speaking.responder(store: DeadStore(error: error))
                .ask("POST", "/api/auth/login", json: signIn)
            #expect(answer.status == 500)
        }
        #expect(speaking.lines.all.count == 2)
        for line in speaking.lines.all {
            #expect(!line.contains("ada@example.com") && !line.contains("correct horse"))
            #expect(line.contains("Leaky"))
        }
    }

    @Test("does not follow from stopping: a cancelled request is told to come again")
    func cancelled() async throws {
        let speaking = try Speaking()
        let answer = await speaking.responder(store: DeadStore(error: CancellationError()))
            .ask("POST", "/api/auth/login", json: signIn)
        #expect(answer.status == 503)
        #expect(answer.header("retry-after") == "1")
        #expect(speaking.lines.all.isEmpty)
    }

    @Test("nothing is written about a request unless asked for")
    func quiet() async throws {
        let speaking = try Speaking()
        _ = await speaking.responder().ask("POST", "/api/auth/login", json: signIn)
        #expect(speaking.lines.all.isEmpty)
    }

    @Test("the access log has the route and no query, body or credential")
    func accessLog() async throws {
        let speaking = try Speaking()
        let responder = speaking.responder(level: .debug)
        let token = try await responder.token()
        _ = await responder.ask(
            "GET", "/api/auth/verify-email", query: "token=very-secret", [("authorization", "Bearer \(token)")])
        _ = await responder.ask("GET", "/somebody@example.com")
        let lines = speaking.lines.all
        #expect(lines.count == 4)
        #expect(lines[2].contains("method=GET"))
        #expect(lines[2].contains("refused=invalid_link"))
        #expect(lines[2].contains("route=/api/auth/verify-email status=400"))
        #expect(lines[3].contains("route=- status=404"))
        for line in lines {
            for secret in ["very-secret", token, "correct horse", "@example.com"] { #expect(!line.contains(secret)) }
        }
    }
}
