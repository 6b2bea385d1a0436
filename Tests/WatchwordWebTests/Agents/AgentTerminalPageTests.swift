import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordWeb

@Suite("the terminal of an agent in the browser")
struct AgentTerminalPageTests {
    var stage: AgentStage
    let page: String

    init() async throws {
        stage = try await AgentStage()
        page = try await stage.makeServer()
    }

    @Test("the page names the socket, the way to a ticket, and its script")
    mutating func shown() async throws {
        let text = try await stage.ada.get(page + "/terminal").text
        let id = page.split(separator: "/").last ?? ""
        #expect(text.contains("data-socket=\"/api/terminal/\(id)/ws\""))
        #expect(text.contains("data-ticket=\"\(page)/ticket\""))
        #expect(text.contains("data-parameter=\"ticket\""))
        #expect(text.contains("src=\"/account/assets/terminal."))
    }

    @Test("a ticket is JSON, new each time, and nothing that a cache keeps")
    mutating func ticket() async throws {
        var tickets: Set<String> = []
        for _ in 0..<2 {
            let shown = try await stage.ada.get(page)
            let token = Browser.hidden(in: shown, action: page).filter { $0.0 == "form" }
            let answer = try await stage.ada.post(page + "/ticket", token)
            #expect(answer.status == 201)
            #expect(answer.header("content-type")?.hasPrefix("application/json") == true)
            #expect(answer.header("cache-control") == "no-store")
            #expect(answer.text.hasPrefix("{\"ticket\":\""))
            tickets.insert(answer.text)
        }
        #expect(tickets.count == 2)
    }

    @Test("a ticket is not to be had by a link")
    mutating func byLink() async throws {
        #expect(try await stage.ada.get(page + "/ticket").status == 405)
    }
}
