import WatchwordCore

/// Text in header fields. Nothing put there can start another field: control characters become spaces.
enum HeaderText {
    static func clean(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { Identifier.isControl($0) ? " " : $0 }))
    }

    /// A subject: as it is if it is short ASCII, else in encoded words (RFC 2047 section 2).
    static func unstructured(_ text: String) -> String {
        let text = clean(text)
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) || text.utf8.count > 900 || text.contains("=?") else { return text }
        var words: [String] = []
        var piece: [UInt8] = []
        for character in text {
            // 45 bytes make 60 characters of base64, and with the frame a word of at most 75.
            if piece.count + character.utf8.count > 45, !piece.isEmpty {
                words.append(word(piece))
                piece = []
            }
            piece += Array(character.utf8)
        }
        words.append(word(piece))
        return words.joined(separator: "\r\n ")
    }

    /// `Name <address>` with the name encoded if it needs it; a bare address as it is.
    static func mailbox(_ text: String) -> String {
        let text = clean(text)
        guard let open = text.lastIndex(of: "<"), text.hasSuffix(">"), !text.utf8.allSatisfy({ $0 < 0x80 }) else {
            return text
        }
        return "\(unstructured(Identifier.trimmed(String(text[..<open])))) \(text[open...])"
    }

    private static func word(_ bytes: [UInt8]) -> String { "=?utf-8?B?\(base64(bytes))?=" }

    /// RFC 4648 section 4, padded, which differs from base64url in two characters and the padding.
    static func base64(_ bytes: [UInt8]) -> String {
        let text = TextEncoding.base64url.encode(bytes).map { character -> Character in
            switch character {
            case "-": "+"
            case "_": "/"
            default: character
            }
        }
        return String(text) + String(repeating: "=", count: (4 - text.count % 4) % 4)
    }
}
