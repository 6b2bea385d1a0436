import CCurl
import WatchwordCore

/// Somebody who sends or gets mail: an address, and perhaps a name (RFC 5322 section 3.4).
public struct Mailbox: Hashable, Sendable {
    public var name: String?
    public var address: String

    public init(name: String? = nil, address: String) {
        self.name = name
        self.address = address
    }

    /// `Name <address>`, `"Name" <address>` or an address; nothing of anything that cannot be one.
    public init?(_ text: String) {
        let text = Identifier.trimmed(text)
        guard text.hasSuffix(">") else {
            guard Identifier.isEmail(text) else { return nil }
            self.init(address: text)
            return
        }
        guard let open = text.lastIndex(of: "<") else { return nil }
        let address = String(text[text.index(after: open)...].dropLast())
        var name = Identifier.trimmed(String(text[..<open]))
        if name.count > 1, name.hasPrefix("\""), name.hasSuffix("\"") { name = String(name.dropFirst().dropLast()) }
        guard Identifier.isEmail(address), !name.unicodeScalars.contains(where: { "<>\"".unicodeScalars.contains($0) })
        else { return nil }
        self.init(name: name.isEmpty ? nil : name, address: address)
    }

    /// What is before the `@`.
    var local: Substring { address.prefix { $0 != "@" } }

    /// What is behind it.
    var domain: String { address.firstIndex(of: "@").map { String(address[address.index(after: $0)...]) } ?? "" }

    /// Whether only systems that know internationalised mail (RFC 6531) can take mail for it.
    var isInternationalised: Bool { !local.utf8.allSatisfy { $0 < 0x80 } }

    /// The address with its domain in A-labels (RFC 5891), as the mail protocol writes it.
    /// Nothing if the domain cannot be one, or if something would not stay in its place in a command.
    var wire: String? {
        guard Identifier.isEmail(address), let host = watchword_curl_ascii_host(domain) else { return nil }
        defer { curl_free(host) }
        return "\(local)@\(String(cString: host))"
    }

    /// As a header field writes it: in ASCII wherever the address can be.
    var field: String {
        let shown = HeaderText.clean(isInternationalised ? address : wire ?? address)
        guard let name, !name.isEmpty else { return shown }
        return "\(HeaderText.phrase(name)) <\(shown)>"
    }
}
