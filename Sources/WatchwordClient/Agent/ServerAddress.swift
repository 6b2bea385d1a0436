import Glibc

/// Where the server is, as `--host` says it.
struct ServerAddress: Hashable, Sendable {
    var isSecure: Bool
    /// A name, or an address without brackets.
    var host: String
    var port: Int
    /// What stands before every path of the dialect: empty, or `/prefix`.
    var prefix: String

    /// Reads a name, `name:port` or a URL (http, https, ws, wss). Without a scheme it is https, and with `insecure` http.
    ///
    /// Throws `AgentFailure` for what is none of these, and for http to anything but this machine: a key would be
    /// readable on the way.
    init(_ text: String, insecure: Bool) throws {
        var rest = text[...]
        var scheme: String?
        if let mark = text.firstRange(of: "://") {
            scheme = text[..<mark.lowerBound].lowercased()
            rest = text[mark.upperBound...]
        }
        switch scheme {
        case nil: isSecure = !insecure
        case "https", "wss": isSecure = true
        case "http", "ws": isSecure = false
        default: throw Self.unreadable(text, "its scheme is none of https, wss, http, ws")
        }
        guard !rest.contains(where: { "?#@".contains($0) || $0.isWhitespace }) else {
            throw Self.unreadable(text, "it may hold a name, a port and a path only")
        }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        var prefix = rest[slash...]
        while prefix.hasSuffix("/") { prefix.removeLast() }
        self.prefix = String(prefix)
        guard let (host, port) = Self.authority(rest[..<slash]) else {
            throw Self.unreadable(text, "write a name, as in auth.example.com or auth.example.com:8443")
        }
        self.host = host
        self.port = port ?? (isSecure ? 443 : 80)
        if !isSecure {
            guard isLoopback else {
                throw AgentFailure(
                    .configuration,
                    "--host \(text) is not this machine, and without TLS its API key would be readable on the way: "
                        + "use https, with --ca FILE for a private authority")
            }
            guard insecure else {
                throw AgentFailure(
                    .configuration, "--host \(text) is without TLS: add --insecure to say that this is meant")
            }
        }
    }

    /// What stands in the `Host` field: the port only where it is not the scheme's own (RFC 9110 section 7.2).
    var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }

    /// The one spelling of this address: `https://auth.example.com`.
    var origin: String { "\(isSecure ? "https" : "http")://\(authority)\(prefix)" }

    /// Whether it is an address and not a name.
    var isNumeric: Bool {
        var four = in_addr()
        var six = in6_addr()
        return inet_pton(AF_INET, host, &four) == 1 || inet_pton(AF_INET6, host, &six) == 1
    }

    /// This machine itself: 127.0.0.0/8, ::1, `localhost` (RFC 6761 section 6.3).
    var isLoopback: Bool {
        var four = in_addr()
        if inet_pton(AF_INET, host, &four) == 1 { return UInt32(bigEndian: four.s_addr) >> 24 == 127 }
        return host == "::1" || host == "localhost" || host.hasSuffix(".localhost")
    }

    private static func authority(_ text: Substring) -> (host: String, port: Int?)? {
        var host = text
        var port: Int?
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            var address = in6_addr()
            guard inet_pton(AF_INET6, String(host), &address) == 1 else { return nil }
            if !rest.isEmpty {
                guard let number = number(rest.dropFirst()) else { return nil }
                port = number
            }
            return (host.lowercased(), port)
        }
        if let colon = text.firstIndex(of: ":") {
            host = text[..<colon]
            guard let number = number(text[text.index(after: colon)...]) else { return nil }
            port = number
        }
        let isName = host.utf8.allSatisfy {
            switch $0 {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
            default: false
            }
        }
        return isName && !host.isEmpty && host.utf8.count <= 253 ? (host.lowercased(), port) : nil
    }

    private static func number(_ text: Substring) -> Int? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text),
            (1...65_535).contains(number)
        else { return nil }
        return number
    }

    private static func unreadable(_ text: String, _ why: String) -> AgentFailure {
        AgentFailure(.configuration, "--host \(text) cannot be read: \(why)")
    }
}
