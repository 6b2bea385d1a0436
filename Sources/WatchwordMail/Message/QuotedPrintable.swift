/// The quoted-printable encoding of RFC 2045 section 6.7, for lines too long to go as they are.
enum QuotedPrintable {
    /// One line encoded, in pieces of at most 76 characters joined by soft line breaks.
    static func line(_ line: [UInt8]) -> [UInt8] {
        var encoded: [UInt8] = []
        var width = 0
        for (index, byte) in line.enumerated() {
            let isLast = index == line.count - 1
            let isPlain = (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=") || byte == 0x20 && !isLast
            let piece = isPlain ? [byte] : [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            if width + piece.count > 75 {
                encoded += Array("=\r\n".utf8)
                width = 0
            }
            encoded += piece
            width += piece.count
        }
        return encoded
    }

    private static let digits = Array("0123456789ABCDEF".utf8)
}
