import WatchwordCore

extension Loader {
    /// `{mode: cookie, query.grant_type: [a, b], header.X-Requested-With: {present: true}}`, or a list of
    /// `{of: source, is: value}`.
    ///
    /// - Parameter extras: what the route names in `with:`; any other name is a source, as in `in:`.
    mutating func conditions(_ entry: Node.Entry, extras: [Extra]) -> [Condition] {
        if entry.value.items != nil { return items(entry.value).compactMap { condition($0) } }
        guard let members = members(of: entry, unknown: "condition", nil) else { return [] }
        if members.entries.isEmpty, !entry.value.isUnreadable {
            report.error("`\(entry.key)` asks for nothing: leave it out of the last case", at: entry.value.position)
        }
        return members.entries.compactMap { item in
            let extra = extras.first { $0.name == item.key }
            guard let sources = extra?.sources ?? source(item.key, at: item.position).map({ [$0] }),
                let test = test(item)
            else { return nil }
            return Condition(sources, test)
        }
    }

    /// `{of: [token, cookie.token], is: [a, b]}`, `{of: {header: Authorization}, present: true}`.
    private mutating func condition(_ node: Node) -> Condition? {
        guard let members = members(of: node, "a condition", Language.condition) else { return nil }
        let entry = Node.Entry(key: "when", position: node.position, value: node)
        guard let sources = required("of", of: members, entry).map({ self.sources($0) }), !sources.isEmpty else {
            return nil
        }
        let tests = members.entries.filter { $0.key != "of" }
        guard tests.count == 1, let asked = tests.first else {
            report.error("a condition has one of `is`, `present`, `absent`", at: node.position)
            return nil
        }
        if asked.key == "is" { return test(asked).map { Condition(sources, $0) } }
        return flag(asked).map { Condition(sources, $0 == (asked.key == "present") ? .present : .absent) }
    }

    private mutating func test(_ item: Node.Entry) -> Condition.Test? {
        switch item.value.content {
        case .unreadable: return nil
        case .scalar(.null), .scalar(.string("absent")): return .absent
        // As a list of one they are texts to compare with.
        case .scalar(.string("present")): return .present
        case .scalar(let value): return .isOne(of: [value])
        case .sequence(let items):
            var values: [Value] = []
            for node in items {
                guard let value = node.scalar, value != .null else {
                    if !node.isUnreadable {
                        report.error("a value to compare with is a text, a number, true or false", at: node.position)
                    }
                    return nil
                }
                values.append(value)
            }
            if values.isEmpty { report.error("`\(item.key)` is compared with nothing", at: item.value.position) }
            return values.isEmpty ? nil : .isOne(of: values)
        case .mapping:
            guard let members = members(of: item, Language.presence) else { return nil }
            guard members.entries.count == 1, let asked = members.entries.first else {
                if members.entries.count == item.value.entries?.count {
                    report.error("a test is a value, a list of them, or {present: true|false}", at: item.value.position)
                }
                return nil
            }
            return flag(asked).map { $0 == (asked.key == "present") ? .present : .absent }
        }
    }

    /// What is answered: one reply, or a list of which the first whose `when` fits counts. The last one stands for
    /// every other request.
    mutating func replies(
        _ node: Node, isRefusal: Bool = false, _ scope: ReplyScope
    ) -> (last: Reply, others: [Reply])? {
        guard node.items != nil else {
            guard let reply = reply(node, isRefusal: isRefusal, scope) else { return nil }
            if let when = node["when"] {
                report.error("`when` chooses among several replies: make this a list", at: when.position)
            }
            return (reply, [])
        }
        let nodes = items(node)
        let replies = nodes.map { reply($0, isRefusal: isRefusal, scope) }
        let read = replies.compactMap { $0 }
        guard read.count == nodes.count, let last = read.last else {
            if nodes.isEmpty { report.error("a list of replies has none", at: node.position) }
            return nil
        }
        checkReach(zip(read, nodes).map { ($0.conditions, $1.position) })
        if !last.conditions.isEmpty, let position = nodes.last?.position {
            report.error("the last reply stands for every other request: it has no `when`", at: position)
        }
        return (last, Array(read.dropLast()))
    }

    /// Cases that no request reaches: behind one without conditions, or with the conditions of an earlier one.
    mutating func checkReach(_ cases: [(conditions: [Condition], position: SourcePosition)]) {
        for (index, this) in cases.enumerated() {
            let earlier = cases[..<index]
            if earlier.contains(where: { $0.conditions.isEmpty }) {
                report.error("this case is never reached: one before it has no `when`", at: this.position)
            } else if earlier.contains(where: { $0.conditions == this.conditions }) {
                report.error("this case is never reached: one before it has the same `when`", at: this.position)
            }
        }
    }
}
