import WatchwordCore

/// What a text or number looks like where its exact value can be no server's choice: two servers never give the same
/// id or token, but a client notices when one gives a UUID and the other a number.
enum ValueKind: Hashable, Sendable {
    case uuid, jwt
    case hexadecimal(Int)
    /// A time, by its shape: `0000-00-00T00:00:00.000000Z`.
    case time(String)
    case epochSeconds, epochMilliseconds
    /// A long text of letters, digits and `-_.~+/=`.
    case opaque

    init?(_ value: Value) {
        switch value {
        case .string(let text): self.init(text)
        case .int(let number):
            // From 2020 to 2100.
            if (1_577_836_800...4_102_444_800).contains(number) {
                self = .epochSeconds
            } else if (1_577_836_800_000...4_102_444_800_000).contains(number) {
                self = .epochMilliseconds
            } else {
                return nil
            }
        default: return nil
        }
    }

    private init?(_ text: String) {
        let shape = String(text.map { $0.isASCII && $0.isNumber ? "0" : $0 })
        let bytes = Array(text.utf8)
        if shape.hasPrefix("0000-00-00"), shape.count >= 19 {
            self = .time(shape)
        } else if Self.isUUID(bytes) {
            self = .uuid
        } else if Self.jwtParts(text) != nil {
            self = .jwt
        } else if bytes.count >= 24, bytes.allSatisfy(Self.isHexadecimal) {
            self = .hexadecimal(bytes.count)
        } else if bytes.count >= 15, bytes.allSatisfy(Self.isTokenByte), bytes.contains(where: Self.isDigit) {
            self = .opaque
        } else {
            return nil
        }
    }

    /// The header and the claims of a compact JWS (RFC 7515 section 3.1).
    static func jwtParts(_ text: String) -> (header: Value, claims: Value)? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = object(parts[0]), let claims = object(parts[1]) else { return nil }
        return (header, claims)
    }

    private static func object(_ part: Substring) -> Value? {
        guard let bytes = TextEncoding.base64urlBytes(part.utf8), case .success(let value) = JSON.parse(bytes),
            case .object = value
        else { return nil }
        return value
    }

    private static func isUUID(_ bytes: [UInt8]) -> Bool {
        bytes.count == 36
            && bytes.enumerated().allSatisfy { place, byte in
                [8, 13, 18, 23].contains(place) ? byte == UInt8(ascii: "-") : isHexadecimal(byte)
            }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || "-_.~+/=|".utf8.contains(byte)
    }
}
