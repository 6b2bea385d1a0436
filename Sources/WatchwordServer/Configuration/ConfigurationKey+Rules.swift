import WatchwordCore
import WatchwordMail

extension ConfigurationKey.Kind {
    /// Whether a text can be a value of this kind; of a list, whether it can be an item.
    func accepts(_ text: String) -> Bool {
        switch self {
        case .text, .path, .dialects:
            !text.isEmpty && !text.unicodeScalars.contains(where: Identifier.isControl)
        case .integer(let range):
            Self.isNumber(text) && Int(text).map(range.contains) == true
        case .flag: text == "true" || text == "false"
        case .choice(let words): words.contains(text)
        case .host, .hosts: Self.isHost(text)
        case .mailbox: Mailbox(text) != nil
        case .origin, .origins: Self.isOrigin(text)
        case .networks: Self.isNetwork(text)
        case .urlPath:
            text.hasPrefix("/") && text.utf8.count <= 256 && !text.contains("//") && !text.contains("..")
                && text.utf8.allSatisfy { Self.isAlphanumeric($0) || "-_./".utf8.contains($0) }
        case .color:
            text.utf8.count == 7 && text.hasPrefix("#") && text.utf8.dropFirst().allSatisfy(Self.isHexadecimal)
        case .contact:
            text.utf8.count <= 512 && (text.hasPrefix("https://") ? Self.isPlainURL(text) : Identifier.isEmail(text))
        case .fieldName:
            (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { Self.isAlphanumeric($0) || $0 == 0x2D }
        }
    }

    private static func isNumber(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// A name of letters, digits, dots and hyphens, or an address.
    private static func isHost(_ text: String) -> Bool {
        guard (1...253).contains(text.utf8.count) else { return false }
        if text.contains(":") { return isIPv6(text) }
        return text.utf8.allSatisfy { isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    /// ASCII without spaces, quotes and angle brackets, and with a host.
    private static func isPlainURL(_ text: String) -> Bool {
        let rest = text.dropFirst("https://".count)
        return rest.first.map { $0.isLetter || $0.isNumber || $0 == "[" } == true
            && rest.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"\"'<>`\\{|}^".utf8.contains($0) }
    }

    /// The shape of RFC 4291 section 2.2, near enough to catch a slip; binding it is the system's to judge.
    private static func isIPv6(_ text: String) -> Bool {
        text.filter { $0 == ":" }.count >= 2
            && text.utf8.allSatisfy {
                (0x30...0x3A).contains($0) || (0x61...0x66).contains($0) || (0x41...0x46).contains($0) || $0 == 0x2E
            }
    }

    private static func isIPv4(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { isNumber(String($0)) && Int($0).map { $0 <= 255 } == true }
    }

    /// RFC 6454 section 6.1: scheme, host, and a port that is a number.
    private static func isOrigin(_ text: String) -> Bool {
        let rest: Substring
        if text.hasPrefix("https://") {
            rest = text.dropFirst(8)
        } else if text.hasPrefix("http://") {
            rest = text.dropFirst(7)
        } else {
            return false
        }
        if rest.hasPrefix("[") {
            guard let end = rest.firstIndex(of: "]") else { return false }
            let tail = rest[rest.index(after: end)...]
            return isIPv6(String(rest.dropFirst().prefix { $0 != "]" })) && (tail.isEmpty || isPort(tail.dropFirst()))
        }
        let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
        guard let host = parts.first, isHost(String(host)), parts.count <= 2 else { return false }
        return parts.count == 1 || isPort(parts[1])
    }

    private static func isPort(_ text: Substring) -> Bool {
        isNumber(String(text)) && Int(text).map { (1...65_535).contains($0) } == true
    }

    /// RFC 4632 section 3.1.
    private static func isNetwork(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let address = parts.first, parts.count <= 2 else { return false }
        let isSix = address.contains(":")
        guard isSix ? isIPv6(String(address)) : isIPv4(address) else { return false }
        guard parts.count == 2 else { return true }
        return isNumber(String(parts[1])) && Int(parts[1]).map { $0 <= (isSix ? 128 : 32) } == true
    }
}
