import WatchwordCore
import WatchwordDialect

/// What differs between the sockets of one path.
struct SocketDifference {
    private let old: Socket
    private let new: Socket
    private(set) var differences: [Difference] = []

    /// - Parameters: the rehearsals of both dialects; parameters of paths are told apart by their place.
    static func all(_ old: Rehearsal, _ new: Rehearsal) -> [Difference] {
        var differences: [Difference] = []
        for socket in old.sockets {
            guard let other = new.sockets.first(where: { key($0.socket) == key(socket.socket) }) else {
                differences.append(Difference(.breaking, socket.socket.pathText, "the socket is gone"))
                continue
            }
            differences += SocketDifference(socket, other).differences
        }
        for socket in new.sockets where !old.sockets.contains(where: { key($0.socket) == key(socket.socket) }) {
            differences.append(Difference(.compatible, socket.socket.pathText, "the socket is new"))
        }
        return differences
    }

    private static func key(_ socket: Socket) -> String {
        socket.path.map { if case .literal(let text) = $0 { "/" + text } else { "/{}" } }.joined()
    }

    private init(_ before: SocketRehearsal, _ after: SocketRehearsal) {
        (old, new) = (before.socket, after.socket)
        if old.operation != new.operation {
            add(.breaking, "is for `\(new.operation.rawValue)`, was for `\(old.operation.rawValue)`")
        }
        compareOpening()
        compareMessages()
        compareEnds(before, after)
        for name in old.subprotocols where !new.subprotocols.contains(name) { add(.breaking, "speaks no `\(name)`") }
        for name in new.subprotocols where !old.subprotocols.contains(name) { add(.compatible, "speaks `\(name)`") }
        if old.maximumMessage != new.maximumMessage {
            add(
                new.maximumMessage < old.maximumMessage ? .breaking : .compatible,
                "takes messages of \(new.maximumMessage) bytes, took \(old.maximumMessage)")
        }
        if old.relay != new.relay { add(.breaking, "messages go to somebody else") }
        if (old.agentParameter == nil) != (new.agentParameter == nil) { add(.behaviour, "is about another agent") }
    }

    private mutating func add(_ weight: Difference.Weight, _ text: String) {
        differences.append(Difference(weight, old.pathText, text))
    }

    private mutating func compareOpening() {
        switch (old.opening, new.opening) {
        case (.handshake(let before), .handshake(let after)):
            for carrier in before where !after.contains(carrier) { add(.breaking, "takes no \(carrier.words)") }
            for carrier in after where !before.contains(carrier) { add(.compatible, "takes \(carrier.words)") }
            if Set(before) == Set(after), before != after { add(.behaviour, "looks at credentials in another order") }
        case (.firstMessage(let before, let time), .firstMessage(let after, let other)):
            if before != after { add(.breaking, "waits for another first message") }
            if time != other {
                add(
                    other < time ? .breaking : .compatible,
                    "waits \(TokenDifference.words(other)), did \(TokenDifference.words(time))")
            }
        case (.handshake, .firstMessage): add(.breaking, "authenticates by its first message")
        case (.firstMessage, .handshake): add(.breaking, "authenticates before it opens")
        }
        switch (old.ticket, new.ticket) {
        case (let before, let after) where before == after: break
        case (let before?, nil): add(.breaking, "takes no ticket in `\(before)`")
        case (nil, let after?): add(.compatible, "takes a ticket in `\(after)`")
        case (_, let after): add(.breaking, "takes its ticket in `\(after ?? "")`")
        }
        if old.again != new.again {
            switch (old.again, new.again) {
            case (nil, _?): add(.compatible, "takes a new credential in band")
            case (_?, nil): add(.breaking, "takes no new credential in band")
            default:
                if old.again != pattern(old) || new.again != pattern(new) {
                    add(.breaking, "takes a new credential in another message")
                }
            }
        }
    }

    private func pattern(_ socket: Socket) -> MessagePattern? {
        if case .firstMessage(let pattern, _) = socket.opening { pattern } else { nil }
    }

    private mutating func compareMessages() {
        if old.welcome != new.welcome { add(.breaking, "its first message is another") }
        if old.accepted != new.accepted { add(.breaking, "what it says once authenticated is another") }
        if old.alive != new.alive { add(.behaviour, "its signs of life are others") }
    }

    private mutating func compareEnds(_ before: SocketRehearsal, _ after: SocketRehearsal) {
        if before.answer != after.answer, before.answer != nil, after.answer != nil {
            add(.breaking, "is refused in other words before it opens")
        }
        if before.refused != after.refused { add(.breaking, "is refused in other words once it is open") }
        for end in before.ends {
            guard let other = after.ends.first(where: { $0.event == end.event }) else {
                add(.behaviour, "does not close at `\(end.event?.rawValue ?? "")`")
                continue
            }
            if other != end {
                add(.breaking, "closes in other words at `\(end.event?.rawValue ?? "")`: \(other.closeCode)")
            }
        }
        for end in after.ends where !before.ends.contains(where: { $0.event == end.event }) {
            add(.behaviour, "closes at `\(end.event?.rawValue ?? "")`: \(end.closeCode)")
        }
    }
}
