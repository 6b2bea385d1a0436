import WatchwordCore

/// `scheme 1*SP credential`, the grammar of Authorization (RFC 9110 section 11.4).
enum AuthorizationField {
    /// The credential behind the scheme, which is compared without case and may itself hold spaces; nothing where
    /// another scheme or nothing stands there.
    static func credential(in value: String, scheme: String) -> String? {
        let bytes = value.utf8
        let count = scheme.utf8.count
        guard bytes.prefix(count).elementsEqual(scheme.utf8, by: { lower($0) == lower($1) }) else { return nil }
        let rest = bytes.dropFirst(count)
        guard rest.first == UInt8(ascii: " ") else { return nil }
        let credential = rest.drop { $0 == UInt8(ascii: " ") }
        guard !credential.isEmpty, !credential.contains(UInt8(ascii: " ")) else { return nil }
        return String(Substring(credential))
    }

    /// A name and a password (RFC 7617 section 2).
    struct Basic {
        var username: String
        var password: String

        subscript(part: BasicPart) -> String {
            switch part {
            case .username: username
            case .password: password
            }
        }
    }

    /// Of `Basic base64(name:password)` the two parts; nothing for another scheme, a text that is not strictly
    /// base 64 with its padding (RFC 4648 section 4), bytes that are not UTF-8, a control character, or no colon.
    static func basic(_ value: String) -> Basic? {
        guard let encoded = credential(in: value, scheme: "Basic"), encoded.utf8.count % 4 == 0,
            let bytes = Base64.paddedBytes(encoded.utf8), let text = String(validating: bytes, as: UTF8.self),
            !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }),
            let colon = text.utf8.firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        return Basic(username: String(text[..<colon]), password: String(text[text.utf8.index(after: colon)...]))
    }

    /// The field that says so.
    static func basic(username: String, password: String) -> String {
        "Basic " + Base64.text(Array("\(username):\(password)".utf8), padded: true)
    }

    private static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
