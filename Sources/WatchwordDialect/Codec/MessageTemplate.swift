import WatchwordCore

/// A message of the server's compiled: a bare text, or JSON.
enum MessageTemplate: Sendable {
    case text(PlainText)
    case json(Template)

    init(_ tree: Tree) {
        switch tree {
        case .literal(.string), .text, .slot: self = .text(PlainText(tree))
        case .literal, .object, .array, .conditional, .each, .group: self = .json(Template(tree))
        }
    }

    func text(_ scope: Scope) -> String {
        switch self {
        case .text(let text): text.text(scope)
        case .json(let template): String(decoding: template.body(scope), as: UTF8.self)
        }
    }
}
