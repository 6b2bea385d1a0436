/// A login handle: an address or a username.
public enum Identifier: Hashable, Sendable {
    case email(String)
    case username(String)

    public enum Kind: String, Hashable, Sendable, CaseIterable { case email, username }

    /// The form under which identifiers are unique and looked up: trimmed of ASCII space and lower-cased.
    public var key: String {
        switch self {
        case .email(let text), .username(let text): Identifier.key(text)
        }
    }

    public static func key(_ text: String) -> String { trimmed(text).lowercased() }

    /// `text` without ASCII spaces, tabs and line ends at its ends.
    public static func trimmed(_ text: String) -> String {
        let blank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        let bytes = text.utf8
        guard let first = bytes.firstIndex(where: { !blank($0) }), let last = bytes.lastIndex(where: { !blank($0) })
        else { return "" }
        return String(Substring(bytes[first...last]))
    }

    /// Whether `text` (trimmed) can be an address: RFC 5321 lengths, one `@`, a dotted or single-label domain
    /// without empty labels, and no space or control character. Deliverability is the mail's to find out.
    public static func isEmail(_ text: String) -> Bool {
        guard text.utf8.count <= 254, text.allSatisfy(isWhole) else { return false }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.count <= 64, !parts[1].isEmpty else { return false }
        for scalar in text.unicodeScalars
        where scalar.properties.isWhitespace || isControl(scalar) || "<>()[],;:\\\"".unicodeScalars.contains(scalar) {
            return false
        }
        if parts[0].hasPrefix(".") || parts[0].hasSuffix(".") || parts[0].contains("..") { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.allSatisfy { !$0.isEmpty && $0.utf8.count <= 63 && !$0.hasPrefix("-") && !$0.hasSuffix("-") }
    }

    /// Whether the character is no `@`, `.` or `-` with a combining mark: Swift takes such a pair for another character,
    /// and a mail server still sees the first of it.
    private static func isWhole(_ character: Character) -> Bool {
        let scalars = character.unicodeScalars
        return scalars.count == 1 || !scalars.contains { $0 == "@" || $0 == "." || $0 == "-" }
    }

    /// Whether `text` can be a username: 1 to 64 characters, no `@`, no control or format character, not padded.
    public static func isUsername(_ text: String) -> Bool {
        guard (1...64).contains(text.count), text.utf8.count <= 256, trimmed(text) == text else { return false }
        return !text.unicodeScalars.contains { $0 == "@" || isControl($0) }
    }

    /// Control, format, surrogate and line-separating characters, which have no place in a name.
    public static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
        default: false
        }
    }
}
