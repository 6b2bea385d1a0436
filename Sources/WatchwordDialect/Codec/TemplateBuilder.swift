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
        case .conditional(let slot, let then, let otherwise):
            push(.choice(slot, Self.steps(then), otherwise.map(Self.steps)))
        case .each(let list, let tree): push(.each(list, Self.steps(tree)))
        case .group(let list, let key, let take, let tree): push(.group(list, by: key, take, Self.steps(tree)))
        }
    }

    private mutating func add(_ members: [TreeMember]) {
        pending.append(UInt8(ascii: "{"))
        // Once a member may be missing, whether a comma is due is known only when writing.
        var certain = true
        for (index, member) in members.enumerated() {
            var name: [UInt8] = []
            JSON.append(string: member.name, to: &name)
            name.append(UInt8(ascii: ":"))
            switch member.tree {
            case .slot(let slot, let filters) where filters.contains(.optional):
                push(.member(name, slot, Rendering(filters: filters)))
                certain = false
            case .conditional(let slot, let then, nil):
                push(.choiceMember(name, slot, Self.steps(then)))
                certain = false
            default:
                if index > 0 {
                    if certain { pending.append(UInt8(ascii: ",")) } else { push(.comma) }
                }
                pending.append(contentsOf: name)
                add(member.tree)
                certain = true
            }
        }
        pending.append(UInt8(ascii: "}"))
    }

    private mutating func add(_ pieces: [TextPiece]) {
        var parts: [Template.TextPart] = []
        for piece in pieces {
            switch piece {
            case .literal(let text):
                var bytes: [UInt8] = []
                JSON.append(string: text, to: &bytes)
                parts.append(.bytes(Array(bytes.dropFirst().dropLast())))
            case .slot(let slot, let filters): parts.append(.slot(slot, Rendering(filters: filters)))
            }
        }
        push(.text(parts))
    }

    private static func steps(_ tree: Tree) -> [Template.Step] {
        var builder = TemplateBuilder()
        builder.add(tree)
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
