import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordWeb

/// A realm whose agents are servers, with keys of their own and a terminal, and two people signed in.
struct AgentStage {
    let stage: Stage
    var ada: Browser
    var eve: Browser

    init(dialect change: (inout Dialect) -> Void = { _ in }) async throws {
        stage = try Stage(
            settings: { settings in
                settings.agents = AgentWords(one: "server", many: "servers")
                settings.terminal = TerminalAddress(path: "/api/terminal/{agent}/ws", ticket: "ticket")
            },
            terms: { terms in
                terms.apiKeys = APIKeyTerms()
                terms.apiKeys?.prefix = "chatops_"
                terms.apiKeys?.boundToAgent = true
            },
            dialect: { dialect in
                var register = Route(
                    method: "POST", path: [.literal("servers")], operation: .registerAgent, reply: Reply(status: 201))
                register.carriers = [Carrier(.header("authorization", scheme: "Bearer"), takes: .access)]
                dialect.routes += [
                    register,
                    Route(method: "POST", path: [.literal("share")], operation: .shareAgent, reply: Reply(status: 200)),
                ]
                change(&dialect)
            })
        ada = Browser(stage)
        eve = Browser(stage)
        try await stage.enrol()
        try await stage.enrol("eve@example.org")
        _ = try await ada.signIn()
        _ = try await eve.signIn("eve@example.org")
    }

    /// Makes a server by the page, as Ada, and gives its address.
    mutating func makeServer(_ name: String = "web-1") async throws -> String {
        let made = try await ada.submit("/account/servers/new", [("name", name)])
        guard let location = made.location, made.status == 303 else {
            throw Fault(.invariant, "the page made no server: \(made.status)")
        }
        return String(location.prefix { $0 != "?" })
    }

    /// Sends one of the forms of a page of Ada's, with that page's token.
    mutating func submit(_ page: String, _ fields: [(String, String)]) async throws -> WireResponse {
        let shown = try await ada.get(page)
        let token = Browser.hidden(in: shown, action: page).filter { $0.0 == "form" }
        return try await ada.post(page, token + fields)
    }

    /// The ids of the keys on a page.
    static func keys(in response: WireResponse) -> [String] {
        var ids: [String] = []
        for part in response.text.split(separator: "name=\"id\" value=\"").dropFirst() {
            let id = String(part.prefix { $0 != "\"" })
            if !ids.contains(id) { ids.append(id) }
        }
        return ids
    }

    /// The secret that a page shows.
    static func secret(in response: WireResponse) -> String? {
        let parts = response.text.split(separator: "<code id=\"secret\" tabindex=\"0\">")
        return parts.count == 2 ? String(parts[1].prefix { $0 != "<" }) : nil
    }
}
