import WatchwordCore

extension Loader {
    mutating func readSockets(_ entry: Node.Entry) {
        var shapes: Set<[String]> = []
        for item in members(of: entry, unknown: "socket", nil)?.entries ?? [] {
            switch RoutePath.read(item.key) {
            case .success(let path):
                if !shapes.insert(RoutePath.shape(path)).inserted {
                    report.error("`\(item.key)` has the shape of another socket", at: item.position)
                }
                readSocket(item, path)
            case .failure(let mistake): report.error(mistake.message, at: item.position)
            }
        }
    }

    private mutating func readSocket(_ item: Node.Entry, _ path: [PathPiece]) {
        guard let members = members(of: item, Language.socket) else { return }
        if let note = members["note"] { _ = text(note) }
        let operation: Socket.Operation? = required("do", of: members, item).flatMap { choice($0) }
        // A socket with a mistake stands for itself, so that what follows is checked all the same.
        var socket = Socket(path: path, operation: operation ?? .connectUser, opening: .handshake([]))
        if let auth = required("auth", of: members, item) { readSocketAuth(auth, &socket) }
        socket.agentParameter = members["owns"].flatMap { owner($0, path) }
        var scope = ReplyScope(place: item.key)
        socket.welcome = members["welcome"].flatMap { socketMessage($0, scope) }
        scope.outputs = operation == .connectAgent ? [.user, .agent, .apiKey] : [.user, .agent, .session]
        if sections["api_keys"] == nil { scope.outputs.remove(.apiKey) }
        socket.accepted = members["accepted"].flatMap { socketMessage($0, scope) }
        if let refused = members["refused"] { readRefused(refused, &socket) }
        if let alive = members["alive"] { readAlive(alive, &socket) }
        socket.closings = members["close_when"].map { closings($0) }
        socket.relay = members["relay"].flatMap { choice($0) }
        for node in members["subprotocols"].map({ items($0.value) }) ?? [] { readSubprotocol(node, &socket) }
        if let most = members["max_message"].flatMap({ integer($0, 64...1_048_576) }) {
            socket.maximumMessage = Int(most)
        }
        guard operation != nil else { return }
        checkAgent(socket, members, item)
        dialect.sockets.append(socket)
    }

    private mutating func socketMessage(_ entry: Node.Entry, _ scope: ReplyScope) -> Tree? {
        treeBudget = Self.largestTree
        return tree(entry.value, scope)
    }

    private mutating func owner(_ entry: Node.Entry, _ path: [PathPiece]) -> String? {
        guard let members = members(of: entry, Language.socketOwner), let agent = required("agent", of: members, entry),
            let name = text(agent)
        else { return nil }
        let parameter = name.hasPrefix("path.") ? String(name.dropFirst(5)) : ""
        if path.contains(.parameter(parameter)) { return parameter }
        let known = path.compactMap { if case .parameter(let name) = $0 { "path.\(name)" } else { nil } }
        report.error(
            message("`agent` is a parameter of the path, as in `path.agent_id`", meaning: name, among: known),
            at: agent.value.position)
        return nil
    }

    private mutating func readSubprotocol(_ node: Node, _ socket: inout Socket) {
        guard let name = text(node, "subprotocols") else { return }
        if !isToken(name) {
            report.error("`\(name)` cannot be the name of a subprotocol", at: node.position)
        } else if socket.subprotocols.contains(name) {
            report.error("`\(name)` is there twice", at: node.position)
        } else {
            socket.subprotocols.append(name)
        }
    }

    // MARK: What ends it

    /// `{send: {...}, close: 1008}` once open, or `{http: 401, body: {...}}` before.
    private mutating func readRefused(_ entry: Node.Entry, _ socket: inout Socket) {
        guard let members = members(of: entry, Language.socketRefusal) else { return }
        let scope = ReplyScope(hasError: true, place: "refused")
        socket.refused.message = members["send"].flatMap { socketMessage($0, scope) }
        socket.refused.closeCode = members["close"].flatMap { closeCode($0) }
        let body = members["body"].flatMap { socketMessage($0, scope) }
        if let status = members["http"].flatMap({ integer($0, 400...599) }) {
            socket.refused.reply = Reply(status: Int(status), body: body)
        } else if let body = members["body"], members["http"] == nil {
            report.error("`body` is of the answer `http`, and there is none", at: body.position)
        }
        if socket.isHandshake, socket.again == nil, let entry = members["send"] ?? members["close"] {
            report.note(
                "`\(entry.key)` is of a socket that is open, and this one is refused before", at: entry.position)
        }
        if !socket.isHandshake, socket.ticket == nil, let http = members["http"] {
            report.note("`http` is of a socket not yet open, and this one is refused after", at: http.position)
        }
    }

    /// `[session_revoked, token_expired]`, `{session_revoked: 4001}`, `{session_revoked: {close: 4001, send: ...}}`.
    private mutating func closings(_ entry: Node.Entry) -> [Socket.Closing] {
        var closings: [Socket.Closing] = []
        guard entry.value.entries != nil else {
            for node in items(entry.value) {
                guard let event: Socket.Event = choice(node, entry.key) else { continue }
                if closings.contains(where: { $0.event == event }) {
                    report.error("`\(event.rawValue)` is there twice", at: node.position)
                } else {
                    closings.append(Socket.Closing(event))
                }
            }
            return closings
        }
        let known = Socket.Event.allCases.map(\.rawValue)
        for item in members(of: entry, unknown: "event", known)?.entries ?? [] {
            guard let event = Socket.Event(rawValue: item.key) else { continue }
            var closing = Socket.Closing(event)
            if item.value.entries == nil {
                closing.closeCode = closeCode(item)
            } else if let members = members(of: item, Language.socketClosing) {
                closing.closeCode = members["close"].flatMap { closeCode($0) }
                closing.message = members["send"].flatMap { socketMessage($0, ReplyScope(place: item.key)) }
            }
            closings.append(closing)
        }
        return closings
    }

    /// A code that an endpoint may send (RFC 6455 section 7.4): some are only for APIs, some nobody has defined.
    private mutating func closeCode(_ entry: Node.Entry) -> Int? {
        guard let code = integer(entry, 1_000...4_999) else { return nil }
        let sendable: [ClosedRange<Int64>] = [1_000...1_003, 1_007...1_014, 3_000...4_999]
        if sendable.contains(where: { $0.contains(code) }) { return Int(code) }
        report.error(
            "\(code) is no close code that may be sent: 1000 to 1003, 1007 to 1014, 3000 to 4999",
            at: entry.value.position)
        return nil
    }

    // MARK: Checks

    /// Which agent it is about must be known, and what is in the path must be of use.
    private mutating func checkAgent(_ socket: Socket, _ members: Members, _ item: Node.Entry) {
        for case .parameter(let name) in socket.path where name != socket.agentParameter && members["owns"] == nil {
            report.note("`{\(name)}` of the path is read by nothing", at: item.position)
        }
        let isBound = dialect.terms.apiKeys?.boundToAgent == true
        if socket.operation == .connectAgent, members["owns"] == nil, !isBound {
            report.error(
                "`connect_agent` must know its agent: `owns: {agent: path.NAME}`, or `api_keys: {bind: agent}`",
                at: item.position)
        }
        guard let relay = members["relay"], let wanted = socket.relay else { return }
        switch (socket.operation, wanted) {
        case (.connectUser, .person), (.connectAgent, .agent):
            let other = wanted == .agent ? Socket.Relay.person : .agent
            report.error(
                "`\(socket.operation.rawValue)` passes its messages to the other side: `relay: \(other.rawValue)`",
                at: relay.value.position)
        case (.connectUser, .agent):
            if members["owns"] == nil {
                report.error("`relay: agent` must know which: `owns: {agent: path.NAME}`", at: relay.position)
            }
        case (.connectAgent, .person): break
        }
    }
}
