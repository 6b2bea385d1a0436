import Logging
import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordTestKit

@testable import WatchwordHTTP

@Suite("the name of a request")
struct RequestNamingTests {
    private static let body = #"{"email":"ada@example.com","password":"correct horse battery"}"#

    @Test("is told in the answer and in the log, and another each time")
    func told() async throws {
        let speaking = try Speaking(text: Speaking.browser)
        let responder = speaking.responder(level: .debug)
        _ = await responder.browserToken()
        let granted = try #require(await responder.ask("POST", "/login", json: Self.body).header("x-request"))
        let refused = await responder.ask("POST", "/login", json: "{}")
        let name = try #require(JSON.parse(refused.body).value?["id"]?.string)
        #expect(granted.count == 26 && name.count == 26 && granted != name)
        let lines = speaking.lines.all
        #expect(lines[lines.count - 2].contains("request_id=\(granted)"))
        #expect(lines[lines.count - 1].contains("request_id=\(name)"))
    }

    @Test("costs no random bytes where nobody is told it")
    func quiet() async throws {
        let speaking = try Speaking(text: Speaking.browser)
        let responder = speaking.responder()
        let token = await responder.browserToken()
        let before = speaking.realm.random.bytes(8)
        let again = try Speaking(text: Speaking.browser)
        _ = await again.responder().browserToken()
        for _ in 0..<3 { _ = await again.responder().ask("GET", "/me", [("authorization", "Bearer \(token)")]) }
        #expect(again.realm.random.bytes(8) == before)
    }
}
