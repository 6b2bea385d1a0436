/// Which names of a document can be written in a dialect.
extension DraftNames {
    /// Whether a path can be a route's: pieces of the characters of RFC 3986 section 3.3, or whole parameters.
    static func isPath(_ path: String) -> Bool {
        guard path.hasPrefix("/") else { return false }
        let pieces = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        let parameters = pieces.filter { $0.hasPrefix("{") }
        guard Set(parameters).count == parameters.count else { return false }
        return pieces.enumerated().allSatisfy { index, piece in
            if piece.isEmpty { return index == pieces.count - 1 }
            if piece.hasPrefix("{"), piece.hasSuffix("}") { return isWord(piece.dropFirst().dropLast(), and: "_") }
            return piece != "." && piece != ".." && isWord(piece, and: "_-.~!$&'()*+,;=:@")
        }
    }

    /// Paths of one shape are one route, whatever their parameters are called.
    static func shape(_ path: String) -> [Substring] {
        path.split(separator: "/", omittingEmptySubsequences: false).map { $0.hasPrefix("{") ? "{}" : $0 }
    }

    /// Whether a member of a body can be named as it is, its own members behind a dot.
    static func isMember(_ name: String, of inner: [String]) -> Bool {
        let places = ["query", "path", "basic", "header", "cookie"]
        guard inner.isEmpty || !places.contains(name) else { return false }
        return ([name] + inner).allSatisfy { !$0.isEmpty && $0 != "*" && !$0.contains(".") }
    }

    /// Whether a header or a cookie can have the name (RFC 9110 section 5.6.2).
    static func isToken(_ name: String) -> Bool { isWord(name[...], and: "!#$%&'*+-.^_`|~") }

    private static func isWord(_ text: Substring, and others: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: others.utf8.contains(byte)
                }
            }
    }
}
