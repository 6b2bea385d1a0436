import WatchwordDialect

/// The pages of a person's agents, under what the realm calls them; none where it has none.
enum AgentRoutes {
    static func all(_ settings: SiteSettings, _ dialects: [Dialect]) -> [PageRoute] {
        guard let words = settings.agents else { return [] }
        let abilities = AgentAbilities(settings, dialects)
        let many = words.many
        var routes = [PageRoute(many, AgentsPage(abilities: abilities), nav: "agents")]
        if abilities.registers { routes.append(PageRoute("\(many)/new", NewAgentPage())) }
        routes.append(PageRoute("\(many)/{id}", AgentPage(abilities: abilities)))
        if abilities.hasKeys { routes.append(PageRoute("\(many)/{id}/keys", AgentKeysPage(abilities: abilities))) }
        routes.append(PageRoute("\(many)/{id}/connections", AgentConnectionsPage(abilities: abilities)))
        if abilities.shares {
            routes.append(PageRoute("\(many)/{id}/sharing", AgentSharingPage(abilities: abilities)))
        }
        if let terminal = settings.terminal {
            routes.append(
                PageRoute("\(many)/{id}/terminal", AgentTerminalPage(abilities: abilities, terminal: terminal)))
            routes.append(PageRoute("\(many)/{id}/ticket", AgentTicketPage(terminal: terminal)))
        }
        return routes
    }
}
