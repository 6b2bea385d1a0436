import WatchwordDialect

/// How a realm answers reverse proxies that ask whom to let pass.
public struct ForwardAuthSettings: Sendable, Equatable {
    /// Where on the realm's listener they ask.
    public var path: String
    /// Where the application's clients carry their credentials.
    public var carriers: [Carrier]
    public var headers = Headers()
    /// The role that every account must have; nothing for any.
    public var role: String?
    /// Whether the address of every account must be verified.
    public var requiresVerified = false

    public init(path: String, carriers: [Carrier]) {
        self.path = path
        self.carriers = carriers
    }

    /// The fields in which the proxy is told who it is.
    public struct Headers: Sendable, Equatable {
        public var userID = "X-Auth-User-Id"
        public var email = "X-Auth-Email"
        public var emailVerified = "X-Auth-Email-Verified"
        public var username = "X-Auth-Username"
        public var role = "X-Auth-Role"
        public var session = "X-Auth-Session"

        public init() {}
    }
}
