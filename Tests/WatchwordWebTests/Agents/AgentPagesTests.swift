import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordWeb

@Suite("the pages of a person's agents")
struct AgentPagesTests {
    var stage: AgentStage

    init() async throws { stage = try await AgentStage() }

    @Test("a server is made by its name, shown, listed, renamed and removed, in the contract's words")
    mutating func life() async throws {
        let empty = try await stage.ada.get("/account/servers")
        #expect(empty.status == 200)
        #expect(empty.text.contains("No servers yet"))
        #expect(empty.text.contains("href=\"/account/servers/new\""))

        let page = try await stage.makeServer("web-1")
        let shown = try await stage.ada.get(page)
        #expect(shown.text.contains("<h1>web-1</h1>"))
        #expect(shown.text.contains("Offline"))
        #expect(try await stage.ada.get("/account/servers").text.contains("<a href=\"\(page)\">web-1</a>"))

        let renamed = try await stage.ada.submit(page, [("name", "web-2")])
        #expect(renamed.location == page + "?done=agent_renamed")
        #expect(try await stage.ada.get(page).text.contains("<h1>web-2</h1>"))

        let removed = try await stage.submit(page, [("do", "remove")])
        #expect(removed.location == "/account/servers?done=agent_removed")
        #expect(try await stage.ada.get(page).status == 404)
    }

    @Test("a server without a name is asked for again, and nothing is made")
    mutating func nameless() async throws {
        let answer = try await stage.ada.submit("/account/servers/new", [("name", "")])
        #expect(answer.status == 422)
        #expect(answer.text.contains("href=\"#f-name\""))
        #expect(try await stage.ada.get("/account/servers").text.contains("No servers yet"))
    }

    @Test("a rename without a name is refused, keeps what was typed, and changes nothing")
    mutating func emptyRename() async throws {
        let page = try await stage.makeServer()
        #expect(try await stage.ada.submit(page, [("name", "  ")]).status == 422)
        #expect(try await stage.ada.get(page).text.contains("<h1>web-1</h1>"))
    }

    @Test("another's server is as one that there is not, on every page and for every form")
    mutating func foreign() async throws {
        let page = try await stage.makeServer()
        let unknown = "/account/servers/00000000-0000-4000-8000-000000000000"
        let none = try await stage.eve.get(unknown)
        #expect(none.status == 404)
        for tab in ["", "/keys", "/connections", "/sharing", "/terminal"] {
            let answer = try await stage.eve.get(page + tab)
            #expect(answer.status == 404, "\(tab)")
            #expect(answer.text == none.text, "\(tab)")
        }
        let token = Browser.hidden(
            in: try await stage.eve.get("/account/servers/new"), action: "/account/servers/new"
        ).filter { $0.0 == "form" }
        let tries = [
            ("", "rename"), ("", "remove"), ("/keys", "create"), ("/keys", "revoke"), ("/keys", "rotate"),
            ("/ticket", ""),
        ]
        for (tab, act) in tries {
            let answer = try await stage.eve.post(page + tab, token + [("do", act), ("name", "mine")])
            #expect(answer.status == 404, "\(tab) \(act)")
        }
        #expect(try await stage.ada.get(page).text.contains("<h1>web-1</h1>"))
        #expect(AgentStage.keys(in: try await stage.ada.get(page + "/keys")).isEmpty)
    }

    @Test("a form without its token does nothing")
    mutating func forged() async throws {
        let page = try await stage.makeServer()
        for tab in ["", "/keys", "/sharing", "/connections", "/ticket"] {
            let answer = try await stage.ada.post(page + tab, [("do", tab.isEmpty ? "remove" : "create")])
            #expect(answer.status == 403, "\(tab)")
        }
        #expect(try await stage.ada.get(page).status == 200)
        #expect(AgentStage.keys(in: try await stage.ada.get(page + "/keys")).isEmpty)
    }

    @Test(
        "whoever is not signed in is led to sign-in and back", arguments: ["", "/new", "/x", "/x/keys", "/x/terminal"])
    mutating func strangers(_ tail: String) async throws {
        var stranger = Browser(stage.stage)
        let answer = try await stranger.get("/account/servers" + tail)
        #expect(answer.status == 303)
        #expect(answer.location?.hasPrefix("/account/sign-in?next=") == true)
    }

    @Test(
        "names and versions are shown as text, whatever they hold",
        arguments: [
            "<script>window.__xss=1</script>", "\"><img src=x onerror=window.__xss=1>", "{{site.name}}{{{name}}}",
            "\"\u{301} onmouseover=window.__xss=1 ", "&lt;b&gt;", "'<\u{301}b>",
        ])
    mutating func hostileNames(_ name: String) async throws {
        let page = try await stage.makeServer(name)
        let id = Agent.ID(String(page.split(separator: "/").last ?? ""))
        try await stage.stage.realm.store.write { transaction in
            try transaction.noteArrival(
                of: id,
                AgentArrival(node: "n", at: Timestamp(seconds: 1_790_000_000), address: "192.0.2.9<", version: name))
        }
        let raw = ["<script>window", "<img src=x", "\"\u{301}", "<\u{301}"]
        for address in ["/account/servers", page, page + "/keys", page + "/terminal"] {
            let text = try await stage.ada.get(address).text.replacing("\u{200B}", with: "")
            for raw in raw { #expect(!text.contains(raw), "\(address)") }
            #expect(!text.contains("192.0.2.9<"), "\(address)")
        }
    }

    @Test("where an agent's program registers itself there is no page to make one, but words how")
    mutating func selfRegistering() async throws {
        var stage = try await AgentStage { dialect in
            dialect.routes.removeAll { $0.operation == .registerAgent }
            var socket = Socket(
                path: [.literal("agents"), .literal("ws")], operation: .connectAgent, opening: .handshake([]))
            socket.relay = .person
            dialect.sockets = [socket]
        }
        let list = try await stage.ada.get("/account/servers")
        #expect(!list.text.contains("/servers/new"))
        #expect(list.text.contains("vsay-agent --host auth.example --token-file api-key.txt --dialect test"))
        // It is read as the id of a server.
        #expect(try await stage.ada.get("/account/servers/new").status == 404)
    }

    @Test("a realm without agents has none of their pages")
    func none() async throws {
        let stage = try Stage()
        try await stage.enrol()
        var browser = Browser(stage)
        _ = try await browser.signIn()
        #expect(try await browser.get("/account/agents").status == 404)
    }
}
