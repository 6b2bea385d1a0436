import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordWeb

@Suite("sharing an agent, and what is connected to it")
struct AgentSharingPageTests {
    var stage: AgentStage
    let page: String

    init() async throws {
        stage = try await AgentStage()
        page = try await stage.makeServer()
    }

    @Test("who it is shared with sees it and its terminal, and nothing that changes it, until sharing ends")
    mutating func sharing() async throws {
        let sharing = page + "/sharing"
        let shared = try await stage.submit(sharing, [("do", "share"), ("identity", "eve@example.org")])
        #expect(shared.location == sharing + "?done=agent_shared")
        let shown = try await stage.ada.get(sharing)
        #expect(shown.text.contains("<strong>eve@example.org</strong>"))

        let seen = try await stage.eve.get(page)
        #expect(seen.status == 200)
        #expect(seen.text.contains("Shared with you"))
        #expect(!seen.text.contains("value=\"remove\""))
        #expect(!seen.text.contains(page + "/keys"))
        #expect(try await stage.eve.get("/account/servers").text.contains("Shared with you"))
        #expect(try await stage.eve.get(page + "/terminal").status == 200)
        for tab in ["/keys", "/sharing", "/connections"] {
            #expect(try await stage.eve.get(page + tab).status == 404, "\(tab)")
        }

        let account = try #require(
            shown.text.split(separator: "name=\"account\" value=\"").dropFirst().first?.prefix { $0 != "\"" })
        let ended = try await stage.submit(sharing, [("do", "unshare"), ("account", String(account))])
        #expect(ended.location == sharing + "?done=agent_unshared")
        #expect(try await stage.eve.get(page).status == 404)
    }

    @Test("with nobody of that name nothing is shared, and the answer does not say so")
    mutating func nobody() async throws {
        let answer = try await stage.submit(page + "/sharing", [("do", "share"), ("identity", "no@example.org")])
        #expect(answer.location == page + "/sharing?done=agent_shared")
        #expect(try await stage.ada.get(page + "/sharing").text.contains("Shared with nobody"))
    }

    @Test("a form without a name is shown again")
    mutating func nameless() async throws {
        let answer = try await stage.submit(page + "/sharing", [("do", "share"), ("identity", "")])
        #expect(answer.status == 422)
        #expect(answer.text.contains("href=\"#f-identity\""))
    }

    @Test("a contract without sharing has no tab for it")
    mutating func without() async throws {
        var stage = try await AgentStage { $0.routes.removeAll { $0.operation == .shareAgent } }
        let page = try await stage.makeServer()
        #expect(try await stage.ada.get(page + "/sharing").status == 404)
        #expect(!(try await stage.ada.get(page).text.contains("/sharing")))
    }

    @Test("without connections the page says so, and closing one that has gone is nothing wrong")
    mutating func connections() async throws {
        let connections = page + "/connections"
        #expect(try await stage.ada.get(connections).text.contains("Nothing is connected"))
        let token = Browser.hidden(in: try await stage.ada.get(page), action: page).filter { $0.0 == "form" }
        let closed = try await stage.ada.post(connections, token + [("number", "7")])
        #expect(closed.location == connections + "?done=connection_closed")
    }
}
