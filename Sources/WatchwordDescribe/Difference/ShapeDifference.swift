import WatchwordCore

/// What differs between two shapes of one place of an answer.
struct ShapeDifference {
    let place: String
    private(set) var differences: [Difference] = []

    init(_ place: String, _ old: Shape, _ new: Shape) {
        self.place = place
        compare(old, new, "")
    }

    private mutating func add(_ weight: Difference.Weight, _ text: String) {
        differences.append(Difference(weight, place, text))
    }

    private func name(_ path: String) -> String { path.isEmpty ? "the body" : "`\(path)`" }

    private mutating func compare(_ old: Shape, _ new: Shape, _ path: String) {
        guard old != new else { return }
        switch (old, new) {
        case (.object(let before), .object(let after)): compare(before, after, path)
        case (.array(let before), .array(let after)): compare(before, after, path + "[]")
        case (.map(let before), .map(let after)): compare(before, after, path + ".*")
        case (.tuple(let before), .tuple(let after)) where before.count == after.count:
            for (index, pair) in zip(before, after).enumerated() { compare(pair.0, pair.1, path + "[\(index)]") }
        case (.constant(let before), .constant(let after)) where before.typeName == after.typeName:
            add(.behaviour, "\(name(path)) says \(JSON.text(after)) where it said \(JSON.text(before))")
        default:
            if let (before, after) = objects(old, new) {
                if new.kinds.contains(.null), !old.kinds.contains(.null) { add(.breaking, "\(name(path)) can be null") }
                if old.kinds.contains(.null), !new.kinds.contains(.null) {
                    add(.compatible, "\(name(path)) is never null")
                }
                compare(before, after, path)
            } else if new.isWithin(old) {
                add(.compatible, "\(name(path)) is \(new.words), was \(old.words)")
            } else if old.types == new.types {
                add(.behaviour, "\(name(path)) is \(new.words), was \(old.words)")
            } else {
                add(.breaking, "\(name(path)) is \(new.words), was \(old.words)")
            }
        }
    }

    /// Both are an object, one of them perhaps null.
    private func objects(_ old: Shape, _ new: Shape) -> (Shape, Shape)? {
        let (before, after) = (old.withoutNull, new.withoutNull)
        guard case .object = before, case .object = after, before != old || after != new else { return nil }
        return (before, after)
    }

    private mutating func compare(_ old: [ShapeMember], _ new: [ShapeMember], _ path: String) {
        let inner = { (name: String) in path.isEmpty ? name : "\(path).\(name)" }
        let gone = old.filter { before in !new.contains { $0.name == before.name } }
        var added = new.filter { after in !old.contains { $0.name == after.name } }
        for member in gone {
            // One that went and one that came with the same value is one with another name.
            if let index = added.firstIndex(where: { $0.shape == member.shape }) {
                add(.breaking, "`\(inner(member.name))` is now called `\(inner(added.remove(at: index).name))`")
            } else {
                add(.breaking, "`\(inner(member.name))` is gone")
            }
        }
        for member in added { add(.compatible, "`\(inner(member.name))` is new") }
        for before in old {
            guard let after = new.first(where: { $0.name == before.name }) else { continue }
            if after.isOptional, !before.isOptional { add(.breaking, "`\(inner(before.name))` can be left out") }
            if before.isOptional, !after.isOptional { add(.compatible, "`\(inner(before.name))` is always there") }
            compare(before.shape, after.shape, inner(before.name))
        }
    }
}

extension Shape {
    /// The JSON types that it can be of.
    var types: Set<String> {
        Set(
            kinds.map { kind in
                switch kind {
                case .any: "any"
                case .null: "null"
                case .constant(let value): value.typeName
                case .scalar(let scalar): scalar.type
                case .object, .map: "object"
                case .array, .tuple: "array"
                case .union: "any"
                }
            })
    }

    /// Whether all that it can be, the other can be too.
    func isWithin(_ other: Shape) -> Bool {
        if other == .any { return true }
        return kinds.allSatisfy { kind in
            other.kinds.contains { wide in
                switch (kind, wide) {
                case (.constant(let value), .scalar(let scalar)): value.typeName == scalar.type
                case (.constant(.null), .null), (.null, .constant(.null)): true
                case (.scalar(.moment), .scalar(.string)): true
                default: kind == wide
                }
            }
        }
    }
}
