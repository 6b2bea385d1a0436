import WatchwordCore

/// Flattens a tree into steps, joining neighbouring bytes.
struct TemplateBuilder {
    private var steps: [Template.Step] = []
    private var pending: [UInt8] = []

    mutating func finish() -> [Template.Step] {
        flush()
        return steps
    }

    mutating func add(_ tree: Tree) {
        switch tree {
        case .literal(let value): JSON.append(value, to: &pending)
        case .slot(let slot, let filters): push(.slot(slot, Rendering(filters: filters)))
        case .text(let pieces): add(pieces)
        case .object(let members): add(members)
        case .array(let trees):
            pending.append(UInt8(ascii: "["))
            for (index, tree) in trees.enumerated() {
                if index > 0 { pending.append(UInt8(ascii: ",")) }
                add(tree)
            }
            pending.append(UInt8(ascii: "]"))
        case .conditional(let question, let then, let otherwise):
            push(.choice(question, Self.steps { $0.add(then) }, Self.steps { $0.add(otherwise ?? .literal(.null)) }))
        case .each(let list, let tree): push(.each(list, Self.steps { $0.add(tree) }))
        case .group(let list, let key, let take, let tree):
            push(.group(list, by: key, take, Self.steps { $0.add(tree) }))
        }
    }

    private mutating func add(_ members: [TreeMember]) {
        pending.append(UInt8(ascii: "{"))
        // Once a member may be missing, whether a comma is due is known only when writing.
        var isFirst = true
        var isCertain = true
        for member in members {
            if member.tree.mayBeMissing {
                addMissable(member.name, member.tree)
                isCertain = false
                continue
            }
            if !isCertain { push(.comma) } else if !isFirst { pending.append(UInt8(ascii: ",")) }
            name(member.name)
            add(member.tree)
            isFirst = false
            isCertain = true
        }
        pending.append(UInt8(ascii: "}"))
    }

    private mutating func name(_ name: String) {
        JSON.append(string: name, to: &pending)
        pending.append(UInt8(ascii: ":"))
    }

    /// A member with its comma and name, each only where there is a value.
    private mutating func addMissable(_ name: String, _ tree: Tree) {
        if case .conditional(let question, let then, let otherwise) = tree {
            let branch: (Tree?) -> [Template.Step] = { tree in
                Self.steps { builder in if let tree { builder.addMissable(name, tree) } }
            }
            push(.choice(question, branch(then), branch(otherwise)))
            return
        }
        var inner = Self.steps {
            $0.push(.comma)
            $0.name(name)
            $0.add(tree)
        }
        for slot in tree.optionalSlots { inner = [.present(slot, inner)] }
        for step in inner { push(step) }
    }

    private mutating func add(_ pieces: [TextPiece]) {
        pending.append(UInt8(ascii: "\""))
        for piece in pieces {
            switch piece {
            case .literal(let text): JSON.append(escaped: text, to: &pending)
            case .slot(let slot, let filters): push(.text(slot, Rendering(filters: filters)))
            }
        }
        pending.append(UInt8(ascii: "\""))
    }

    private static func steps(_ build: (inout TemplateBuilder) -> Void) -> [Template.Step] {
        var builder = TemplateBuilder()
        build(&builder)
        return builder.finish()
    }

    private mutating func push(_ step: Template.Step) {
        flush()
        steps.append(step)
    }

    private mutating func flush() {
        guard !pending.isEmpty else { return }
        steps.append(.bytes(pending))
        pending = []
    }
}

extension Tree {
    /// Whether a member with this tree can be left out: a fact marked `|opt`, or `$if` without `else`.
    var mayBeMissing: Bool {
        switch self {
        case .slot, .text: !optionalSlots.isEmpty
        case .conditional(_, let then, let otherwise): then.mayBeMissing || otherwise?.mayBeMissing ?? true
        default: false
        }
    }

    /// The facts without which the member is left out.
    var optionalSlots: [Slot] {
        switch self {
        case .slot(let slot, let filters): filters.contains(.optional) ? [slot] : []
        case .text(let pieces):
            pieces.compactMap { piece in
                if case .slot(let slot, let filters) = piece, filters.contains(.optional) { slot } else { nil }
            }
        default: []
        }
    }
}
