/// The proxies whose word about the client is taken, and the header field they state it in.
///
/// Only one field is read: a proxy overwrites or extends the one it knows and passes the other on as the
/// client wrote it, so that reading both would let any client choose its address.
public struct TrustedProxies: Hashable, Sendable {
    public var blocks: [AddressBlock]
    public var field: Field

    public enum Field: String, Hashable, Sendable, CaseIterable {
        /// `X-Forwarded-For` with `X-Forwarded-Proto`.
        case xForwardedFor = "x-forwarded-for"
        /// `Forwarded` (RFC 7239).
        case forwarded
    }

    public init(_ blocks: [AddressBlock] = [], field: Field = .xForwardedFor) {
        self.blocks = blocks
        self.field = field
    }

    func trust(_ address: IPAddress) -> Bool { blocks.contains { $0.contains(address) } }

    /// Who the client is: the peer, or behind trusted proxies the right-most hop that is not one.
    ///
    /// Everything left of that hop was written by the client and is not read. A hop that is no address
    /// (`unknown`, `_hidden`) ends the walk at the last one known.
    func client(of peer: Peer, headers: [(name: String, value: String)]) -> Client {
        var client = Client(address: peer.address, transport: peer.isEncrypted ? .encrypted : .unstated)
        guard let address = peer.address, trust(address) else { return client }
        let hops = hops(in: headers)
        for hop in hops.reversed() {
            guard let address = hop.address else { break }
            client.address = address
            if !trust(address) { break }
        }
        // One hop in clear is enough to read a password on the way, so all that are stated must be encrypted.
        let schemes = schemes(in: headers, hops)
        if !schemes.isEmpty { client.transport = schemes.allSatisfy { $0 == "https" } ? .encrypted : .plain }
        return client
    }

    private struct Hop {
        var address: IPAddress?
        var scheme: String?
    }

    private func hops(in headers: [(name: String, value: String)]) -> [Hop] {
        headers.lazy.filter { $0.name == field.rawValue }
            .flatMap { Self.elements($0.value) }
            .map { element in
                switch field {
                case .xForwardedFor: Hop(address: Self.node(element))
                case .forwarded: Self.forwarded(element)
                }
            }
    }

    private func schemes(in headers: [(name: String, value: String)], _ hops: [Hop]) -> [String] {
        switch field {
        case .forwarded: hops.compactMap(\.scheme)
        case .xForwardedFor:
            headers.filter { $0.name == "x-forwarded-proto" }.flatMap { Self.elements($0.value) }.map {
                $0.lowercased()
            }
        }
    }

    /// The elements of a comma-separated list, without blanks around them; quoted commas are no separators in it.
    private static func elements(_ value: String) -> [Substring] {
        list(value[...], separator: ",").filter { !$0.isEmpty }
    }

    /// `for=192.0.2.60;proto=http;by=203.0.113.43`
    private static func forwarded(_ element: Substring) -> Hop {
        var hop = Hop()
        for pair in list(element, separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let value =
                parts[1].hasPrefix("\"") && parts[1].hasSuffix("\"") ? parts[1].dropFirst().dropLast() : parts[1]
            switch parts[0].lowercased() {
            case "for": hop.address = node(value)
            case "proto": hop.scheme = value.lowercased()
            default: break
            }
        }
        return hop
    }

    /// An address, perhaps in brackets, perhaps with a port (RFC 7239 section 6).
    private static func node(_ text: Substring) -> IPAddress? {
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            return IPAddress(text[text.index(after: text.startIndex)..<end])
        }
        if text.contains("."), let colon = text.firstIndex(of: ":"), text.firstIndex(of: ":") == text.lastIndex(of: ":")
        {
            return IPAddress(text[..<colon])
        }
        return IPAddress(text)
    }

    private static func list(_ text: Substring, separator: Character) -> [Substring] {
        var parts: [Substring] = []
        var start = text.startIndex
        var quoted = false
        for index in text.indices {
            if text[index] == "\"" { quoted.toggle() }
            if text[index] == separator, !quoted {
                parts.append(text[start..<index])
                start = text.index(after: index)
            }
        }
        parts.append(text[start...])
        return parts.map { part in
            let blank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
            var part = part.drop(while: blank)
            while let last = part.last, blank(last) { part.removeLast() }
            return part
        }
    }
}
