/// Finds, in what a person types, what is meant for this program: a tilde at the start of a line and what follows it.
struct EscapeReader {
    enum Meaning: Hashable {
        case bytes([UInt8])
        /// `~.`
        case leave
        /// `~?`
        case help
    }

    private var isLineStart = true
    private var hasTilde = false

    /// What was typed next, in order. A tilde is held back until it is known what it is; `~~` is one, and a tilde
    /// before anything else is typed as it stands.
    mutating func take(_ typed: [UInt8]) -> [Meaning] {
        var meanings: [Meaning] = []
        var bytes: [UInt8] = []
        func passed(_ meaning: Meaning) {
            if !bytes.isEmpty { meanings.append(.bytes(bytes)) }
            bytes = []
            meanings.append(meaning)
        }
        for byte in typed {
            if hasTilde {
                hasTilde = false
                switch byte {
                case UInt8(ascii: "."): passed(.leave)
                case UInt8(ascii: "?"):
                    // Nothing was typed, so it is still the start of the line.
                    passed(.help)
                    continue
                case UInt8(ascii: "~"): bytes.append(byte)
                default: bytes += [UInt8(ascii: "~"), byte]
                }
                isLineStart = Self.endsLine(byte)
            } else if isLineStart, byte == UInt8(ascii: "~") {
                hasTilde = true
            } else {
                bytes.append(byte)
                isLineStart = Self.endsLine(byte)
            }
        }
        if !bytes.isEmpty { meanings.append(.bytes(bytes)) }
        return meanings
    }

    private static func endsLine(_ byte: UInt8) -> Bool { byte == 13 || byte == 10 }
}
