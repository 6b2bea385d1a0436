import WatchwordCore

/// Base64 of RFC 4648 section 4, with its padding or without.
enum Base64Text {
    static func text(_ bytes: [UInt8], padded: Bool = false) -> String {
        var text = TextEncoding.base64url(bytes).map(swapped)
        while padded, text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text without padding, or with just what it needs; nothing for any other text.
    static func bytes(_ text: some Collection<UInt8>) -> [UInt8]? {
        var digits = Array(text)
        if digits.last == UInt8(ascii: "=") {
            guard digits.count % 4 == 0 else { return nil }
            digits.removeLast()
            if digits.last == UInt8(ascii: "=") { digits.removeLast() }
        }
        return TextEncoding.base64urlBytes(digits.map(swapped))
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
