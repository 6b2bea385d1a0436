import WatchwordDialect

extension PagesTerms {
    /// In a line: `ChatOps; agents are called "server" and "servers"`.
    var words: String {
        let agents = self == PagesTerms(name: name) ? "" : "; agents are called \"\(agent)\" and \"\(self.agents)\""
        return (name ?? "named after the realm") + agents
    }
}
