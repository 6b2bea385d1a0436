/// Text as a part of a message, or all of it: its fields, an empty line, its lines (RFC 2045).
struct MIMEPart {
    var type: String
    /// In lines parted by `\n`.
    var text: String
    /// Whether it goes encoded even if it could go as it is.
    var isEncoded = false

    var encoded: [UInt8] {
        // What follows the last line feed is a line only if it says something. A lone CR would be another line end to
        // some readers (RFC 5322 section 2.3). By bytes, for CR LF is one character, and none that ends a line.
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { $0.filter { $0 != 0x0D } }
        if lines.last?.isEmpty == true { lines.removeLast() }
        // What is beyond ASCII, or longer than RFC 5321 section 4.5.3.1.6 lets pass, or could be a boundary.
        let isPlain =
            !isEncoded
            && lines.allSatisfy { $0.count <= 998 && $0.allSatisfy { $0 < 0x80 } && !$0.starts(with: "--=_".utf8) }
        let head = [
            "Content-Type: \(type); charset=utf-8",
            "Content-Transfer-Encoding: \(isPlain ? "7bit" : "quoted-printable")", "",
        ].map { Array($0.utf8) }
        return (head + (isPlain ? lines : lines.map(QuotedPrintable.line))).flatMap { $0 + [0x0D, 0x0A] }
    }
}
