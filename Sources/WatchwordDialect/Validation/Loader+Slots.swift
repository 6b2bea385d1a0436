import WatchwordCore

extension Loader {
    /// The fact that a placeholder names and how it is written; nothing, and reported, if there is none here.
    mutating func slot(_ placeholder: Placeholder, _ scope: ReplyScope, at place: SourcePosition) -> (Slot, [Filter])? {
        guard let slot = resolve(placeholder, scope, at: place), let filters = filters(placeholder, slot, at: place)
        else { return nil }
        return (slot, filters)
    }

    mutating func resolve(_ placeholder: Placeholder, _ scope: ReplyScope, at place: SourcePosition) -> Slot? {
        let root = placeholder.root
        guard scope.names.contains(root) else {
            let absence = absence(of: root, scope)
            report.error(absence, at: place)
            return nil
        }
        if let slot = ReplyScope.bare[root] {
            if let member = placeholder.member { return unknownMember(member, of: root, [], at: place) }
            return slot
        }
        if List(rawValue: root) != nil {
            report.error("`$\(root)` is a list: write {$each: $\(root), do: ...}", at: place)
            return nil
        }
        guard let member = placeholder.member else {
            let some = someMember(of: root, scope)
            report.error("`$\(root)` needs a member, as in `$\(root).\(some)`", at: place)
            return nil
        }
        switch (root, scope.item) {
        case ("user", _): return account(member, at: place, Slot.user)
        case ("access", _): return find(member, of: root, Slot.access, at: place)
        case ("refresh", _): return find(member, of: root, Slot.refresh, at: place)
        case ("ticket", _): return find(member, of: root, Slot.ticket, at: place)
        case ("session", _): return find(member, of: root, Slot.session, at: place)
        case ("api_key", _): return find(member, of: root, Slot.apiKey, at: place)
        case ("agent", _): return find(member, of: root, Slot.agent, at: place)
        case ("with", _): return extra(member, scope, at: place)
        case ("error", _): return find(member, of: root, Slot.error, at: place)
        case ("it", .user?): return account(member, at: place, Slot.itemUser)
        case ("it", .session?): return find(member, of: root, Slot.itemSession, at: place)
        case ("it", .agent?): return find(member, of: root, Slot.itemAgent, at: place)
        case ("it", .problem?): return find(member, of: root, Slot.itemProblem, at: place)
        case ("it", .key?):
            if member == Slot.KeyMember.secret.rawValue {
                report.error("a key's secret has a name only where the key is made", at: place)
                return nil
            }
            return find(member, of: root, Slot.itemKey, at: place)
        default: return find(member, of: root, Slot.request, at: place)
        }
    }

    /// Why there is nothing of that name, as far as it can be told.
    private func absence(of root: String, _ scope: ReplyScope) -> String {
        let here = scope.isView ? "where `\(scope.place)` uses this view" : "here"
        let text = "nothing called `$\(root)` \(here)"
        guard let output = OutputName(rawValue: root), let operation = scope.operation else {
            return message(text, meaning: root, among: scope.names)
        }
        if operation.signature.outputs.contains(output) {
            return "\(text): this dialect issues none with `\(operation.rawValue)`"
        }
        let given = OutputName.allCases.filter(scope.outputs.contains).map { "`\($0.rawValue)`" }
        return "\(text): `\(operation.rawValue)` gives \(given.isEmpty ? "nothing" : given.joined(separator: ", "))"
    }

    private func someMember(of root: String, _ scope: ReplyScope) -> String {
        switch root {
        case "access", "refresh", "ticket": "token"
        case "request": "base_url"
        case "error": "message"
        case "it" where scope.item == .problem: "message"
        case "with": scope.extras.first?.name ?? "name"
        default: "id"
        }
    }

    private mutating func extra(_ name: String, _ scope: ReplyScope, at place: SourcePosition) -> Slot? {
        let known = scope.extras.map(\.name)
        return known.contains(name) ? .extra(name) : unknownMember(name, of: "with", known, at: place)
    }

    private mutating func find<Member: RawRepresentable<String> & CaseIterable>(
        _ name: String, of root: String, _ make: (Member) -> Slot, at place: SourcePosition
    ) -> Slot? {
        if let member = Member(rawValue: name) { return make(member) }
        return unknownMember(name, of: root, Member.allCases.map(\.rawValue), at: place)
    }

    private mutating func unknownMember(
        _ name: String, of root: String, _ known: [String], at place: SourcePosition
    ) -> Slot? {
        report.error(message("`$\(root)` has no `\(name)`", meaning: name, among: known), at: place)
        return nil
    }

    private mutating func account(
        _ name: String, at place: SourcePosition, _ make: (Slot.AccountMember) -> Slot
    ) -> Slot? {
        let terms = dialect.terms
        let standing = Slot.AccountMember.standing.filter { member in
            switch member {
            case .usageCount, .usageLimit: terms.apiKeys?.usageLimit != nil
            default: true
            }
        }
        if let member = standing.first(where: { $0.text == name }) { return make(member) }
        let fields = terms.accounts.fields.map(\.name)
        if fields.contains(name) { return make(.field(name)) }
        switch name {
        case "usage_count", "usage_limit":
            report.error("`$user` has no `\(name)`: `api_keys` has no `usage_limit`", at: place)
            return nil
        default: return unknownMember(name, of: "user", standing.map(\.text) + fields, at: place)
        }
    }

    private mutating func filters(_ placeholder: Placeholder, _ slot: Slot, at place: SourcePosition) -> [Filter]? {
        var filters: [Filter] = []
        for name in placeholder.filters {
            guard let filter = Filter(rawValue: name) else {
                report.error(
                    message("unknown filter `\(name)`", meaning: name, among: Filter.allCases.map(\.rawValue)),
                    at: place)
                return nil
            }
            if filters.contains(filter) {
                report.error("the filter `\(name)` is there twice", at: place)
                return nil
            }
            if let nature = filter.nature(wrongFor: slot) {
                report.error(
                    "the filter `\(name)` writes \(nature), and `$\(placeholder.text)` is none", at: place)
                return nil
            }
            if filter.writesTimes, filters.contains(where: \.writesTimes) {
                report.error("a time has one form: `\(name)` comes too late", at: place)
                return nil
            }
            filters.append(filter)
        }
        if slot.kind == .time, let timeFilter, !filters.contains(where: \.writesTimes) {
            filters.insert(timeFilter, at: 0)
        }
        return filters
    }
}

extension Filter {
    /// What it writes, where a fact is nothing of the kind.
    fileprivate func nature(wrongFor slot: Slot) -> String? {
        switch self {
        case .lower, .upper: slot.kind == .text ? nil : "text"
        case .integer: slot.kind == .list || slot.kind == .time ? "numbers" : nil
        default: writesTimes && slot.kind != .time ? "times" : nil
        }
    }
}
