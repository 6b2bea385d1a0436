import WatchwordCore

extension OpaqueFormat {
    /// A new random text of this format; every one is as likely as any other.
    func text(_ random: any RandomSource) -> String {
        switch content {
        case .bytes(let count, let encoding): prefix + encoding.encode(random.bytes(count))
        case .letters(let alphabet, let length): prefix + random.characters(length, of: Array(alphabet))
        case .uuid: prefix + random.uuid()
        }
    }

    /// Whether `text` can have made this: nothing else is worth a look at the store.
    func canHaveMade(_ text: Secret) -> Bool {
        let prefix = Array(self.prefix.utf8)
        guard text.bytes.starts(with: prefix) else { return false }
        let rest = text.bytes.dropFirst(prefix.count)
        switch content {
        case .bytes(let count, let encoding):
            // No encoding takes more than two characters a byte.
            return rest.count <= count * 2 && encoding.decode(rest, count: count) != nil
        case .letters(let alphabet, let length):
            let letters = Array(alphabet.utf8)
            return rest.count == length && rest.allSatisfy { letters.contains($0) }
        case .uuid: return isUUID(Array(rest))
        }
    }

    /// RFC 9562 section 5.4, in lower case as we write it.
    private func isUUID(_ text: [UInt8]) -> Bool {
        guard text.count == 36 else { return false }
        return text.enumerated().allSatisfy { index, character in
            switch index {
            case 8, 13, 18, 23: character == UInt8(ascii: "-")
            case 14: character == UInt8(ascii: "4")
            case 19: "89ab".utf8.contains(character)
            default: (0x30...0x39).contains(character) || (0x61...0x66).contains(character)
            }
        }
    }
}

extension RandomSource {
    /// RFC 9562 section 5.4.
    func uuid() -> String {
        var bytes = bytes(16)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let hex = Array(TextEncoding.hex.encode(bytes))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(hex[$0]) }.joined(separator: "-")
    }

    /// Characters drawn evenly: a byte that would favour the first ones is drawn again.
    func characters(_ count: Int, of alphabet: [Character]) -> String {
        precondition(!alphabet.isEmpty && alphabet.count <= 256, "an alphabet has 1 to 256 characters")
        let limit = 256 / alphabet.count * alphabet.count
        var text = ""
        var drawn = 0
        while drawn < count {
            for byte in bytes(count - drawn) where Int(byte) < limit {
                text.append(alphabet[Int(byte) % alphabet.count])
                drawn += 1
            }
        }
        return text
    }
}
