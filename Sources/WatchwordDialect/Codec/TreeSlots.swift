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
        case .conditional(let question, let then, let otherwise):
            (question.slot.map { [$0] } ?? []) + then.slots + (otherwise?.slots ?? [])
        case .each(_, let tree): tree.slots
        case .group(_, let key, _, let tree): [key] + tree.slots
        }
    }
}

extension Reply {
    /// Every slot of the header, the cookies and the body, of its cases too.
    var slots: [Slot] {
        headers.flatMap(\.value.slots) + cookies.flatMap { ($0.value?.slots ?? []) + ($0.maximumAge?.slots ?? []) }
            + (body?.slots ?? []) + cases.flatMap(\.slots)
    }

    /// Whether a slot that `fits` is anywhere in it.
    func mentions(_ fits: (Slot) -> Bool) -> Bool { slots.contains(where: fits) }
}

extension Route {
    /// Every reply to what is granted, in the order in which they are tried.
    public var replies: [Reply] { otherReplies + [reply] }

    /// Whether one of them tells `$request.id`.
    public var namesRequest: Bool { replies.contains { $0.mentions { $0 == .request(.id) } } }
}

extension Dialect {
    /// Whether the words of a refusal tell `$request.id`.
    public var refusalsNameRequest: Bool {
        let words = Array(errors.values) + routes.flatMap(\.errors.values)
        return words.contains { $0.mentions { $0 == .request(.id) } }
    }
}

extension Slot {
    /// Whether it holds something that opens a door.
    var isSecret: Bool {
        switch self {
        case .access(.token), .refresh(.token), .ticket(.token), .apiKey(.secret), .itemKey(.secret): true
        default: false
        }
    }
}
