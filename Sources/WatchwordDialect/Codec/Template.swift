import WatchwordCore

/// A reply body compiled: bytes that are always the same, and the places between them.
///
/// Running it writes straight into a buffer; no tree is built and no name is looked up.
struct Template: Sendable {
    enum Step: Sendable {
        case bytes([UInt8])
        case slot(Slot, Rendering)
        /// The inside of a JSON string.
        case text(Slot, Rendering)
        /// A comma, unless the last byte opens an object or array.
        case comma
        /// The steps of one branch; a member without `else` has none there.
        case choice(Question, [Step], [Step])
        /// The steps, unless the fact is absent.
        case present(Slot, [Step])
        case each(List, [Step])
        case group(List, by: Slot, Tree.Take, [Step])
    }

    let steps: [Step]
    /// Whether it writes a token or a key.
    let isSecret: Bool
    /// Memory for a body, in bytes: two signed tokens and their names fit.
    private static let expectedSize = 1_024

    init(_ tree: Tree) {
        var builder = TemplateBuilder()
        builder.add(tree)
        steps = builder.finish()
        isSecret = tree.slots.contains { $0.isSecret }
    }

    func body(_ scope: Scope) -> [UInt8] {
        // The same bytes for everybody need no copy.
        if steps.count == 1, case .bytes(let bytes) = steps[0] { return bytes }
        var buffer: [UInt8] = []
        buffer.reserveCapacity(Self.expectedSize)
        Self.run(steps, scope, &buffer)
        return buffer
    }

    private static func run(_ steps: [Step], _ scope: borrowing Scope, _ buffer: inout [UInt8]) {
        for step in steps {
            switch step {
            case .bytes(let bytes): buffer.append(contentsOf: bytes)
            case .slot(let slot, let rendering):
                rendering.append(scope.fact(slot), idsAreNumbers: scope.idsAreNumbers, to: &buffer)
            case .text(let slot, let rendering):
                let text = rendering.text(scope.fact(slot), idsAreNumbers: scope.idsAreNumbers)
                JSON.append(escaped: text, to: &buffer)
            case .comma:
                // No value ends in a byte that opens one, so the last byte tells whether this is the first.
                if buffer.last != UInt8(ascii: "{"), buffer.last != UInt8(ascii: "[") {
                    buffer.append(UInt8(ascii: ","))
                }
            case .choice(let question, let then, let otherwise):
                run(scope.holds(question) ? then : otherwise, scope, &buffer)
            case .present(let slot, let steps):
                if !scope.fact(slot).isAbsent { run(steps, scope, &buffer) }
            case .each(let list, let body): each(list, body, scope, &buffer)
            case .group(let list, let key, let take, let body): group(list, key, take, body, scope, &buffer)
            }
        }
    }

    private static func each(_ list: List, _ body: [Step], _ scope: borrowing Scope, _ buffer: inout [UInt8]) {
        buffer.append(UInt8(ascii: "["))
        var inner = copy scope
        for (index, item) in scope.items(list).enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            inner.item = item
            run(body, inner, &buffer)
        }
        buffer.append(UInt8(ascii: "]"))
    }

    private static func group(
        _ list: List, _ key: Slot, _ take: Tree.Take, _ body: [Step], _ scope: borrowing Scope,
        _ buffer: inout [UInt8]
    ) {
        var groups: [(name: String, items: [Scope.Item])] = []
        var places: [String: Int] = [:]
        var inner = copy scope
        for item in scope.items(list) {
            inner.item = item
            let name = Rendering().text(inner.fact(key), idsAreNumbers: scope.idsAreNumbers)
            if let place = places[name] {
                groups[place].items.append(item)
            } else {
                places[name] = groups.count
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
