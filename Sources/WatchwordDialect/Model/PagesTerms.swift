/// What the hosted pages of a realm say of the product that the dialect belongs to.
public struct PagesTerms: Sendable, Equatable {
    /// What people call the product; nothing for the realm's own name.
    public var name: String?
    /// What one agent is called: `server`, `machine`.
    public var agent: String
    /// What several are called, which is also the path segment of their pages: `/account/servers`.
    public var agents: String

    public init(name: String? = nil, agent: String = "agent", agents: String = "agents") {
        self.name = name
        self.agent = agent
        self.agents = agents
    }

    /// The path segments that pages have for themselves, which no agents can be called.
    public static let ownSegments: Set<String> = [
        "assets", "delete", "forgot-password", "keys", "password", "profile", "request-verification", "reset-password",
        "sessions", "sign-in", "sign-out", "sign-up", "signed-out", "verify-email",
    ]
}
