import WatchwordCore
import WatchwordEngine

/// The open sockets of an agent and of those who have a terminal on it; its owner closes them here.
struct AgentConnectionsPage: Page {
    let name = "agent-connections"
    let needsAccount = true
    let abilities: AgentAbilities

    func show(_ visit: Visit) async throws -> PageAnswer {
        guard let view = try await AgentView.own(visit, abilities),
            let connections = try await visit.engine.connections(ofAgent: view.agent.id, visit.caller).output
        else { return .failed(404) }
        return .page(name, view.context(.connections, visit, ["connections": connections.map(shown)]))
    }

    func submit(_ visit: Visit) async throws -> PageAnswer {
        guard let view = try await AgentView.own(visit, abilities) else { return .failed(404) }
        // One that has gone meanwhile is closed as was asked.
        if let number = visit.form["number"].flatMap({ UInt64($0) }) {
            _ = try await visit.engine.closeConnection(number, ofAgent: view.agent.id, visit.caller)
        }
        return .redirect(view.path(.connections, visit), done: "connection_closed")
    }

    private func shown(_ connection: AgentConnection) -> [String: Any] {
        let record = connection.record
        var context: [String: Any] = [
            "number": String(record.number), "is_agent": record.role == .agent, "address": record.address.text,
            "since": WatchwordWeb.shown(record.openedAt),
        ]
        if let client = record.client { context["client"] = client }
        if let key = connection.key { context["key"] = key.name ?? key.hint }
        if let account = connection.account {
            context["who"] = account.username ?? account.email ?? account.id.text
        }
        return context
    }
}
