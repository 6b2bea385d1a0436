import WatchwordCore

/// One agent as all its pages show it: its head and its tabs.
struct AgentView {
    let agent: Agent
    let abilities: AgentAbilities

    /// What stands under the agent's name.
    enum Tab: String { case overview, keys, connections, sharing, terminal }

    /// The agent that the path names; nothing where it is nobody's, or another's and not shared. All alike are 404.
    static func find(_ visit: Visit, _ abilities: AgentAbilities) async throws -> AgentView? {
        let outcome = try await visit.perform(.getAgent, [(.id, .string(visit.places["id"] ?? ""))])
        return outcome.output?.agent.map { AgentView(agent: $0, abilities: abilities) }
    }

    /// The agent, if it is the caller's own: only an owner changes it.
    static func own(_ visit: Visit, _ abilities: AgentAbilities) async throws -> AgentView? {
        try await find(visit, abilities).flatMap { $0.agent.isShared ? nil : $0 }
    }

    /// The path of a tab below the site's prefix.
    func path(_ tab: Tab, _ visit: Visit) -> String {
        let path = "\(visit.settings.agents?.many ?? "agents")/\(PercentEncoding.component(agent.id.text))"
        return tab == .overview ? path : "\(path)/\(tab.rawValue)"
    }

    /// The context that the head and the tabs read, with a page's own.
    func context(_ tab: Tab, _ visit: Visit, _ own: [String: Any] = [:]) -> [String: Any] {
        var context = own
        context["agent"] = Self.shown(agent)
        context["action"] = visit.address(path(tab, visit))
        context["tabs"] = tabs.map { each -> [String: Any] in
            [
                "href": visit.address(path(each, visit)), "label": "words.agent_tab.\(each.rawValue)",
                "current": each == tab,
            ]
        }
        return context
    }

    private var tabs: [Tab] {
        var tabs: [Tab] = [.overview]
        if abilities.hasKeys, !agent.isShared { tabs.append(.keys) }
        if !agent.isShared { tabs.append(.connections) }
        if abilities.shares, !agent.isShared { tabs.append(.sharing) }
        if abilities.hasTerminal { tabs.append(.terminal) }
        return tabs
    }

    /// An agent for templates.
    static func shown(_ agent: Agent) -> [String: Any] {
        var context: [String: Any] = [
            "id": agent.id.text, "name": agent.name, "online": agent.online, "shared": agent.isShared,
            "created": WatchwordWeb.shown(agent.createdAt),
        ]
        if let seen = agent.lastSeenAt { context["seen"] = WatchwordWeb.shown(seen) }
        if agent.online, let since = agent.connectedAt { context["since"] = WatchwordWeb.shown(since) }
        if let address = agent.lastAddress { context["address"] = address }
        if let version = agent.version { context["version"] = version }
        return context
    }
}
