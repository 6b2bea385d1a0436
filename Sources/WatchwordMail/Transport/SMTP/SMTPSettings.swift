import WatchwordCore

/// A mail server that takes mail, and how it is spoken to.
public struct SMTPSettings: Sendable, Equatable {
    public var host: String
    /// Nothing for the port that goes with `security`.
    public var port: Int?
    public var security = Security.starttls
    /// With a password, whom to sign in as (RFC 4954, PLAIN or LOGIN).
    public var username: String?
    public var password: Secret?
    /// The authorities that may vouch for the server, as PEM; nothing for the system's.
    public var authorityFile: String?
    /// How long one mail may take, connecting included, in seconds.
    public var timeout = 30
    /// How much of that may pass until the server has greeted us, in seconds.
    public var connectTimeout = 15
    /// For how long a connection may be idle and still take the next mail, in seconds. Servers hang up after minutes.
    public var longestIdle = 60
    /// What we call ourselves (RFC 5321 section 4.1.1.1); nothing for the machine's name.
    public var greeting: String?

    /// How the connection is kept private.
    public enum Security: String, Sendable, CaseIterable {
        /// It begins in the clear, and goes no further than that if the server does not offer TLS (RFC 3207).
        case starttls
        /// From the first byte on (RFC 8314 section 3.3).
        case tls
        /// Not at all: to a server on this machine only.
        case none
    }

    public init(host: String) { self.host = host }

    public var effectivePort: Int {
        if let port { return port }
        return switch security {
        case .starttls: 587
        case .tls: 465
        case .none: 25
        }
    }

    /// Whether only this machine can be there.
    public var isLoopback: Bool {
        if host == "localhost" || host == "::1" { return true }
        // A name may begin like an address, and be anywhere.
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt8($0) != nil }
    }

    /// As libcurl is told. What stands behind the slash is our greeting.
    var url: String {
        let authority = host.contains(":") ? "[\(host)]" : host
        let scheme = security == .tls ? "smtps" : "smtp"
        return "\(scheme)://\(authority):\(effectivePort)/\(greeting ?? "")"
    }

    /// `mail.example.com:587`, for messages to the operator.
    public var name: String { "\(host):\(effectivePort)" }
}
