import WatchwordCore

/// A text made of pieces, compiled: the value of a header field or a cookie, a bare body, or the words of a message.
indirect enum PlainText: Sendable {
    case constant(String)
    case pieces([Piece])
    case choice(Question, PlainText, PlainText?)

    enum Piece: Sendable {
        case literal(String)
        case slot(Slot, Rendering)
    }

    /// What becomes of a fact, so that it cannot be more than a text where it is put in.
    enum Escaping: Sendable {
        case none
        /// Every byte but the unreserved ones of RFC 3986: nothing that a URL is made of.
        case url
        /// The characters that HTML is made of.
        case html
    }

    init(_ tree: Tree) {
        switch tree {
        case .literal(.string(let text)): self = .constant(text)
        case .literal(let value): self = .constant(JSON.text(value))
        case .slot(let slot, let filters): self = .pieces([.slot(slot, Rendering(filters: filters))])
        case .text(let pieces):
            self = .pieces(
                pieces.map { piece in
                    switch piece {
                    case .literal(let text): .literal(text)
                    case .slot(let slot, let filters): .slot(slot, Rendering(filters: filters))
                    }
                })
        case .conditional(let question, let then, let otherwise):
            self = .choice(question, PlainText(then), otherwise.map(PlainText.init))
        case .object, .array, .each, .group: self = .pieces([])
        }
    }

    /// The text, absent facts being no text.
    func text(_ scope: Scope, _ escaping: Escaping = .none) -> String {
        switch self {
        case .constant(let text): text
        case .pieces(let pieces):
            pieces.enumerated().map { place, piece in
                switch piece {
                case .literal(let text): text
                case .slot(let slot, let rendering):
                    // A URL of ours is one already, but behind other text it is only a part of theirs.
                    escaping.text(
                        rendering.text(scope.fact(slot), idsAreNumbers: scope.idsAreNumbers),
                        isURL: place == 0 && slot.isURL)
                }
            }.joined()
        case .choice(let question, let then, let otherwise):
            scope.holds(question) ? then.text(scope, escaping) : otherwise?.text(scope, escaping) ?? ""
        }
    }

    /// Whether every fact it needs is there.
    func isPresent(_ scope: Scope) -> Bool {
        switch self {
        case .constant: true
        case .pieces(let pieces):
            !pieces.isEmpty
                && pieces.allSatisfy { piece in
                    if case .slot(let slot, let rendering) = piece {
                        !scope.fact(slot).isAbsent || rendering.standsIn
                    } else {
                        true
                    }
                }
        case .choice(let question, let then, let otherwise):
            scope.holds(question) ? then.isPresent(scope) : otherwise?.isPresent(scope) ?? false
        }
    }
}

extension PlainText.Escaping {
    fileprivate func text(_ text: String, isURL: Bool) -> String {
        switch self {
        case .none: text
        case .url: isURL ? text : PercentEncoding.component(text)
        case .html: Self.html(text)
        }
    }

    private static func html(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

extension Slot {
    /// Whether it is a URL that this server makes, and no text that goes into one.
    var isURL: Bool {
        switch self {
        case .request(.baseURL), .request(.url), .paging(.nextURL), .paging(.previousURL): true
        default: false
        }
    }
}
