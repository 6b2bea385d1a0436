import WatchwordCore

extension Tree {
    /// Every slot it mentions, in order.
    var slots: [Slot] {
        switch self {
        case .literal: []
        case .slot(let slot, _): [slot]
        case .text(let pieces):
            pieces.compactMap { if case .slot(let slot, _) = $0 { slot } else { nil } }
        case .object(let members): members.flatMap(\.tree.slots)
        case .array(let trees): trees.flatMap(\.slots)
        case .conditional(let slot, let then, let otherwise): [slot] + then.slots + (otherwise?.slots ?? [])
        case .each(_, let tree): tree.slots
        case .group(_, let key, _, let tree): [key] + tree.slots
        }
    }
}

extension Slot {
    /// Whether it holds something that opens a door.
    var isSecret: Bool {
        switch self {
        case .access(.token), .refresh(.token), .apiKey(.secret), .itemKey(.secret): true
        default: false
        }
    }
}
