import WatchwordCore

extension Loader {
    private static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    private static let laterInputs = ["otp", "device", "user_id", "role", "ttl", "uid", "search"]
    private static let routeKeys = ["do", "take", "in", "auth", "reply", "errors", "note"]

    mutating func readRoutes(_ entry: Node.Entry) {
        var seen: [[String]: (text: String, path: String)] = [:]
        for item in members(of: entry, unknown: "route", nil)?.entries ?? [] {
            guard let (method, path) = heading(item) else { continue }
            let shape = [method] + RoutePath.shape(path)
            if let other = seen[shape], other.text != item.key {
                report.error("`\(item.key)` answers the same requests as `\(other.text)`", at: item.position)
            }
            seen[shape] = (item.key, item.key)
            readRoute(item, method, path)
        }
        if entry.value.entries?.isEmpty == true { report.error("there are no routes", at: entry.value.position) }
    }

    /// `POST /api/login` in two.
    private mutating func heading(_ item: Node.Entry) -> (String, [PathPiece])? {
        let parts = item.key.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            report.error("a route is a method and a path: `POST /api/login`, not `\(item.key)`", at: item.position)
            return nil
        }
        let method = String(parts[0])
        if method == "HEAD" || method == "OPTIONS" {
            report.error("`\(method)` is answered by the server itself", at: item.position)
            return nil
        }
        guard Self.methods.contains(method) else {
            report.error(
                message("unknown method `\(method)`", meaning: method.uppercased(), among: Self.methods),
                at: item.position)
            return nil
        }
        switch RoutePath.read(String(parts[1])) {
        case .success(let path): return (method, path)
        case .failure(let mistake):
            report.error(mistake.message, at: item.position)
            return nil
        }
    }

    private mutating func readRoute(_ item: Node.Entry, _ method: String, _ path: [PathPiece]) {
        if item.value.items != nil {
            report.error("a list of cases by `when:` is not supported yet", at: item.value.position)
            return
        }
        guard
            let members = members(
                of: item, unknown: "route key", Self.routeKeys, later: ["with", "when"])
        else { return }
        if let note = members["note"] { _ = text(note) }
        let operation = required("do", of: members, item).flatMap { self.operation($0) }
        let replyEntry = required("reply", of: members, item)
        let refusals = members["errors"].map { self.refusals($0) } ?? [:]
        guard let operation else {
            if let binding = members["in"], binding.value.entries == nil {
                _ = self.members(of: binding, unknown: "input", nil)
            }
            return
        }
        let scope = ReplyScope(operation: operation, outputs: outputs(of: operation), place: item.key)
        let reply = replyEntry.flatMap { self.reply($0.value, isRefusal: false, scope) }
        // A reply with a mistake stands for itself, so that what follows is checked all the same.
        var route = Route(method: method, path: path, operation: operation, reply: reply ?? Reply(status: 200))
        route.errors = refusals
        route.media = members["take"].map { media($0) } ?? []
        route.bindings = members["in"].map { bindings($0, operation) } ?? []
        if let auth = members["auth"] { route.carriers = carriers(auth) }
        checkNeeds(route, members, item)
        if reply != nil { checkRotation(route, item) }
        checkSources(route, members, item)
        checkCompleteness(route, item)
        dialect.routes.append(route)
        routePositions.append(item.position)
    }

    private mutating func operation(_ entry: Node.Entry) -> Operation? {
        guard let name = text(entry) else { return nil }
        let later = [
            "update_me", "delete_me", "rotate_api_key", "get_user", "list_users", "introspect", "jwks",
            "list_sessions", "revoke_session", "get_agent", "remove_agent",
        ]
        if !later.contains(name), let operation = Operation(rawValue: name) { return operation }
        if later.contains(name) {
            report.error("the operation `\(name)` is not supported yet", at: entry.value.position)
        } else if Socket.Operation(rawValue: name) != nil {
            report.error("`\(name)` belongs in `sockets:`", at: entry.value.position)
        } else {
            report.error(
                message("unknown operation `\(name)`", meaning: name, among: Operation.allCases.map(\.rawValue)),
                at: entry.value.position)
        }
        return nil
    }

    /// What an operation gives under this dialect.
    private func outputs(of operation: Operation) -> Set<OutputName> {
        var outputs = operation.signature.outputs
        let terms = dialect.terms
        if sections["tokens"]?.value["access"] == nil { outputs.remove(.access) }
        if terms.refresh == nil || terms.refresh?.use == .reuse && operation == .refresh { outputs.remove(.refresh) }
        let isShown = terms.apiKeys?.shown == .always
        let makesKey =
            switch operation {
            case .createAPIKey: terms.apiKeys != nil
            case .signUp: terms.apiKeys?.issueOnSignUp == true || isShown
            default: isShown
            }
        if !makesKey { outputs.remove(.apiKey) }
        if terms.apiKeys == nil { outputs.remove(.apiKeys) }
        return outputs
    }

    private mutating func media(_ entry: Node.Entry) -> [MediaType] {
        var media: [MediaType] = []
        for item in items(entry.value) {
            if item.string == "multipart" {
                report.error("`multipart` is not supported yet", at: item.position)
            } else if let type: MediaType = choice(item, entry.key) {
                if media.contains(type) { report.error("`\(type.rawValue)` is there twice", at: item.position) }
                media.append(type)
            }
        }
        return media
    }

    private mutating func carriers(_ entry: Node.Entry) -> [Carrier]? {
        guard let name = text(entry) else { return [] }
        if let carriers = carrierLists[name] { return carriers }
        report.error(
            message("no credentials `\(name)`", meaning: name, among: carrierLists.keys.sorted()),
            at: entry.value.position)
        return []
    }

    // MARK: Inputs

    /// `email: email`, `refresh_token: [refresh_token, cookie.refresh]`.
    private mutating func bindings(_ entry: Node.Entry, _ operation: Operation) -> [Binding] {
        let signature = operation.signature
        let inputs = signature.required + signature.optional
        let fields = dialect.terms.accounts.fields.map(\.name)
        let known = inputs.map(\.text) + (signature.takesFields ? fields.map { "fields.\($0)" } : [])
        var bindings: [Binding] = []
        for item in members(of: entry, unknown: "input", nil)?.entries ?? [] {
            let input: InputName
            if let plain = inputs.first(where: { $0.text == item.key }) {
                input = plain
            } else if signature.takesFields, item.key.hasPrefix("fields."),
                fields.contains(String(item.key.dropFirst(7)))
            {
                input = .field(String(item.key.dropFirst(7)))
            } else if Self.laterInputs.contains(item.key) {
                report.error("the input `\(item.key)` is not supported yet", at: item.position)
                continue
            } else {
                report.error(
                    message("`\(operation.rawValue)` takes no `\(item.key)`", meaning: item.key, among: known),
                    at: item.position)
                continue
            }
            var sources: [InputSource] = []
            for source in items(item.value) {
                guard let source = self.source(source, item.key) else { continue }
                sources.append(source)
            }
            if item.value.items?.isEmpty == true {
                report.error("`\(item.key)` has no source", at: item.value.position)
            }
            if !sources.isEmpty { bindings.append(Binding(input, sources)) }
        }
        return bindings
    }

    private mutating func source(_ node: Node, _ key: String) -> InputSource? {
        guard let text = text(node, key) else { return nil }
        let steps = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard steps.allSatisfy({ !$0.isEmpty }) else {
            report.error(
                "`\(text)` is no source: a member of the body, or query., header., cookie., path.", at: node.position)
            return nil
        }
        guard steps.count > 1 else { return .body(steps) }
        let rest = steps.dropFirst().joined(separator: ".")
        switch steps[0] {
        case "query": return .query(rest)
        case "path": return .path(rest)
        case "basic":
            report.error("`basic` is not supported yet", at: node.position)
            return nil
        case "header", "cookie":
            guard isToken(rest) else {
                report.error("`\(rest)` cannot be the name of a \(steps[0])", at: node.position)
                return nil
            }
            return steps[0] == "header" ? .header(rest.lowercased(), scheme: nil) : .cookie(rest)
        default: return .body(steps)
        }
    }
}
