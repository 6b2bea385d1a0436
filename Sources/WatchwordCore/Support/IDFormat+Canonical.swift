extension IDFormat {
    /// The one form under which an id of this format is kept, for a text that another system wrote: a UUID without its
    /// hyphens or in capitals is the same id. Nothing for a text that is no such id.
    public func canonical(_ text: String) -> String? {
        switch self {
        case .integer:
            guard let number = Int64(text), number > 0, String(number) == text else { return nil }
            return text
        case .uuid:
            let digits = Array(text.lowercased().utf8)
            let hyphens = [8, 13, 18, 23]
            let isHyphenated = digits.count == 36 && hyphens.allSatisfy { digits[$0] == UInt8(ascii: "-") }
            let bare =
                isHyphenated ? digits.enumerated().filter { !hyphens.contains($0.offset) }.map(\.element) : digits
            guard Self.isHex(bare, count: 32) else { return nil }
            return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
                .map { String(decoding: bare[$0], as: UTF8.self) }.joined(separator: "-")
        case .cuid:
            let isCUID =
                text.utf8.count == 25 && text.hasPrefix("c")
                && text.utf8.allSatisfy { character in
                    (0x30...0x39).contains(character) || (0x61...0x7A).contains(character)
                }
            return isCUID ? text : nil
        case .objectID: return Self.hex(text, count: 24)
        case .hex32: return Self.hex(text, count: 32)
        case .custom(let alphabet, let length, let prefix):
            // By bytes: as a Character, U+212A is a K.
            guard text.utf8.starts(with: prefix.utf8) else { return nil }
            let rest = text.utf8.dropFirst(prefix.utf8.count)
            return rest.count == length && rest.allSatisfy(alphabet.utf8.contains) ? text : nil
        }
    }

    private static func hex(_ text: String, count: Int) -> String? {
        let digits = Array(text.lowercased().utf8)
        return isHex(digits, count: count) ? String(decoding: digits, as: UTF8.self) : nil
    }

    private static func isHex(_ digits: [UInt8], count: Int) -> Bool {
        digits.count == count
            && digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
