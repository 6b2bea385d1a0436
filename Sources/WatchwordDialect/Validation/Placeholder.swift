/// `user.created_at|iso_ms` without its dollar sign: a name, perhaps a member, perhaps filters.
struct Placeholder {
    var root: String
    var member: String?
    var filters: [String]

    init?(_ text: Substring) {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false)
        let path = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(path.count), path.allSatisfy({ isWord($0) }),
            parts.dropFirst().allSatisfy({ isWord($0) })
        else { return nil }
        root = String(path[0])
        member = path.count == 2 ? String(path[1]) : nil
        filters = parts.dropFirst().map(String.init)
    }

    var text: String { member.map { "\(root).\($0)" } ?? root }
}

/// The pieces of a text scalar: what stands there, and what is put in.
enum ScalarText {
    /// Plain text, with `$$` made `$` where it stood for one.
    case literal(String)
    /// A whole value: `$user.email`.
    case whole(Placeholder)
    /// `"Hello ${user.name}"`.
    case pieces([Piece])
    /// What is no placeholder, though it starts like one.
    case malformed(String)

    enum Piece {
        case literal(String)
        case placeholder(Placeholder)
    }

    init(_ text: String) {
        if text.hasPrefix("$"), !text.hasPrefix("$$"), !text.hasPrefix("${") {
            self = Placeholder(text.dropFirst()).map { .whole($0) } ?? .malformed(text)
            return
        }
        var pieces: [Piece] = []
        var literal = ""
        var rest = text[...]
        if rest.hasPrefix("$$") {
            literal = "$"
            rest = rest.dropFirst(2)
        }
        while let dollar = rest.firstIndex(of: "$") {
            literal += rest[..<dollar]
            let after = rest[rest.index(after: dollar)...]
            if after.hasPrefix("${") {
                literal += "${"
                rest = after.dropFirst(2)
            } else if after.hasPrefix("{") {
                guard let close = after.firstIndex(of: "}"), let placeholder = Placeholder(after[..<close].dropFirst())
                else {
                    self = .malformed("$\(after)")
                    return
                }
                if !literal.isEmpty { pieces.append(.literal(literal)) }
                literal = ""
                pieces.append(.placeholder(placeholder))
                rest = after[after.index(after: close)...]
            } else {
                literal += "$"
                rest = after
            }
        }
        literal += rest
        if pieces.isEmpty {
            self = .literal(literal)
        } else {
            if !literal.isEmpty { pieces.append(.literal(literal)) }
            self = .pieces(pieces)
        }
    }
}
