import WatchwordCore

extension Loader {
    mutating func collectViews(_ entry: Node.Entry) {
        for view in members(of: entry, unknown: "view", nil)?.entries ?? [] where views[view.key] == nil {
            views[view.key] = view.value
        }
    }

    mutating func noteUnusedViews(_ entry: Node.Entry) {
        for view in entry.value.entries ?? [] where !usedViews.contains(view.key) {
            report.note("view `\(view.key)` is used nowhere, and was not checked", at: view.position)
        }
    }

    /// Fields that the server writes itself (RFC 9110 sections 6.6.1, 7.6.1 and 8).
    private static let ownFields = [
        "content-length", "content-type", "transfer-encoding", "connection", "date", "server", "keep-alive", "upgrade",
        "te", "trailer", "allow",
    ]

    /// `{status: 200, headers: {...}, body: ...}`; nothing if something in it is wrong.
    mutating func reply(_ node: Node, isRefusal: Bool, _ scope: ReplyScope) -> Reply? {
        guard let members = members(of: node, "a reply", Language.reply) else { return nil }
        treeBudget = Self.largestTree
        let body = members["body"]
        let status = members["status"].flatMap { self.status($0, isRefusal: isRefusal, hasBody: body != nil) }
        if members["status"] == nil, !members.entries.contains(where: { $0.value.isUnreadable }) {
            report.error("a reply needs `status`", at: members.position)
        }
        if let body, let status, status == 204 || status == 205 || status == 304 {
            report.error("status \(status) has no body", at: body.value.position)
        }
        var headers: [ReplyHeader]? = []
        if let entry = members["headers"] { headers = self.headers(entry, scope) }
        let tree = body.flatMap { self.tree($0.value, scope) }
        if let status, (301...308).contains(status), status != 304,
            !(members["headers"]?.value.entries ?? []).contains(where: { $0.key.lowercased() == "location" })
        {
            report.error("status \(status) needs a `Location` header", at: members.position)
        }
        guard let status, let headers, body == nil || tree != nil else { return nil }
        var reply = Reply(status: status, headers: headers, body: tree)
        if let when = members["when"] {
            if isRefusal { report.error("a refusal has one reply, without `when`", at: when.position) }
            reply.conditions = conditions(when, extras: scope.extras)
        }
        return reply
    }

    private mutating func status(_ entry: Node.Entry, isRefusal: Bool, hasBody: Bool) -> Int? {
        guard let status = integer(entry, 100...599) else { return nil }
        // One mistake is told once: that of the body, where the status allows none.
        if hasBody, status == 204 || status == 205 || status == 304 { return Int(status) }
        if isRefusal, status < 400 {
            report.error("a refusal has a status of 400 to 599, not \(status)", at: entry.value.position)
            return nil
        }
        if !isRefusal, !(200...399).contains(status) {
            report.error("what is granted has a status of 200 to 399, not \(status)", at: entry.value.position)
            return nil
        }
        return Int(status)
    }

    private mutating func headers(_ entry: Node.Entry, _ scope: ReplyScope) -> [ReplyHeader]? {
        guard let members = members(of: entry, unknown: "header", nil) else { return nil }
        var headers: [ReplyHeader] = []
        for field in members.entries {
            let name = field.key.lowercased()
            if name == "set-cookie" {
                report.error("`\(field.key)` is not supported yet", at: field.position)
            } else if !isToken(field.key) {
                report.error("`\(field.key)` cannot be the name of a header", at: field.position)
            } else if Self.ownFields.contains(name) {
                report.error("`\(field.key)` is written by the server itself", at: field.position)
            } else if headers.contains(where: { $0.name.lowercased() == name }) {
                report.error("`\(field.key)` is there twice", at: field.position)
            } else if let tree = tree(field.value, scope, isMember: true) {
                guard isFieldValue(tree) else {
                    report.error("a header's value is one line of ASCII text", at: field.value.position)
                    continue
                }
                headers.append(ReplyHeader(field.key, tree))
            }
        }
        return headers.count == members.entries.count ? headers : nil
    }

    private func isFieldValue(_ tree: Tree) -> Bool {
        func isLine(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20...0x7E).contains($0) } }
        switch tree {
        case .literal(.string(let text)): return isLine(text)
        case .literal(.int), .literal(.bool): return true
        case .slot(let slot, let filters): return slot.kind != .list && !filters.contains(.list)
        case .text(let pieces):
            return pieces.allSatisfy { if case .literal(let text) = $0 { isLine(text) } else { true } }
        default: return false
        }
    }

    /// Refusal code to reply: a dialect's or a route's `errors:`.
    mutating func refusals(_ entry: Node.Entry) -> [RefusalCode: Reply] {
        var replies: [RefusalCode: Reply] = [:]
        let known = RefusalCode.allCases.map(\.rawValue)
        for error in members(of: entry, unknown: "error", known)?.entries ?? [] {
            guard let code = RefusalCode(rawValue: error.key) else { continue }
            // Known even with a mistake in it, or it would be missed as well.
            replies[code] = Reply(status: 500)
            let family = sequence(first: code, next: \.parent)
            let scope = ReplyScope(hasError: true, hasProblems: code == .error || family.contains(.validation))
            if let reply = reply(error.value, isRefusal: true, scope) { replies[code] = reply }
        }
        return replies
    }

    mutating func readErrors(_ entry: Node.Entry) {
        dialect.errors = refusals(entry)
    }
}
