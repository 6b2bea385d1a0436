import WatchwordCore

/// What a reply said, by the slots its tree names: the client's side of the same description.
public struct ParsedReply: Sendable, Equatable {
    public var status: Int
    public var values: [Slot: Value] = [:]
    /// Of each list, the values of each item.
    public var lists: [List: [[Slot: Value]]] = [:]
}

extension CompiledRoute {
    /// The facts of a granted answer; nothing if its status or body is not what this route answers.
    ///
    /// A slot written with `|str` or as a time comes back as it was written. A text with several slots
    /// in it is compared as text and gives no values.
    public func parse(_ response: WireResponse) -> ParsedReply? {
        guard response.status == route.reply.status else { return nil }
        var parsed = ParsedReply(status: response.status)
        guard let body = route.reply.body else { return response.body.isEmpty ? parsed : nil }
        guard case .success(let value) = JSON.parse(response.body) else { return nil }
        return body.read(value, into: &parsed.values, lists: &parsed.lists) ? parsed : nil
    }
}

extension Tree {
    /// Takes the slots' values out of a value that this tree can have written; says whether it fits.
    func read(_ value: Value, into values: inout [Slot: Value], lists: inout [List: [[Slot: Value]]]) -> Bool {
        switch self {
        case .literal(let literal): return literal == value
        case .slot(let slot, _):
            values[slot] = value
            return true
        case .text(let pieces): return Self.read(pieces, value, into: &values)
        case .object(let members): return Self.read(members, value, into: &values, lists: &lists)
        case .array(let trees):
            guard case .array(let items) = value, items.count == trees.count else { return false }
            for (tree, item) in zip(trees, items) {
                guard tree.read(item, into: &values, lists: &lists) else { return false }
            }
            return true
        case .conditional(let slot, let then, let otherwise):
            if then.read(value, into: &values, lists: &lists) {
                if values[slot] == nil { values[slot] = .bool(true) }
                return true
            }
            guard let otherwise, otherwise.read(value, into: &values, lists: &lists) else { return false }
            if values[slot] == nil { values[slot] = .bool(false) }
            return true
        case .each(let list, let tree):
            guard case .array(let items) = value else { return false }
            return Self.read(items, tree, list, lists: &lists)
        case .group(let list, _, let take, let tree):
            guard case .object(let members) = value else { return false }
            var items: [Value] = []
            for member in members {
                if take == .first {
                    items.append(member.value)
                } else if case .array(let all) = member.value {
                    items += all
                } else {
                    return false
                }
            }
            return Self.read(items, tree, list, lists: &lists)
        }
    }

    private static func read(
        _ items: [Value], _ tree: Tree, _ list: List, lists: inout [List: [[Slot: Value]]]
    ) -> Bool {
        var found: [[Slot: Value]] = []
        for item in items {
            var values: [Slot: Value] = [:]
            guard tree.read(item, into: &values, lists: &lists) else { return false }
            found.append(values)
        }
        lists[list] = found
        return true
    }

    /// Exactly the members written, in order; those that may be missing may be missing.
    private static func read(
        _ members: [TreeMember], _ value: Value, into values: inout [Slot: Value], lists: inout [List: [[Slot: Value]]]
    ) -> Bool {
        guard case .object(let found) = value else { return false }
        var rest = found[...]
        for member in members {
            if rest.first?.name == member.name, let next = rest.popFirst() {
                guard member.tree.read(next.value, into: &values, lists: &lists) else { return false }
            } else if !member.tree.mayBeMissing {
                return false
            }
        }
        return rest.isEmpty
    }

    private var mayBeMissing: Bool {
        switch self {
        case .slot(_, let filters): filters.contains(.optional)
        case .conditional(_, _, nil): true
        default: false
        }
    }

    /// One slot between fixed texts can be read back; more are ambiguous.
    private static func read(_ pieces: [TextPiece], _ value: Value, into values: inout [Slot: Value]) -> Bool {
        guard case .string(let text) = value else { return false }
        var before = ""
        var after = ""
        var slots: [Slot] = []
        for piece in pieces {
            switch piece {
            case .literal(let literal): if slots.isEmpty { before += literal } else { after += literal }
            case .slot(let slot, _): slots.append(slot)
            }
        }
        guard text.utf8.count >= before.utf8.count + after.utf8.count, text.hasPrefix(before), text.hasSuffix(after)
        else { return slots.count > 1 }
        if slots.count == 1 {
            values[slots[0]] = .string(String(text.dropFirst(before.count).dropLast(after.count)))
        }
        return true
    }
}
