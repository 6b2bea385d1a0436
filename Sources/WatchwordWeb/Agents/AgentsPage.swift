import WatchwordCore

/// All agents that one has or is given a share of, and which of them are online.
struct AgentsPage: Page {
    let name = "agents"
    let needsAccount = true
    let methods = ["GET"]
    let abilities: AgentAbilities

    /// How many stand on a page.
    static let size: Int64 = 50

    func show(_ visit: Visit) async throws -> PageAnswer {
        let page = max(1, Int64(visit.query["page"] ?? "") ?? 1)
        let outcome = try await visit.perform(
            .listAgents, [(.page, .int(min(page, 1_000_000))), (.perPage, .int(Self.size))])
        guard let grant = outcome.output else { return .failed(404) }
        let many = visit.settings.agents?.many ?? "agents"
        var context: [String: Any] = [
            "agents": grant.agents.map { agent in
                AgentView.shown(agent).merging([
                    "href": visit.address("\(many)/\(PercentEncoding.component(agent.id.text))")
                ]) { own, _ in own }
            },
            "connect": abilities.connectContext(visit),
        ]
        if abilities.registers { context["new"] = visit.address("\(many)/new") }
        if let paging = grant.paging {
            if page > 1 { context["newer"] = visit.address("\(many)?page=\(page - 1)") }
            if paging.hasMore { context["older"] = visit.address("\(many)?page=\(page + 1)") }
        }
        return .page(name, context)
    }
}
