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

    /// `{status: 200, headers: {...}, cookies: {...}, body: ...}`; nothing if something in it is wrong.
    mutating func reply(_ node: Node, isRefusal: Bool, _ scope: ReplyScope) -> Reply? {
        guard let members = members(of: node, "a reply", Language.reply) else { return nil }
        treeBudget = Self.largestTree
        let content = members["body"] ?? members["text"]
        let status = members["status"].flatMap { self.status($0, isRefusal: isRefusal, hasBody: content != nil) }
        if members["status"] == nil, !members.entries.contains(where: { $0.value.isUnreadable }) {
            report.error("a reply needs `status`", at: members.position)
        }
        if let content, let status, status == 204 || status == 205 || status == 304 {
            report.error("status \(status) has no body", at: content.value.position)
        }
        if members["body"] != nil, let text = members["text"] {
            report.error("a reply has a `body` or a `text`, not both", at: text.position)
        }
        var headers: [ReplyHeader]? = []
        if let entry = members["headers"] { headers = self.headers(entry, scope) }
        var cookies: [ReplyCookie]? = []
        if let entry = members["cookies"] { cookies = self.cookies(entry, isRefusal: isRefusal, scope) }
        let typeEntry = typeEntry(members)
        let type = typeEntry.flatMap { contentType($0) }
        let tree = content.flatMap { self.tree($0.value, scope) }
        if let status, (301...308).contains(status), status != 304,
            !(members["headers"]?.value.entries ?? []).contains(where: { $0.key.lowercased() == "location" })
        {
            report.error("status \(status) needs a `Location` header", at: members.position)
        }
        guard let status, let headers, let cookies, content == nil || tree != nil else { return nil }
        var reply = Reply(status: status, headers: headers, body: tree)
        reply.cookies = cookies
        reply.contentType = type
        reply.isText = members["text"] != nil || tree != nil && type.map { !Self.isJSON($0) } ?? false
        if reply.isText, let content, let tree, !isLine(tree) {
            report.error(
                members["text"] == nil
                    ? "a body that is no JSON is one text" : "`text` is one text, without lists and members",
                at: content.value.position)
        } else if reply.isText, let type, let typeEntry, Self.isJSON(type) {
            report.error("`text` writes no JSON: write `body`", at: typeEntry.value.position)
        }
        if let when = members["when"] {
            reply.conditions = conditions(when, extras: scope.extras)
        }
        return reply
    }

    /// `content_type:`, or a header of that name.
    private mutating func typeEntry(_ members: Members) -> Node.Entry? {
        let header = members["headers"]?.value.entries?.first { $0.key.lowercased() == "content-type" }
        if let header, members["content_type"] != nil {
            report.error("the content type is there twice", at: header.position)
        }
        return members["content_type"] ?? header
    }

    private mutating func status(_ entry: Node.Entry, isRefusal: Bool, hasBody: Bool) -> Int? {
        guard let status = integer(entry, 200...599) else { return nil }
        // One mistake is told once: that of the body, where the status allows none.
        if hasBody, status == 204 || status == 205 || status == 304 { return Int(status) }
        if isRefusal, status < 400 {
            report.note("a client that looks at the status takes this refusal for a success", at: entry.value.position)
        } else if !isRefusal, status >= 400 {
            report.note("a client that looks at the status takes this success for a failure", at: entry.value.position)
        }
        return Int(status)
    }

    /// `type/subtype` of RFC 9110 section 8.3.1, perhaps with parameters.
    private mutating func contentType(_ entry: Node.Entry) -> String? {
        guard let type = text(entry) else { return nil }
        let names = type.prefix { $0 != ";" }.split(separator: "/", omittingEmptySubsequences: false)
        guard names.count == 2, names.allSatisfy({ isToken(Identifier.trimmed(String($0))) }),
            type.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else {
            report.error(
                "`\(type)` is no content type: a type and a subtype, as in `application/json`",
                at: entry.value.position)
            return nil
        }
        return type
    }

    /// Whether a body of that type is written as JSON, and not as a text.
    static func isJSON(_ type: String) -> Bool { type.prefix { $0 != ";" }.lowercased().contains("json") }

    /// Whether a tree can only come to one text.
    private func isLine(_ tree: Tree) -> Bool {
        switch tree {
        case .literal(.array), .literal(.object): false
        case .literal, .text: true
        case .slot(let slot, let filters): slot.kind != .list && !filters.contains(.list)
        case .conditional(_, let then, let otherwise): isLine(then) && otherwise.map(isLine) ?? true
        case .object, .array, .each, .group: false
        }
    }

    /// Refusal code to reply: a dialect's or a route's `errors:`.
    ///
    /// - Parameter extras: what the route names in `with:`.
    mutating func refusals(_ entry: Node.Entry, extras: [Extra] = []) -> [RefusalCode: Reply] {
        var replies: [RefusalCode: Reply] = [:]
        let known = RefusalCode.allCases.map(\.rawValue)
        for error in members(of: entry, unknown: "error", known)?.entries ?? [] {
            guard let code = RefusalCode(rawValue: error.key) else { continue }
            // Known even with a mistake in it, or it would be missed as well.
            replies[code] = Reply(status: 500)
            let scope = ReplyScope(extras: extras, hasError: true)
            guard let (last, others) = self.replies(error.value, isRefusal: true, scope) else { continue }
            replies[code] = last
            replies[code]?.cases = others
        }
        return replies
    }

    mutating func readErrors(_ entry: Node.Entry) {
        dialect.errors = refusals(entry)
    }
}
