/// The pages of a person's agents, whatever the realm calls them.
enum AgentRoutes {
    static func all(_ settings: SiteSettings) -> [PageRoute] { [] }
}
