import Logging
import WatchwordCore
import WatchwordEngine

/// Everything an operator can decide, checked and complete.
public struct Configuration: Sendable, Equatable {
    /// Where everything durable is.
    public var dataDirectory = "./data"
    public var log = Log()
    /// Nothing where health and metrics are not served.
    public var admin: Address? = Address(host: "127.0.0.1", port: 9_091)
    public var hashing = Hashing()
    public var throttle = ThrottleLimits()
    public var sockets = Sockets()
    public var mail = MailSettings()
    public var reload = Reload.signal
    /// In the order written; at least one.
    public var realms: [RealmConfiguration] = []

    public init() {}

    public struct Log: Sendable, Equatable {
        public var level = Logger.Level.notice
        public var format = Format.text

        public enum Format: String, Sendable, CaseIterable { case text, json }

        public init() {}
    }

    /// Where to listen. Port 0 takes any free one.
    public struct Address: Sendable, Equatable {
        public var host: String
        public var port: Int

        public init(host: String, port: Int) {
            self.host = host
            self.port = port
        }

        /// Whether only this machine can reach it.
        public var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

        /// As it stands in a URL (RFC 3986 section 3.2.2).
        public var authority: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
    }

    /// What makes the server read its dialects again: SIGHUP and `watchword dialect reload`, or a changed file as well.
    public enum Reload: String, Sendable, CaseIterable { case signal, watch }

    /// The cost of a password hash, and how many at once.
    public struct Hashing: Sendable, Equatable {
        public var memoryKiB = 19_456
        public var iterations = 2
        /// Nothing for one a core.
        public var lanes: Int?
        public var queue = 64

        public init() {}
    }
}

/// What an operator decides of one realm. Where something is nothing, the dialect decides.
public struct RealmConfiguration: Sendable, Equatable {
    /// Lower-case letters, digits and hyphens: it names the realm in the store, in folders and in variables.
    public var name: String
    /// The dialect that commands use, and whose words refuse what no dialect knows.
    public var first: SpokenDialect
    /// The others on the same accounts, in order.
    public var others: [SpokenDialect] = []
    public var address: Configuration.Address
    public var publicURL: String?
    public var tls: TLSFiles?
    /// Networks whose forwarding fields are believed.
    public var trustedProxies: [String] = []
    public var forwardedField = ForwardedField.xForwardedFor
    public var corsOrigins: [String]?
    public var corsCredentials: Bool?
    public var requireHTTPS = true
    public var signUpOpen = true
    /// Whether people are mailed what happens to their accounts.
    public var sendsNotices = true
    public var requireVerified: Bool?
    public var refuseCommonPasswords: Bool?
    public var sessionLimit: Lifetime?
    public var forwardAuth: ForwardAuthConfiguration?
    public var pages = PagesConfiguration()
    public var mail = RealmMailSettings()

    public init(name: String, dialect: DialectLocation, address: Configuration.Address) {
        self.name = name
        first = SpokenDialect(name: RealmName.derived(from: dialect), location: dialect)
        self.address = address
    }

    public var dialects: [SpokenDialect] { [first] + others }

    /// The field in which trusted proxies state the client.
    public enum ForwardedField: String, Sendable, CaseIterable {
        case xForwardedFor = "x-forwarded-for"
        case forwarded
    }

    public struct TLSFiles: Sendable, Equatable {
        public var certificate: String
        public var key: String

        public init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// The origin that clients see, without a slash at its end.
    public var effectivePublicURL: String { publicURL ?? origin(of: address) }

    /// The same for one of its dialects.
    public func publicURL(of spoken: SpokenDialect) -> String {
        spoken.publicURL ?? spoken.address.map(origin) ?? effectivePublicURL
    }

    private func origin(of address: Configuration.Address) -> String {
        let scheme = tls == nil ? "http" : "https"
        if address.isLoopback || address.host == "0.0.0.0" || address.host == "::" {
            return "\(scheme)://localhost:\(address.port)"
        }
        return "\(scheme)://\(address.authority)"
    }
}
