import WatchwordCore

extension Loader {
    /// Methods of the IANA registry and of APIs at large: what a misspelt one was likely meant to be.
    private static let methods = [
        "GET", "POST", "PUT", "PATCH", "DELETE", "SEARCH", "QUERY", "LIST", "COPY", "MOVE", "LINK", "UNLINK", "LOCK",
        "UNLOCK", "PURGE",
    ]
    /// Those that HTTP/1.1's parser knows; a request of any other never arrives.
    private static let arriving: Set<String> = [
        "GET", "POST", "PUT", "PATCH", "DELETE", "COPY", "LOCK", "MKCOL", "MOVE", "PROPFIND", "PROPPATCH", "SEARCH",
        "UNLOCK", "BIND", "REBIND", "UNBIND", "ACL", "REPORT", "MKACTIVITY", "CHECKOUT", "MERGE", "NOTIFY", "SUBSCRIBE",
        "UNSUBSCRIBE", "PURGE", "MKCALENDAR", "LINK", "UNLINK", "SOURCE",
    ]
    /// What the server answers by itself or not at all.
    private static let ownMethods = ["HEAD", "OPTIONS", "CONNECT", "TRACE"]

    mutating func readRoutes(_ entry: Node.Entry) {
        var seen: [[String]: (text: String, path: String)] = [:]
        for item in members(of: entry, unknown: "route", nil)?.entries ?? [] {
            guard let (method, path) = heading(item) else { continue }
            let shape = [method] + RoutePath.shape(path)
            if let other = seen[shape], other.text != item.key {
                report.error("`\(item.key)` answers the same requests as `\(other.text)`", at: item.position)
            }
            seen[shape] = (item.key, item.key)
            readCases(item, method, path)
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
        if Self.ownMethods.contains(method) {
            report.error("`\(method)` is answered by the server itself", at: item.position)
            return nil
        }
        let isWord = method.utf8.allSatisfy { (0x41...0x5A).contains($0) } && (2...20).contains(method.utf8.count)
        let upper = method.uppercased()
        let meaning = Self.methods.contains(upper) ? upper : suggestion(for: upper, among: Self.methods)
        guard Self.methods.contains(method) || isWord && meaning == nil else {
            report.error(
                "unknown method `\(method)`" + (meaning.map { " (did you mean `\($0)`?)" } ?? ""), at: item.position)
            return nil
        }
        if !Self.arriving.contains(method) {
            report.note(
                "no request of the method `\(method)` arrives: the server's HTTP parser does not know it",
                at: item.position)
        }
        switch RoutePath.read(String(parts[1])) {
        case .success(let path): return (method, path)
        case .failure(let mistake):
            report.error(mistake.message, at: item.position)
            return nil
        }
    }

    /// One route, or a list of cases of which a request takes the first that it is.
    private mutating func readCases(_ item: Node.Entry, _ method: String, _ path: [PathPiece]) {
        guard let cases = item.value.items else { return readRoute(item, method, path) }
        if cases.isEmpty { report.error("`\(item.key)` has no case", at: item.value.position) }
        guard items(item.value).count == cases.count else { return }
        let first = dialect.routes.count
        var positions: [SourcePosition] = []
        for node in cases {
            let count = dialect.routes.count
            readRoute(Node.Entry(key: item.key, position: node.position, value: node), method, path)
            if dialect.routes.count > count { positions.append(node.position) }
        }
        checkReach(zip(dialect.routes[first...].map(\.conditions), positions).map { ($0, $1) })
    }

    private mutating func readRoute(_ item: Node.Entry, _ method: String, _ path: [PathPiece]) {
        guard let members = members(of: item, Language.route) else { return }
        if let note = members["note"] { _ = text(note) }
        if let todo = members["todo"] { noteTodo(todo) }
        let operation = required("do", of: members, item).flatMap { self.operation($0) }
        let replyEntry = required("reply", of: members, item)
        let extras = members["with"].map { self.extras($0) } ?? []
        let conditions = members["when"].map { self.conditions($0, extras: extras) } ?? []
        let refusals = members["errors"].map { self.refusals($0, extras: extras) } ?? [:]
        guard let operation else {
            if let binding = members["in"], binding.value.entries == nil {
                _ = self.members(of: binding, unknown: "input", nil)
            }
            return
        }
        var scope = ReplyScope(
            operation: operation, outputs: outputs(of: operation, hasCaller: members["auth"] != nil), place: item.key)
        scope.extras = extras
        let replies = replyEntry.flatMap { self.replies($0.value, scope) }
        // A reply with a mistake stands for itself, so that what follows is checked all the same.
        var route = Route(
            method: method, path: path, operation: operation, reply: replies?.last ?? Reply(status: 200))
        route.otherReplies = replies?.others ?? []
        route.errors = refusals
        route.extras = extras
        route.conditions = conditions
        route.media = members["take"].map { media($0) } ?? []
        route.bindings = members["in"].map { bindings($0, operation) } ?? []
        if route.media == [.text] { route.readWholeText() }
        if let auth = members["auth"] { route.carriers = carriers(auth) }
        checkNeeds(route, members, item)
        if replies != nil { checkRotation(route, item) }
        checkSources(route, members, item)
        checkExtras(route, members)
        checkCompleteness(route, item)
        dialect.routes.append(route)
    }

    private mutating func operation(_ entry: Node.Entry) -> Operation? {
        guard let name = text(entry) else { return nil }
        if let operation = Operation(rawValue: name) { return operation }
        if Socket.Operation(rawValue: name) != nil {
            report.error("`\(name)` belongs in `sockets:`", at: entry.value.position)
        } else {
            report.error(
                message("unknown operation `\(name)`", meaning: name, among: Operation.allCases.map(\.rawValue)),
                at: entry.value.position)
        }
        return nil
    }

    /// What an operation gives under this dialect.
    private func outputs(of operation: Operation, hasCaller: Bool) -> Set<OutputName> {
        var outputs = operation.signature.outputs
        let terms = dialect.terms
        // To a stranger it would tell whose the address is.
        if operation.signature.callerIsEnough, !hasCaller { outputs.remove(.user) }
        if sections["tokens"]?.value["access"] == nil { outputs.remove(.access) }
        if terms.refresh == nil { outputs.remove(.refresh) }
        let isShown = terms.apiKeys?.shown == .always
        let makesKey =
            switch operation {
            case .createAPIKey, .rotateAPIKey, .introspect: terms.apiKeys != nil
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
            if let type: MediaType = choice(item, entry.key) {
                if media.contains(type) { report.error("`\(type.rawValue)` is there twice", at: item.position) }
                media.append(type)
            }
        }
        return media
    }

    /// `user`, `[user, key]`, or carriers as in `credentials:`.
    mutating func carriers(_ entry: Node.Entry) -> [Carrier] {
        var carriers: [Carrier] = []
        for item in items(entry.value) {
            if item.entries != nil {
                if let carrier = carrier(item) { carriers.append(carrier) }
                continue
            }
            guard let name = text(item, entry.key) else { continue }
            guard let list = carrierLists[name] else {
                report.error(
                    message("no credentials `\(name)`", meaning: name, among: carrierLists.keys.sorted()),
                    at: item.position)
                continue
            }
            carriers += list.filter { !carriers.contains($0) }
        }
        return carriers
    }

    /// `mode: mode`: what only conditions and replies look at.
    private mutating func extras(_ entry: Node.Entry) -> [Extra] {
        var extras: [Extra] = []
        for item in members(of: entry, unknown: "value", nil)?.entries ?? [] {
            if !isWord(item.key) {
                report.error("`\(item.key)` cannot name a value: letters, digits and `_`", at: item.position)
            }
            extras.append(Extra(item.key, sources(item)))
        }
        return extras
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
            } else {
                report.error(
                    message("`\(operation.rawValue)` takes no `\(item.key)`", meaning: item.key, among: known),
                    at: item.position)
                continue
            }
            let sources = sources(item, for: input)
            if !sources.isEmpty { bindings.append(Binding(input, sources)) }
        }
        return bindings
    }
}

extension Route {
    /// A bare text has no members: whatever its one source is called, it is the whole of it.
    fileprivate mutating func readWholeText() {
        for index in bindings.indices {
            bindings[index].sources = bindings[index].sources.map { source in
                if case .body(let steps) = source, steps.count == 1 { .body(["*"]) } else { source }
            }
        }
    }
}
