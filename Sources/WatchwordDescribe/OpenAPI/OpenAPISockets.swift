import WatchwordCore
import WatchwordDialect

/// The sockets of a dialect as the extension `x-sockets` of its document: OpenAPI describes requests and their
/// answers, and knows no messages (OpenAPI 3.1 section 4.9).
struct OpenAPISockets {
    let rehearsals: [SocketRehearsal]

    /// By path; nothing where there is none.
    var object: Value? {
        rehearsals.isEmpty
            ? nil : .object(rehearsals.map { .init($0.socket.pathText, .object(Self.members($0))) })
    }

    private static func members(_ rehearsal: SocketRehearsal) -> [Value.Member] {
        let socket = rehearsal.socket
        var members: [Value.Member] = [.init("operation", .string(socket.operation.rawValue))]
        if !socket.carriers.isEmpty || socket.ticket != nil {
            let ticket = socket.ticket.map { ["ticket in `\($0)` of the query"] } ?? []
            members.append(.init("opened_by", .array((socket.carriers.map(\.words) + ticket).map(Value.string))))
        }
        if case .firstMessage(_, let within) = socket.opening {
            members.append(.init("first_message_within_seconds", .int(within.seconds)))
        }
        let subprotocols = SocketText.subprotocols(socket)
        if !subprotocols.isEmpty { members.append(.init("subprotocols", .array(subprotocols.map(Value.string)))) }
        members.append(.init("longest_message", .int(Int64(socket.maximumMessage))))
        if !rehearsal.messages.isEmpty {
            members.append(
                .init(
                    "conversation",
                    .array(
                        rehearsal.messages.map { message in
                            .object([
                                .init("from", .string(message.speaker.rawValue)),
                                .init("message", value(message.text)),
                            ])
                        })))
        }
        var codes: [Value.Member] = []
        for end in rehearsal.ends {
            let name = String(end.closeCode)
            guard !codes.contains(where: { $0.name == name }) else { continue }
            codes.append(.init(name, .string(end.reason)))
        }
        members.append(.init("close_codes", .object(codes)))
        return members
    }

    /// A message as data, if it is JSON.
    private static func value(_ text: String) -> Value {
        (try? JSON.parse(text.utf8).get()) ?? .string(text)
    }
}
