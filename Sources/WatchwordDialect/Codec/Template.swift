import WatchwordCore

/// A reply body compiled: bytes that are always the same, and the places between them.
///
/// Running it writes straight into a buffer; no tree is built and no name is looked up.
struct Template: Sendable {
    indirect enum Step: Sendable {
        case bytes([UInt8])
        case slot(Slot, Rendering)
        /// A comma, unless the last byte opens an object or array.
        case comma
        /// `"name":` and a value; nothing where the fact is absent.
        case member([UInt8], Slot, Rendering)
        case text([TextPart])
        case choice(Slot, [Step], [Step]?)
        /// A member that is a choice without `else`: left out when the fact is not there.
        case choiceMember([UInt8], Slot, [Step])
        case each(List, [Step])
        case group(List, by: Slot, Tree.Take, [Step])
    }

    enum TextPart: Sendable {
        case bytes([UInt8])
        case slot(Slot, Rendering)
    }

    let steps: [Step]
    /// Whether it writes a token or a key.
    let isSecret: Bool

    init(_ tree: Tree) {
        var builder = TemplateBuilder()
        builder.add(tree)
        steps = builder.finish()
        isSecret = tree.slots.contains { $0.isSecret }
    }

    func write(_ scope: Scope, to buffer: inout [UInt8]) {
        Self.run(steps, scope, &buffer)
    }

    private static func run(_ steps: [Step], _ scope: Scope, _ buffer: inout [UInt8]) {
        for step in steps {
            switch step {
            case .bytes(let bytes): buffer.append(contentsOf: bytes)
            case .slot(let slot, let rendering): append(scope.fact(slot), rendering, scope, &buffer)
            case .comma: comma(&buffer)
            case .member(let name, let slot, let rendering):
                let fact = scope.fact(slot)
                guard !fact.isAbsent else { continue }
                comma(&buffer)
                buffer.append(contentsOf: name)
                append(fact, rendering, scope, &buffer)
            case .text(let parts): write(parts, scope, &buffer)
            case .choice(let slot, let then, let otherwise):
                if scope.fact(slot).isTrue {
                    run(then, scope, &buffer)
                } else if let otherwise {
                    run(otherwise, scope, &buffer)
                } else {
                    buffer.append(contentsOf: "null".utf8)
                }
            case .choiceMember(let name, let slot, let then):
                guard scope.fact(slot).isTrue else { continue }
                comma(&buffer)
                buffer.append(contentsOf: name)
                run(then, scope, &buffer)
            case .each(let list, let body): each(list, body, scope, &buffer)
            case .group(let list, let key, let take, let body): group(list, key, take, body, scope, &buffer)
            }
        }
    }

    private static func append(_ fact: Fact, _ rendering: Rendering, _ scope: Scope, _ buffer: inout [UInt8]) {
        // The commonest case by far needs no value in between.
        if rendering.filters.isEmpty, case .value(.string(let text)) = fact {
            JSON.append(string: text, to: &buffer)
        } else {
            JSON.append(rendering.value(fact, idsAreNumbers: scope.idsAreNumbers), to: &buffer)
        }
    }

    private static func comma(_ buffer: inout [UInt8]) {
        if let last = buffer.last, last != UInt8(ascii: "{"), last != UInt8(ascii: "[") {
            buffer.append(UInt8(ascii: ","))
        }
    }

    private static func write(_ parts: [TextPart], _ scope: Scope, _ buffer: inout [UInt8]) {
        buffer.append(UInt8(ascii: "\""))
        for part in parts {
            switch part {
            case .bytes(let bytes): buffer.append(contentsOf: bytes)
            case .slot(let slot, let rendering):
                let start = buffer.count
                JSON.append(string: plain(scope.fact(slot), rendering, scope), to: &buffer)
                buffer.remove(at: start)
                buffer.removeLast()
            }
        }
        buffer.append(UInt8(ascii: "\""))
    }

    /// A fact inside a text; an absent one is no text.
    static func plain(_ fact: Fact, _ rendering: Rendering, _ scope: Scope) -> String {
        switch rendering.value(fact, idsAreNumbers: scope.idsAreNumbers) {
        case .null: ""
        case .string(let text): text
        case let value: JSON.text(value)
        }
    }

    private static func each(_ list: List, _ body: [Step], _ scope: Scope, _ buffer: inout [UInt8]) {
        buffer.append(UInt8(ascii: "["))
        var inner = scope
        for (index, item) in scope.items(list).enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            inner.item = item
            run(body, inner, &buffer)
        }
        buffer.append(UInt8(ascii: "]"))
    }

    private static func group(
        _ list: List, _ key: Slot, _ take: Tree.Take, _ body: [Step], _ scope: Scope, _ buffer: inout [UInt8]
    ) {
        var groups: [(name: String, items: [Scope.Item])] = []
        var inner = scope
        for item in scope.items(list) {
            inner.item = item
            let name = plain(inner.fact(key), Rendering(filters: []), inner)
            if let index = groups.firstIndex(where: { $0.name == name }) {
                groups[index].items.append(item)
            } else {
                groups.append((name, [item]))
            }
        }
        buffer.append(UInt8(ascii: "{"))
        for (index, group) in groups.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            JSON.append(string: group.name, to: &buffer)
            buffer.append(UInt8(ascii: ":"))
            if take == .all { buffer.append(UInt8(ascii: "[")) }
            for (place, item) in group.items.enumerated() where take == .all || place == 0 {
                if place > 0 { buffer.append(UInt8(ascii: ",")) }
                inner.item = item
                run(body, inner, &buffer)
            }
            if take == .all { buffer.append(UInt8(ascii: "]")) }
        }
        buffer.append(UInt8(ascii: "}"))
    }
}
