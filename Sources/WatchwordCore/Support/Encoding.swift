/// Text forms of bytes: hexadecimal, base 62, and base64url of RFC 4648 section 5 without padding.
public enum TextEncoding: String, Hashable, Sendable, CaseIterable {
    case hex, base62, base64url

    /// The text of `bytes`. Base 62 has a fixed width for a given count, so lengths tell nothing.
    public func encode(_ bytes: [UInt8]) -> String {
        switch self {
        case .hex: Self.hexText(bytes)
        case .base62: Self.base62Text(bytes)
        case .base64url: Self.base64urlText(bytes)
        }
    }

    /// The bytes of a text that `encode` can have made for `count` bytes; nothing for any other text.
    public func decode(_ text: some Collection<UInt8>, count: Int) -> [UInt8]? {
        let bytes: [UInt8]? =
            switch self {
            case .hex: Self.hexBytes(text)
            case .base62: Self.base62Bytes(text, count: count)
            case .base64url: Self.base64urlBytes(text)
            }
        guard let bytes, bytes.count == count else { return nil }
        return bytes
    }

    // MARK: Hexadecimal

    private static let hexDigits = Array("0123456789abcdef".utf8)

    private static func hexText(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(hexDigits[Int(byte >> 4)])
            text.append(hexDigits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func hexBytes(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in text {
            let digit: UInt8
            switch character {
            case 0x30...0x39: digit = character - 0x30
            case 0x61...0x66: digit = character - 0x61 + 10
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return bytes
    }

    // MARK: Base 62

    private static let base62Digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// Digits that `count` bytes need: log(256) / log(62) is a little under 1.3437.
    private static func base62Width(_ count: Int) -> Int { (count * 13_437 + 9_999) / 10_000 }

    private static func base62Text(_ bytes: [UInt8]) -> String {
        var number = bytes
        var digits: [UInt8] = []
        for _ in 0..<base62Width(bytes.count) {
            var remainder = 0
            for index in number.indices {
                let dividend = remainder << 8 | Int(number[index])
                number[index] = UInt8(dividend / 62)
                remainder = dividend % 62
            }
            digits.append(base62Digits[remainder])
        }
        return String(decoding: digits.reversed(), as: UTF8.self)
    }

    private static func base62Bytes(_ text: some Collection<UInt8>, count: Int) -> [UInt8]? {
        guard text.count == base62Width(count) else { return nil }
        var number = [UInt8](repeating: 0, count: count)
        for character in text {
            guard let digit = base62Digits.firstIndex(of: character) else { return nil }
            var carry = digit
            for index in number.indices.reversed() {
                let product = Int(number[index]) * 62 + carry
                number[index] = UInt8(product & 255)
                carry = product >> 8
            }
            guard carry == 0 else { return nil }
        }
        return number
    }

    // MARK: Base64url

    private static let base64Digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// The value of each base64url character, 255 for any other byte.
    private static let base64Values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, character) in base64Digits.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    private static func base64urlText(_ bytes: [UInt8]) -> String {
        String(decoding: base64url(bytes), as: UTF8.self)
    }

    /// The base64url characters of `bytes`, unpadded (RFC 7515 section 2).
    public static func base64url(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3)
        var buffer: UInt32 = 0
        var bits = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(base64Digits[Int(buffer >> UInt32(bits) & 63)])
            }
        }
        if bits > 0 { text.append(base64Digits[Int(buffer << UInt32(6 - bits) & 63)]) }
        return text
    }

    /// The bytes of an unpadded base64url text; nothing if a character, the length or a spare bit is wrong.
    public static func base64urlBytes(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var buffer: UInt32 = 0
        var bits = 0
        for character in text {
            let value = base64Values[Int(character)]
            guard value != 255 else { return nil }
            buffer = buffer << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
            }
        }
        // RFC 4648 section 3.5: one text for one value, or a changed token could still verify.
        guard buffer & ((1 << UInt32(bits)) - 1) == 0 else { return nil }
        return bytes
    }
}
