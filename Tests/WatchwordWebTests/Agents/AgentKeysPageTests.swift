import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordWeb

@Suite("the API keys of an agent")
struct AgentKeysPageTests {
    var stage: AgentStage
    let page: String

    init() async throws {
        stage = try await AgentStage()
        page = try await stage.makeServer() + "/keys"
    }

    private func principal(of key: String) async throws -> Principal? {
        try await stage.stage.engine.authenticate(
            [PresentedCredential(kind: .apiKey, text: Secret(key))], TestRealm.caller()
        ).output
    }

    @Test("the tab is called API Keys, the button Create API Key, and the key is shown once")
    mutating func create() async throws {
        let before = try await stage.ada.get(page)
        #expect(before.text.contains("aria-current=\"page\">API Keys</a>"))
        #expect(before.text.contains("<button class=\"primary\">Create API Key</button>"))
        let made = try await stage.submit(page, [("do", "create"), ("name", "deploy")])
        #expect(made.status == 200)
        #expect(made.header("cache-control") == "no-store")
        let key = try #require(AgentStage.secret(in: made))
        #expect(key.hasPrefix("chatops_"))
        #expect(try await principal(of: key) != nil)
        let after = try await stage.ada.get(page)
        #expect(after.text.contains("deploy"))
        #expect(!after.text.contains(key))
        #expect(AgentStage.secret(in: after) == nil)
    }

    @Test("a key needs no name")
    mutating func nameless() async throws {
        let made = try await stage.submit(page, [("do", "create"), ("name", "")])
        #expect(AgentStage.secret(in: made) != nil)
        #expect(made.text.contains("<strong>chatops_"))
    }

    @Test("a rotated key has a successor, and stays good for as long as was said")
    mutating func rotate() async throws {
        let old = try #require(AgentStage.secret(in: try await stage.submit(page, [("do", "create"), ("name", "")])))
        let id = try #require(AgentStage.keys(in: try await stage.ada.get(page)).first)
        for overlap in ["", "2", "9999"] {
            let fields = [("do", "rotate"), ("id", id), ("overlap", overlap)]
            #expect(try await stage.submit(page, fields).status == 400, "\(overlap) is not offered")
        }
        let made = try await stage.submit(page, [("do", "rotate"), ("id", id), ("overlap", "1")])
        let new = try #require(AgentStage.secret(in: made))
        #expect(new != old)
        #expect(try await principal(of: old) != nil)
        #expect(try await principal(of: new) != nil)
        #expect(made.text.contains("Good until"))
        stage.stage.realm.clock.advance(by: .seconds(3_601))
        #expect(try await principal(of: old) == nil)
        #expect(try await principal(of: new) != nil)
    }

    @Test("a revoked key is gone from the page and opens nothing")
    mutating func revoke() async throws {
        let key = try #require(AgentStage.secret(in: try await stage.submit(page, [("do", "create"), ("name", "")])))
        let id = try #require(AgentStage.keys(in: try await stage.ada.get(page)).first)
        #expect(try await stage.submit(page, [("do", "revoke"), ("id", id)]).location == page + "?done=key_revoked")
        #expect(try await principal(of: key) == nil)
        #expect(AgentStage.keys(in: try await stage.ada.get(page)).isEmpty)
    }

    @Test("a key of another server is none of this one's", arguments: ["rotate", "revoke"])
    mutating func otherServer(_ act: String) async throws {
        let other = try await stage.makeServer("other") + "/keys"
        let key = try #require(AgentStage.secret(in: try await stage.submit(other, [("do", "create"), ("name", "")])))
        let id = try #require(AgentStage.keys(in: try await stage.ada.get(other)).first)
        #expect(try await stage.submit(page, [("do", act), ("id", id)]).status == 404)
        #expect(try await principal(of: key) != nil)
    }

    @Test("where the first message brings the key, the page shows it")
    mutating func message() async throws {
        var stage = try await AgentStage { dialect in
            dialect.sockets = [
                Socket(
                    path: [.literal("ws")], operation: .connectAgent,
                    opening: .firstMessage(
                        .object([.init("type", .literal(.string("auth"))), .init("api_key", .credential(.apiKey))]),
                        within: .seconds(10)))
            ]
        }
        let page = try await stage.makeServer()
        #expect(try await stage.ada.get(page).text.contains("wss://auth.example/ws"))
        let keys = try await stage.ada.get(page + "/keys")
        #expect(keys.text.contains("{&quot;type&quot;:&quot;auth&quot;,&quot;api_key&quot;:&quot;…&quot;}"))
    }
}
