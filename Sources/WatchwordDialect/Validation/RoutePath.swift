import WatchwordCore

/// `/api/v1/api-keys/{id}` in pieces. A slash at the end is a last, empty literal.
enum RoutePath {
    struct Mistake: Error {
        var message: String
    }

    static func read(_ text: String) -> Result<[PathPiece], Mistake> {
        guard text.hasPrefix("/") else { return .failure(Mistake(message: "a path starts with `/`: `\(text)`")) }
        if text == "/" { return .success([]) }
        var pieces: [PathPiece] = []
        let parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if part.isEmpty, index < parts.count - 1 {
                return .failure(Mistake(message: "an empty piece (`//`) in the path `\(text)`"))
            }
            if part.contains("{") || part.contains("}") {
                let name = part.dropFirst().dropLast()
                guard part.hasPrefix("{"), part.hasSuffix("}"), isWord(name) else {
                    return .failure(Mistake(message: "a parameter is a whole piece of a path: `/{id}`, not `\(part)`"))
                }
                guard !pieces.contains(.parameter(String(name))) else {
                    return .failure(Mistake(message: "`{\(name)}` is there twice in the path"))
                }
                pieces.append(.parameter(String(name)))
            } else {
                // Unreserved characters and sub-delimiters of RFC 3986 section 3.3, nothing encoded.
                guard part.utf8.allSatisfy({ isWordByte($0) || "-.~!$&'()*+,;=:@".utf8.contains($0) }) else {
                    return .failure(Mistake(message: "a path holds letters, digits and `-._~!$&'()*+,;=:@`: `\(part)`"))
                }
                guard part != ".", part != ".." else {
                    return .failure(Mistake(message: "`\(part)` is no piece of a path"))
                }
                pieces.append(.literal(String(part)))
            }
        }
        return .success(pieces)
    }

    /// Paths of the same shape answer the same requests.
    static func shape(_ path: [PathPiece]) -> [String] {
        path.map { if case .literal(let text) = $0 { text } else { "{}" } }
    }
}
