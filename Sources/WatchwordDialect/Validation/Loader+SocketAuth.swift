import WatchwordCore

extension Loader {
    /// `user`, a list of names and carriers, `{query: token, takes: access}`, `{any: user, ticket: ticket}`, or
    /// `{first_message: {type: auth, api_key: $takes.api_key}, within: 10s}`.
    mutating func readSocketAuth(_ entry: Node.Entry, _ socket: inout Socket) {
        guard entry.value.entries != nil else {
            socket.opening = .handshake(handshakeCarriers(entry))
            return
        }
        guard let members = members(of: entry, Language.socketAuth) else { return }
        let known = ["first_message", "query", "header", "cookie", "basic", "any"]
        let ways = known.filter { members[$0] != nil }
        guard ways.count == 1 || ways.isEmpty && members["ticket"] != nil else {
            // A misspelt member was reported by itself.
            if !ways.isEmpty || members.entries.count == entry.value.entries?.count {
                let names = known.map { "`\($0)`" }.joined(separator: ", ")
                report.error("a socket authenticates by one of \(names)", at: entry.value.position)
            }
            return
        }
        readWay(ways.first, entry, members, &socket)
        if let within = members["within"], ways != ["first_message"] {
            report.error("`within` is of a first message only", at: within.position)
        }
        if let ticket = members["ticket"] { socket.ticket = self.ticket(ticket, socket.operation) }
        if let again = members["again"] { socket.again = messagePattern(again) }
    }

    private mutating func readWay(
        _ way: String?, _ entry: Node.Entry, _ members: Members, _ socket: inout Socket
    ) {
        let carrierKeys = members.entries.filter { Language.carrier.names.contains($0.key) }
        if way == nil || way == "any" || way == "first_message", let stray = carrierKeys.first {
            report.error("`\(stray.key)` is of a carrier, and there is none beside it", at: stray.position)
        }
        switch way {
        case nil: break
        case "any":
            if let any = members["any"] { socket.opening = .handshake(handshakeCarriers(any)) }
        case "first_message":
            guard let first = members["first_message"] else { break }
            let within = members["within"].flatMap { span($0, .seconds(1)...(.minutes(2)), "1s to 2m") }
            guard let pattern = messagePattern(first) else { break }
            socket.opening = .firstMessage(pattern, within: within ?? .seconds(10))
            socket.again = pattern
        default:
            let node = Node(position: entry.value.position, content: .mapping(carrierKeys))
            let list = Node(position: entry.value.position, content: .sequence([node]))
            socket.opening = .handshake(
                handshakeCarriers(Node.Entry(key: entry.key, position: entry.position, value: list)))
        }
    }

    /// Carriers of the request that opens a socket: a GET, which has no body.
    private mutating func handshakeCarriers(_ entry: Node.Entry) -> [Carrier] {
        if entry.value.items?.isEmpty == true {
            report.error("`\(entry.key)` needs at least one carrier", at: entry.value.position)
        }
        let carriers = carriers(entry)
        for carrier in carriers {
            if case .body = carrier.place {
                report.error("a socket is opened by a GET, which has no body", at: entry.value.position)
            }
            checkOpens(carrier.takes, at: entry.value.position)
        }
        let isCookie = carriers.contains { if case .cookie = $0.place { true } else { false } }
        if isCookie, dialect.origins.isEmpty || dialect.origins.contains("*") {
            report.note(
                "the cookie opens this socket from pages of the server's own host only, since browsers send it whichever page asks (cross-site WebSocket hijacking): name others in `cors: {origins: ...}`",
                at: entry.value.position)
        }
        return carriers
    }

    /// What proves no session and no key opens no socket.
    private mutating func checkOpens(_ kind: PresentedCredential.Kind, at place: SourcePosition) {
        switch kind {
        case .access, .apiKey: break
        case .refresh, .password:
            report.error("a socket takes `access` or `api_key`, not `\(kind.rawValue)`", at: place)
        }
    }

    private mutating func ticket(_ entry: Node.Entry, _ operation: Socket.Operation) -> String? {
        guard let name = text(entry) else { return nil }
        guard isToken(name) else {
            report.error("`\(name)` cannot be the name of a parameter", at: entry.value.position)
            return nil
        }
        if !dialect.routes.contains(where: { $0.operation == .createTicket }) {
            report.note("no route gives tickets: none does `create_ticket`", at: entry.position)
        }
        if operation == .connectAgent {
            report.error("a ticket is of a person's session, and `connect_agent` has none", at: entry.position)
        }
        return name
    }

    /// A lifetime within bounds.
    mutating func span(_ entry: Node.Entry, _ bounds: ClosedRange<Lifetime>, _ words: String) -> Lifetime? {
        guard let lifetime = lifetime(entry) else { return nil }
        if bounds.contains(lifetime) { return lifetime }
        report.error("`\(entry.key)` is \(words)", at: entry.value.position)
        return nil
    }

    // MARK: Patterns

    /// A client's message with exactly one credential in it.
    private mutating func messagePattern(_ entry: Node.Entry) -> MessagePattern? {
        guard let pattern = pattern(entry.value, takesCredential: true) else { return nil }
        if pattern.takes.count == 1 { return pattern }
        report.error("`\(entry.key)` needs one `$takes.access` or `$takes.api_key`", at: entry.value.position)
        return nil
    }

    /// Literal data, and credentials where there can be one; nothing if something in it is wrong, which was reported.
    private mutating func pattern(_ node: Node, takesCredential: Bool) -> MessagePattern? {
        work += 1
        switch node.content {
        case .unreadable: return nil
        case .scalar(.string(let text)): return textPattern(text, takesCredential, at: node.position)
        case .scalar(let value): return .literal(value)
        case .sequence(let items):
            let patterns = items.map { pattern($0, takesCredential: takesCredential) }
            let whole = patterns.compactMap(\.self)
            return whole.count == patterns.count ? .array(whole) : nil
        case .mapping(let entries):
            var members: [MessagePattern.Member] = []
            for entry in entries {
                let name = entry.key.hasPrefix("$$") ? String(entry.key.dropFirst()) : entry.key
                guard let pattern = pattern(entry.value, takesCredential: takesCredential) else { continue }
                members.append(.init(name, pattern))
            }
            return members.count == entries.count ? .object(members) : nil
        }
    }

    private mutating func textPattern(
        _ text: String, _ takesCredential: Bool, at place: SourcePosition
    ) -> MessagePattern? {
        switch ScalarText(text) {
        case .literal(let literal): return .literal(.string(literal))
        case .whole, .pieces, .malformed: break
        }
        guard takesCredential else {
            report.error("this message is compared, so it holds nothing but what stands there", at: place)
            return nil
        }
        let kinds = [PresentedCredential.Kind.access, .apiKey]
        guard let kind = kinds.first(where: { text == "$takes.\($0.rawValue)" }) else {
            report.error(
                message("nothing called `\(text)` here", meaning: text, among: kinds.map { "$takes.\($0.rawValue)" }),
                at: place)
            return nil
        }
        checkIssued(kind, at: place)
        return .credential(kind)
    }

    /// `{ping: {type: ping}, pong: {type: pong}, every: 30s}`.
    mutating func readAlive(_ entry: Node.Entry, _ socket: inout Socket) {
        guard let members = members(of: entry, Language.socketLife) else { return }
        socket.alive.ping = members["ping"].flatMap { pattern($0.value, takesCredential: false) }
        treeBudget = Self.largestTree
        socket.alive.pong = members["pong"].flatMap { tree($0.value, ReplyScope(place: "alive")) }
        socket.alive.every = members["every"].flatMap { span($0, .seconds(1)...(.hours(1)), "1s to 1h") }
        if members["ping"] == nil, let other = members["every"] ?? members["pong"] {
            report.error("`\(other.key)` needs a `ping`", at: other.position)
        } else if members["pong"] == nil, members["every"] == nil, let ping = members["ping"] {
            report.error("a `ping` needs a `pong`, or `every` to be sent by the server", at: ping.position)
        }
    }
}
