import WatchwordCore

/// A text made of pieces, compiled: the value of a header field, or the words of a message.
indirect enum PlainText: Sendable {
    case constant(String)
    case pieces([Piece])
    case choice(Slot, PlainText, PlainText?)

    enum Piece: Sendable {
        case literal(String)
        case slot(Slot, Rendering)
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
        case .conditional(let slot, let then, let otherwise):
            self = .choice(slot, PlainText(then), otherwise.map(PlainText.init))
        case .object, .array, .each, .group: self = .pieces([])
        }
    }

    /// The text, absent facts being no text.
    func text(_ scope: Scope) -> String {
        switch self {
        case .constant(let text): text
        case .pieces(let pieces):
            pieces.map { piece in
                switch piece {
                case .literal(let text): text
                case .slot(let slot, let rendering):
                    rendering.text(scope.fact(slot), idsAreNumbers: scope.idsAreNumbers)
                }
            }.joined()
        case .choice(let slot, let then, let otherwise):
            scope.fact(slot).isTrue ? then.text(scope) : otherwise?.text(scope) ?? ""
        }
    }

    /// Whether every fact it needs is there.
    func isPresent(_ scope: Scope) -> Bool {
        switch self {
        case .constant: true
        case .pieces(let pieces):
            !pieces.isEmpty
                && pieces.allSatisfy { if case .slot(let slot, _) = $0 { !scope.fact(slot).isAbsent } else { true } }
        case .choice(let slot, let then, let otherwise):
            scope.fact(slot).isTrue ? then.isPresent(scope) : otherwise?.isPresent(scope) ?? false
        }
    }
}
