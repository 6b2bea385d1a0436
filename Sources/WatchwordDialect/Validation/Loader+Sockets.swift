import WatchwordCore

extension Loader {
    /// What ends an open socket.
    private enum Closing: String, CaseIterable {
        case apiKeyRevoked = "api_key_revoked"
        case sessionRevoked = "session_revoked"
        case tokenExpired = "token_expired"
    }
    private enum Relay: String, CaseIterable { case agent, user }

    mutating func readSockets(_ entry: Node.Entry) {
        for item in members(of: entry, unknown: "socket", nil)?.entries ?? [] {
            switch RoutePath.read(item.key) {
            case .success(let path):
                if dialect.sockets.contains(where: {
                    RoutePath.shape($0.path) == RoutePath.shape(path) && $0.path != path
                }) {
                    report.error("`\(item.key)` has the shape of another socket", at: item.position)
                }
                readSocket(item, path)
            case .failure(let mistake): report.error(mistake.message, at: item.position)
            }
        }
    }

    private mutating func readSocket(_ item: Node.Entry, _ path: [PathPiece]) {
        guard let members = members(of: item, Language.socket) else { return }
        let operation: Socket.Operation? = required("do", of: members, item).flatMap { choice($0) }
        if let auth = required("auth", of: members, item) { readSocketAuth(auth) }
        var scope = ReplyScope(place: item.key)
        scope.outputs = operation == .connectAgent ? [.user, .agent, .apiKey] : [.user, .agent, .session]
        if sections["api_keys"] == nil { scope.outputs.remove(.apiKey) }
        for key in ["welcome", "accepted"] {
            if let message = members[key] { checkMessage(message.value, scope) }
        }
        if let refused = members["refused"] { readRefused(refused) }
        if let alive = members["alive"] {
            let parts = self.members(of: alive, Language.socketLife)
            for key in ["ping", "pong"] {
                if let message = parts?[key] { checkMessage(message.value, ReplyScope(place: item.key)) }
            }
            if let every = parts?["every"] { _ = lifetime(every) }
        }
        if let closing = members["close_when"] {
            for event in items(closing.value) { let _: Closing? = choice(event, closing.key) }
        }
        if let relay = members["relay"] { let _: Relay? = choice(relay) }
        if let owns = members["owns"], let agent = self.members(of: owns, Language.socketOwner)?["agent"] {
            let name = text(agent)
            let parameter = name.map { $0.hasPrefix("path.") ? String($0.dropFirst(5)) : "" }
            if let parameter, !path.contains(.parameter(parameter)) {
                report.error("`agent` is a parameter of the path, as in `path.agent_id`", at: agent.value.position)
            }
        }
        guard let operation else { return }
        dialect.sockets.append(Socket(path: path, operation: operation, written: item.value.value))
    }

    private mutating func checkMessage(_ node: Node, _ scope: ReplyScope) {
        treeBudget = Self.largestTree
        _ = tree(node, scope)
    }

    /// `{first_message: {type: auth, api_key: $takes.api_key}, within: 10s}` or `{query: token, takes: access}`.
    private mutating func readSocketAuth(_ entry: Node.Entry) {
        guard let members = members(of: entry, Language.socketAuth) else { return }
        if let within = members["within"] { _ = lifetime(within) }
        let ways = ["first_message", "query", "header"].filter { members[$0] != nil }
        guard ways.count == 1 else {
            report.error(
                "a socket authenticates by one of `first_message`, `query`, `header`", at: entry.value.position)
            return
        }
        if let message = members["first_message"] {
            let taken = takenKinds(message.value)
            if taken.count != 1 {
                report.error(
                    "`first_message` needs one `$takes.access` or `$takes.api_key`", at: message.value.position)
            }
            for (kind, place) in taken { if let kind { checkIssued(kind, at: place) } }
            return
        }
        if ways == ["query"] { noteQuery(at: entry.value.position) }
        guard let takes = required("takes", of: members, entry),
            let kind: PresentedCredential.Kind = choice(takes)
        else { return }
        checkIssued(kind, at: takes.value.position)
    }

    /// The kinds that placeholders of a first message take; nothing for one that was reported.
    private mutating func takenKinds(_ node: Node) -> [(PresentedCredential.Kind?, SourcePosition)] {
        switch node.content {
        case .scalar(.string(let text)):
            guard text.hasPrefix("$"), !text.hasPrefix("$$") else { return [] }
            let known = PresentedCredential.Kind.allCases.map { "$takes.\($0.rawValue)" }
            if let kind = PresentedCredential.Kind.allCases.first(where: { text == "$takes.\($0.rawValue)" }) {
                return [(kind, node.position)]
            }
            report.error(message("nothing called `\(text)` here", meaning: text, among: known), at: node.position)
            return [(nil, node.position)]
        case .mapping(let entries): return entries.flatMap { takenKinds($0.value) }
        case .sequence(let items): return items.flatMap { takenKinds($0) }
        case .scalar, .unreadable: return []
        }
    }

    /// `{send: {...}, close: 1008}` once open, or `{http: 401, body: {...}}` before.
    private mutating func readRefused(_ entry: Node.Entry) {
        guard let members = members(of: entry, Language.socketRefusal) else { return }
        let scope = ReplyScope(hasError: true, place: "refused")
        for key in ["send", "body"] { if let message = members[key] { checkMessage(message.value, scope) } }
        // RFC 6455 section 7.4.2.
        if let close = members["close"] { _ = integer(close, 1_000...4_999) }
        if let status = members["http"] { _ = integer(status, 400...599) }
        if members["http"] != nil, members["close"] != nil {
            report.error("a socket is refused by `http` before it opens or by `close` after", at: entry.value.position)
        }
    }
}
