/// Text inside a URL (RFC 3986 section 2).
public enum PercentEncoding {
    private static let hexDigits = Array("0123456789ABCDEF".utf8)

    /// The text with everything but unreserved characters as `%XX`, so that it can stand in a path segment or a query value.
    ///
    /// - Parameter kept: further ASCII characters that stay as they are.
    public static func component(_ text: String, keeping kept: StaticString = "") -> String {
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: encoded.append(byte)
            case _ where kept.withUTF8Buffer({ $0.contains(byte) }): encoded.append(byte)
            default: encoded += octets(byte)
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// `%2F`.
    public static func escape(_ byte: UInt8) -> String { String(decoding: octets(byte), as: UTF8.self) }

    private static func octets(_ byte: UInt8) -> [UInt8] {
        [0x25, hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
    }
}
