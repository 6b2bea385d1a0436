import WatchwordCore

/// Text in header fields. Nothing put there can start another field: control characters become spaces.
enum HeaderText {
    static func clean(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { Identifier.isControl($0) ? " " : $0 }))
    }

    /// A subject: as it is if it is short ASCII, else in encoded words (RFC 2047 section 2).
    static func unstructured(_ text: String) -> String {
        let text = clean(text)
        guard !isASCII(text) || text.utf8.count > 900 || text.contains("=?") else { return text }
        return encoded(text)
    }

    /// A name before an address: as it is if it is of plain words, quoted if only ASCII, else in encoded words.
    static func phrase(_ text: String) -> String {
        let text = clean(text)
        guard isASCII(text), text.utf8.count <= 200, !text.contains("=?") else { return encoded(text) }
        let isPlain: (UInt8) -> Bool = { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || " !#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
        }
        if text.utf8.allSatisfy(isPlain) { return text }
        return "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }

    private static func isASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } }

    private static func encoded(_ text: String) -> String {
        var words: [String] = []
        var piece: [UInt8] = []
        // By scalars, for a character may be longer than any word.
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            // 45 bytes make 60 characters of base64, and with the frame a word of at most 75.
            if piece.count + bytes.count > 45 {
                words.append(word(piece))
                piece = []
            }
            piece += bytes
        }
        words.append(word(piece))
        return words.joined(separator: "\r\n ")
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
