/// Base64 of RFC 4648 section 4.
public enum Base64 {
    public static func text(_ bytes: [UInt8], padded: Bool = false) -> String {
        var text = TextEncoding.base64url(bytes).map(swapped)
        while padded, text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text without padding; nothing for any other text.
    public static func bytes(_ text: some Collection<UInt8>) -> [UInt8]? {
        TextEncoding.base64urlBytes(text.map(swapped))
    }

    /// The bytes of a text with just the padding that it needs, or with none.
    public static func paddedBytes(_ text: some Collection<UInt8>) -> [UInt8]? {
        let digits = text.prefix { $0 != UInt8(ascii: "=") }
        let padding = text.count - digits.count
        guard padding == 0 || padding <= 2 && text.count % 4 == 0,
            text.suffix(padding).allSatisfy({ $0 == UInt8(ascii: "=") })
        else { return nil }
        return bytes(digits)
    }

    /// The two characters in which the alphabets of RFC 4648 sections 4 and 5 differ, each for the other.
    private static func swapped(_ character: UInt8) -> UInt8 {
        switch character {
        case UInt8(ascii: "+"): UInt8(ascii: "-")
        case UInt8(ascii: "-"): UInt8(ascii: "+")
        case UInt8(ascii: "/"): UInt8(ascii: "_")
        case UInt8(ascii: "_"): UInt8(ascii: "/")
        default: character
        }
    }
}
