import WatchwordCore

extension Loader {
    /// Members that one reply may have in all, once views are put in: a view in a view in a view grows fast.
    static let largestTree = 10_000
    /// The same for all replies together.
    static let largestTrees = 200_000

    /// The tree that a node describes; nothing if something in it is wrong, which was reported.
    ///
    /// - Parameter isMember: whether it is a member of an object, which `|opt` can leave out.
    mutating func tree(_ node: Node, _ scope: ReplyScope, isMember: Bool = false) -> Tree? {
        totalBudget -= 1
        work += 1
        guard totalBudget > 0 else {
            if totalBudget == 0 {
                report.error("all replies together are over \(Self.largestTrees) members", at: node.position)
            }
            return nil
        }
        treeBudget -= 1
        guard treeBudget > 0 else {
            if treeBudget == 0 {
                report.error("with its views put in, this is over \(Self.largestTree) members", at: node.position)
            }
            return nil
        }
        switch node.content {
        case .unreadable: return nil
        case .scalar(.string(let text)): return textTree(text, scope, isMember: isMember, at: node.position)
        case .scalar(let value): return .literal(value)
        case .sequence(let items):
            let trees = items.map { tree($0, scope) }
            let whole = trees.compactMap { $0 }
            return whole.count == trees.count ? .array(whole) : nil
        case .mapping(let entries):
            if let first = entries.first, isDirective(first, entries) {
                return directive(first, Members(position: node.position, entries: entries), scope)
            }
            return object(entries, scope)
        }
    }

    private mutating func object(_ entries: [Node.Entry], _ scope: ReplyScope) -> Tree? {
        var members: [TreeMember] = []
        for entry in entries {
            if Self.directives[entry.key] != nil {
                report.error("`\(entry.key)` stands alone; a member's own `$` is written `$$`", at: entry.position)
                continue
            }
            let name = entry.key.hasPrefix("$$") ? String(entry.key.dropFirst()) : entry.key
            if let tree = tree(entry.value, scope, isMember: true) { members.append(TreeMember(name, tree)) }
        }
        return members.count == entries.count ? .object(members) : nil
    }

    private mutating func textTree(_ text: String, _ scope: ReplyScope, isMember: Bool, at place: SourcePosition)
        -> Tree?
    {
        switch ScalarText(text) {
        case .literal(let text): return .literal(.string(text))
        case .malformed(let written):
            report.error("`\(written.prefix(60))` is no placeholder; a dollar sign is written `$$`", at: place)
            return nil
        case .whole(let placeholder):
            guard let (slot, filters) = slot(placeholder, scope, at: place) else { return nil }
            if filters.contains(.optional), !isMember {
                report.error("`|opt` leaves out a member, and this is none", at: place)
                return nil
            }
            return .slot(slot, filters)
        case .pieces(let pieces):
            var parts: [TextPiece] = []
            for piece in pieces {
                switch piece {
                case .literal(let text): parts.append(.literal(text))
                case .placeholder(let placeholder):
                    guard let (slot, filters) = slot(placeholder, scope, at: place) else { return nil }
                    if slot.kind == .list || filters.contains(.list) || filters.contains(.optional) {
                        report.error("`${\(placeholder.text)}` inside text must be a single value", at: place)
                        return nil
                    }
                    parts.append(.slot(slot, filters))
                }
            }
            return .text(parts)
        }
    }

    // MARK: Directives

    /// What stands beside each.
    private static let directives = [
        "$view": [], "$if": ["is", "then", "else"], "$each": ["do"], "$group": ["by", "take", "do"],
    ]

    /// Whether a mapping is a directive, perhaps a misspelt one, and not an object with members such as `$id`.
    private func isDirective(_ first: Node.Entry, _ entries: [Node.Entry]) -> Bool {
        guard first.key.hasPrefix("$"), !first.key.hasPrefix("$$") else { return false }
        if Self.directives[first.key] != nil { return true }
        let rest = entries.dropFirst()
        if rest.contains(where: { ["then", "do"].contains($0.key) }) { return true }
        return rest.isEmpty && suggestion(for: first.key, among: ["$view"]) != nil
    }

    private mutating func directive(_ first: Node.Entry, _ members: Members, _ scope: ReplyScope) -> Tree? {
        guard let extra = Self.directives[first.key] else {
            report.error(
                message("unknown directive `\(first.key)`", meaning: first.key, among: Self.directives.keys.sorted()),
                at: first.position)
            return nil
        }
        for entry in members.entries.dropFirst() where !extra.contains(entry.key) {
            report.error(
                extra.isEmpty
                    ? "`\(first.key)` stands alone"
                    : message("`\(first.key)` knows no `\(entry.key)`", meaning: entry.key, among: extra),
                at: entry.position)
            return nil
        }
        switch first.key {
        case "$view": return view(first, scope)
        case "$if": return conditional(first, members, scope)
        case "$each": return each(first, members, scope)
        default: return group(first, members, scope)
        }
    }

    private mutating func view(_ entry: Node.Entry, _ scope: ReplyScope) -> Tree? {
        guard let name = text(entry) else { return nil }
        guard let view = views[name] else {
            report.error(
                message("no view `\(name)`", meaning: name, among: views.keys.sorted()), at: entry.value.position)
            return nil
        }
        usedViews.insert(name)
        guard !viewsInHand.contains(name) else {
            report.error("view `\(name)` holds itself", at: entry.value.position)
            return nil
        }
        viewsInHand.append(name)
        defer { viewsInHand.removeLast() }
        var inner = scope
        inner.isView = true
        return tree(view, inner)
    }

    private mutating func conditional(_ first: Node.Entry, _ members: Members, _ scope: ReplyScope) -> Tree? {
        guard case .whole(let placeholder)? = first.value.string.map({ ScalarText($0) }), placeholder.filters.isEmpty
        else {
            report.error("`$if` asks for one value without filters: `$agent.online`", at: first.value.position)
            return nil
        }
        guard let then = required("then", of: members, first) else { return nil }
        let question = question(placeholder, members["is"], scope, at: first.value.position)
        let thenTree = tree(then.value, scope)
        let other = members["else"]
        let otherTree = other.flatMap { tree($0.value, scope) }
        guard let question, let thenTree, other == nil || otherTree != nil else { return nil }
        return .conditional(question, then: thenTree, otherwise: otherTree)
    }

    private mutating func question(
        _ placeholder: Placeholder, _ answers: Node.Entry?, _ scope: ReplyScope, at place: SourcePosition
    ) -> Question? {
        if placeholder.member == nil, let list = List(rawValue: placeholder.root), scope.names.contains(list.rawValue) {
            if let answers { report.error("a list is asked only whether it holds anything", at: answers.position) }
            return answers == nil ? .list(list) : nil
        }
        guard let slot = resolve(placeholder, scope, at: place) else { return nil }
        guard let answers else { return .fact(slot) }
        var values: [Value] = []
        for node in items(answers.value) {
            guard let value = node.scalar, value != .null else {
                report.error("`is` compares with a text, a number, true or false", at: node.position)
                return nil
            }
            values.append(value)
        }
        return .isOne(slot, of: values)
    }

    private mutating func list(_ entry: Node.Entry, _ scope: ReplyScope) -> (List, ReplyScope)? {
        let known = List.allCases.map(\.rawValue).filter(scope.names.contains)
        guard case .whole(let placeholder)? = entry.value.string.map({ ScalarText($0) }),
            placeholder.filters.isEmpty, placeholder.member == nil,
            let list = List(rawValue: placeholder.root), known.contains(placeholder.root)
        else {
            let name = entry.value.string.map { $0.hasPrefix("$") ? String($0.dropFirst()) : $0 } ?? ""
            let choices = known.isEmpty ? "there is none here" : known.map { "`$\($0)`" }.joined(separator: ", ")
            report.error(
                message("`\(entry.key)` runs over a list: \(choices)", meaning: name, among: known),
                at: entry.value.position)
            return nil
        }
        var inner = scope
        inner.item =
            switch list {
            case .agents: .agent
            case .users: .user
            case .sessions: .session
            case .apiKeys: .key
            case .errors: .problem
            }
        return (list, inner)
    }

    private mutating func each(_ first: Node.Entry, _ members: Members, _ scope: ReplyScope) -> Tree? {
        guard let body = required("do", of: members, first), let (list, inner) = list(first, scope),
            let tree = tree(body.value, inner)
        else { return nil }
        return .each(list, tree)
    }

    private mutating func group(_ first: Node.Entry, _ members: Members, _ scope: ReplyScope) -> Tree? {
        guard let by = required("by", of: members, first), let body = required("do", of: members, first),
            let (list, inner) = list(first, scope)
        else { return nil }
        let take: Tree.Take? = members["take"].map { choice($0) } ?? .first
        guard let member = text(by) else { return nil }
        guard let placeholder = Placeholder("it.\(member)"), placeholder.filters.isEmpty else {
            report.error("`by` names a member of the item: `by: field`", at: by.value.position)
            return nil
        }
        guard let key = resolve(placeholder, inner, at: by.value.position), let take, let tree = tree(body.value, inner)
        else { return nil }
        if key.kind == .list {
            report.error("`by` needs a single value", at: by.value.position)
            return nil
        }
        return .group(list, by: key, take: take, tree)
    }
}
