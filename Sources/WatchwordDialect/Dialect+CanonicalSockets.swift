import WatchwordCore

extension Dialect {
    func canonical(_ socket: Socket) -> Value {
        var members: [Value.Member] = [
            .init("do", .string(socket.operation.rawValue)), .init("auth", auth(of: socket)),
        ]
        if let name = socket.agentParameter {
            members.append(.init("owns", .object([.init("agent", .string("path.\(name)"))])))
        }
        if let welcome = socket.welcome { members.append(.init("welcome", welcome.canonical)) }
        if let accepted = socket.accepted { members.append(.init("accepted", accepted.canonical)) }
        if socket.refused != Socket.Refused() { members.append(.init("refused", socket.refused.canonical)) }
        if socket.alive != Socket.Alive() { members.append(.init("alive", socket.alive.canonical)) }
        if let closings = socket.closings { members.append(.init("close_when", Self.canonical(closings))) }
        if let relay = socket.relay { members.append(.init("relay", .string(relay.rawValue))) }
        if !socket.subprotocols.isEmpty {
            members.append(.init("subprotocols", .array(socket.subprotocols.map(Value.string))))
        }
        if socket.maximumMessage != Socket.usualMaximum {
            members.append(.init("max_message", .int(Int64(socket.maximumMessage))))
        }
        return .object(members)
    }

    private func auth(of socket: Socket) -> Value {
        var members: [Value.Member] = []
        var usual: MessagePattern?
        switch socket.opening {
        case .handshake([]): break
        case .handshake(let carriers):
            let list = credentials.first { $0.carriers == carriers }
            members.append(.init("any", list.map { .string($0.name) } ?? .array(carriers.map(\.canonical))))
        case .firstMessage(let pattern, let within):
            members.append(.init("first_message", pattern.canonical))
            members.append(.init("within", within.canonical))
            usual = pattern
        }
        if let ticket = socket.ticket { members.append(.init("ticket", .string(ticket))) }
        if let again = socket.again, again != usual { members.append(.init("again", again.canonical)) }
        return .object(members)
    }

    private static func canonical(_ closings: [Socket.Closing]) -> Value {
        guard closings.contains(where: { $0 != Socket.Closing($0.event) }) else {
            return .array(closings.map { .string($0.event.rawValue) })
        }
        return .object(
            closings.map { closing in
                var members: [Value.Member] = []
                if let code = closing.closeCode { members.append(.init("close", .int(Int64(code)))) }
                if let message = closing.message { members.append(.init("send", message.canonical)) }
                return .init(closing.event.rawValue, .object(members))
            })
    }
}

extension Socket.Refused {
    fileprivate var canonical: Value {
        var members: [Value.Member] = []
        if let reply {
            members.append(.init("http", .int(Int64(reply.status))))
            if let body = reply.body { members.append(.init("body", body.canonical)) }
        }
        if let message { members.append(.init("send", message.canonical)) }
        if let closeCode { members.append(.init("close", .int(Int64(closeCode)))) }
        return .object(members)
    }
}

extension Socket.Alive {
    fileprivate var canonical: Value {
        var members: [Value.Member] = []
        if let ping { members.append(.init("ping", ping.canonical)) }
        if let pong { members.append(.init("pong", pong.canonical)) }
        if let every { members.append(.init("every", every.canonical)) }
        return .object(members)
    }
}

extension MessagePattern {
    fileprivate var canonical: Value {
        switch self {
        case .literal(.string(let text)): .string(Tree.escaped(text, isStart: true))
        case .literal(let value): value
        case .credential(let kind): .string("$takes.\(kind.rawValue)")
        case .object(let members):
            .object(members.map { .init($0.name.hasPrefix("$") ? "$" + $0.name : $0.name, $0.pattern.canonical) })
        case .array(let items): .array(items.map(\.canonical))
        }
    }
}
