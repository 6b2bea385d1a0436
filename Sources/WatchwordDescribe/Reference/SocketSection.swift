import WatchwordCore
import WatchwordDialect

/// The sockets of a dialect in its page: who may open each, what is said, and the close codes.
struct SocketSection {
    let rehearsals: [SocketRehearsal]

    var lines: [String] {
        guard !rehearsals.isEmpty else { return [] }
        return ["", "## WebSockets"] + rehearsals.flatMap(lines)
    }

    private func lines(_ rehearsal: SocketRehearsal) -> [String] {
        let socket = rehearsal.socket
        var lines = ["", "### `\(socket.pathText)`", ""]
        lines += Markdown.table(["", ""], facts(socket))
        if !rehearsal.messages.isEmpty {
            lines += [""]
            lines += Markdown.table(
                ["From", "Message"], rehearsal.messages.map { [$0.speaker.rawValue, "`\($0.text)`"] })
        }
        var rows: [[String]] = []
        if let answer = rehearsal.answer {
            rows.append(["HTTP \(answer.status)", "not authenticated", "`\(HTTPText.body(answer, width: .max))`"])
        }
        if !socket.isHandshake || socket.again != nil {
            rows.append([
                String(rehearsal.refused.closeCode), "not authenticated", Self.code(rehearsal.refused.message),
            ])
        }
        rows += rehearsal.ends.map {
            [String($0.closeCode), "`\($0.event?.rawValue ?? "")`: \($0.reason)", Self.code($0.message)]
        }
        return lines + [""] + Markdown.table(["Code", "When", "Last message"], rows)
    }

    private func facts(_ socket: Socket) -> [[String]] {
        var rows = [["For", "`\(socket.operation.rawValue)`"]]
        var ways = socket.carriers.map(\.words)
        if let ticket = socket.ticket { ways.append("ticket in `\(ticket)` of the query") }
        if case .firstMessage(_, let within) = socket.opening {
            ways.append("the first message, within \(TokenDifference.words(within))")
        }
        rows.append(["Opened by", ways.joined(separator: "; ")])
        if let name = socket.agentParameter {
            rows.append(["Agent", "`{\(name)}` of the path, the account's own or shared with it"])
        }
        if let relay = socket.relay {
            rows.append(["Passes messages to", relay == .agent ? "the agent" : "the people at its terminals"])
        }
        let subprotocols = SocketText.subprotocols(socket)
        if !subprotocols.isEmpty {
            rows.append(["Subprotocols", subprotocols.map { "`\($0)`" }.joined(separator: ", ")])
        }
        rows.append(["Longest message", "\(socket.maximumMessage) bytes"])
        return rows
    }

    private static func code(_ message: String?) -> String { message.map { "`\($0)`" } ?? "" }
}
