import WatchwordCore

/// Keys as text with armour (RFC 7468), as they are found in files and variables.
public enum PEMText {
    /// The keys in a text, one after another, each with its armour; what is between them, and parameters of curves,
    /// is left out. `\n` written as two characters counts as a line end, for variables seldom hold real ones.
    public static func keys(in text: Secret) -> [Secret] {
        var documents: [Secret] = []
        var lines: [Substring] = []
        for line in text.revealed.replacing("\\n", with: "\n").split(whereSeparator: \.isNewline) {
            let line = line.trimmed
            if line.hasPrefix(begin) { lines = [] }
            lines.append(line)
            guard line.hasPrefix(end), let first = lines.first, first.hasPrefix(begin) else { continue }
            if first.hasSuffix("KEY-----") { documents.append(Secret(lines.joined(separator: "\n") + "\n")) }
            lines = []
        }
        return documents
    }

    /// Whether the content holds these bytes, such as an object identifier.
    static func content(of document: Secret, contains bytes: [UInt8]) -> Bool {
        let body = document.revealed.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
        guard let content = Base64.paddedBytes(body.utf8) else { return false }
        return content.indices.contains { content[$0...].starts(with: bytes) }
    }

    private static let begin = "-----BEGIN "
    private static let end = "-----END "
}

extension Substring {
    fileprivate var trimmed: Substring {
        let head = drop { $0 == " " || $0 == "\t" }
        let kept = head.reversed().drop { $0 == " " || $0 == "\t" }.count
        return head.prefix(kept)
    }
}
