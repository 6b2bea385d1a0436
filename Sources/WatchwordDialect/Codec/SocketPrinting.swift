import WatchwordCore

/// How a client opens a socket.
public struct PrintedOpening: Sendable, Equatable {
    /// Without the fields of the upgrade itself (RFC 6455 section 4.1).
    public var request: WireRequest
    /// What it says first once the socket is open; nothing where the request has proved who it is.
    public var firstMessage: String?
}

/// What a message of the server says, as the dialect tells its client.
public enum ParsedMessage: Sendable, Equatable {
    /// The one that follows authentication; of it the facts that its words name.
    case accepted([Slot: Value])
    case refused
    /// A sign of life, to be answered by this text; nothing where there is no answer to it.
    case ping(answer: String?)
    /// The last one before the server closes.
    case farewell(ConnectionEnd)
    case other
}

extension CompiledSocket {
    /// The request that opens the socket for this agent by this credential: the client's side of the same description.
    /// Nothing where the socket takes no such credential, where its path needs an agent and there is none, or where a
    /// value has no form in its place.
    public func opening(agentID: String?, presenting credential: PresentedCredential) -> PrintedOpening? {
        var parts = RequestParts()
        if let name = socket.agentParameter {
            guard let agentID, parts.put(.string(agentID), at: .path(name)) else { return nil }
        }
        var firstMessage: String?
        switch socket.opening {
        case .handshake(let carriers):
            guard let carrier = carriers.first(where: { $0.takes == credential.kind }),
                parts.put(credential, by: carrier)
            else { return nil }
        case .firstMessage(let pattern, _):
            guard pattern.takes == [credential.kind] else { return nil }
            firstMessage = pattern.message(credential.text.revealed)
        }
        guard let path = route.path(parts.parameters),
            let request = parts.request(method: route.route.method, path: path, media: nil)
        else { return nil }
        return PrintedOpening(request: request, firstMessage: firstMessage)
    }

    /// What the server said. Refusals and last messages are known by the words that the dialect gives them.
    public func parse(_ message: String) -> ParsedMessage {
        if let ping = socket.alive.ping, ping.fits(message) {
            return .ping(answer: socket.alive.pong?.constant.map { $0.string ?? JSON.text($0) })
        }
        if let facts = socket.accepted?.facts(of: message) { return .accepted(facts) }
        for closing in socket.closings ?? [] where closing.message?.facts(of: message) != nil {
            return .farewell(closing.event.end)
        }
        return socket.refused.message?.facts(of: message) == nil ? .other : .refused
    }

    /// What a close code says, by the dialect's own codes and else by the server's; nothing for a code of neither.
    public func end(closeCode: Int) -> ConnectionEnd? {
        if let closing = socket.closings?.first(where: { $0.closeCode == closeCode }) { return closing.event.end }
        return ConnectionEnd.allCases.first { $0.closeCode == closeCode }
    }

    /// The code of a close that refuses who is connected.
    public var refusalCloseCode: Int { socket.refused.closeCode ?? 1_008 }
}

extension CompiledDialect {
    /// What an answer instead of the upgrade said; nothing if it is none that the dialect writes.
    public func parse(_ response: WireResponse, socket: CompiledSocket) -> ParsedReply? {
        parse(response, route: socket.route)
    }
}

extension Tree {
    /// Its value where it names no facts.
    fileprivate var constant: Value? {
        switch self {
        case .literal(let value): return value
        case .object(let members):
            var values: [Value.Member] = []
            for member in members {
                guard let value = member.tree.constant else { return nil }
                values.append(Value.Member(member.name, value))
            }
            return .object(values)
        case .array(let trees):
            let values = trees.compactMap(\.constant)
            return values.count == trees.count ? .array(values) : nil
        case .slot, .text, .conditional, .each, .group: return nil
        }
    }

    /// The facts of a message that this tree can have written; nothing of any other.
    fileprivate func facts(of message: String) -> [Slot: Value]? {
        var facts = ReadFacts()
        if read(.string(message), into: &facts) { return facts.values }
        facts = ReadFacts()
        guard case .success(let value) = JSON.parse(message.utf8), read(value, into: &facts) else { return nil }
        return facts.values
    }
}
