import WatchwordCore

/// How a realm's pages look and where they are.
public struct SiteSettings: Sendable {
    /// What people call the product; it stands on every page.
    public var name: String
    /// The pages' prefix, with a slash before and none behind: `/account`.
    public var path: String
    /// The realm's public origin, without a slash at its end.
    public var publicURL: String
    public var logo: Logo?
    /// The colour of buttons and links as `#rrggbb`; nothing for ours.
    public var accent: String?
    /// Where people ask for help: an address or an `https:` URL.
    public var support: String?
    /// How long a sign-in on pages lasts.
    public var sessionLifetime: Lifetime
    /// What agents are called; nothing for a realm that has none.
    public var agents: AgentWords?
    /// Where a person's terminal is; nothing for a realm without one.
    public var terminal: TerminalAddress?
    /// The realm's own words; without any the pages are in English.
    public var words = PageWords()

    public init(name: String, path: String = "/account", publicURL: String) {
        self.name = name
        self.path = path
        self.publicURL = publicURL
        sessionLifetime = .hours(12)
    }

    /// A picture as its file has it.
    public struct Logo: Sendable, Hashable {
        public var bytes: [UInt8]
        /// `image/svg+xml`, `image/png`, `image/jpeg` or `image/webp`.
        public var type: String

        public init(bytes: [UInt8], type: String) {
            self.bytes = bytes
            self.type = type
        }
    }
}

/// What an agent is called, and its pages' path: server and servers, machine and machines.
public struct AgentWords: Sendable, Hashable {
    public var one: String
    public var many: String

    public init(one: String = "agent", many: String = "agents") {
        self.one = one
        self.many = many
    }
}

/// The socket of a person's terminal on an agent.
public struct TerminalAddress: Sendable, Hashable {
    /// The path, as clients open it, with `{agent}` where the agent's id goes.
    public var path: String
    /// The query parameter that holds the ticket.
    public var ticket: String

    public init(path: String, ticket: String) {
        self.path = path
        self.ticket = ticket
    }
}
