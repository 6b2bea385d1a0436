import WatchwordCore
import WatchwordDialect

/// A socket for a person: what opens it, a conversation, and the codes it closes with.
struct SocketText {
    let rehearsal: SocketRehearsal
    let baseURL: String
    let width: Int
    private var socket: Socket { rehearsal.socket }

    var text: String {
        var lines = ["\(socket.pathText)  (\(socket.operation.rawValue))", ""]
        lines += opening + [""]
        if !rehearsal.messages.isEmpty {
            lines += rehearsal.messages.flatMap { message($0.speaker.rawValue, $0.text) } + [""]
        }
        if let agent = relayed { lines += ["  relay   \(agent)", ""] }
        lines.append("  refused")
        if let answer = rehearsal.answer {
            lines.append("  \(answer.status)   before it opens")
            if !answer.body.isEmpty { lines.append(Self.indented(HTTPText.body(answer, width: width - 8), 8)) }
        }
        if !socket.isHandshake || socket.again != nil { lines += ending(rehearsal.refused, "once it is open") }
        lines += ["", "  closed"]
        for end in rehearsal.ends { lines += ending(end, "\(end.event?.rawValue ?? ""): \(end.reason)") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The URL and the fields of the request.
    private var opening: [String] {
        var lines = ["  open    " + Self.url(rehearsal.request, baseURL)]
        lines += rehearsal.request.headers.map { "          \($0.name): \($0.value)" }
        lines += rehearsal.request.cookies.map { "          Cookie: \($0.name)=\($0.value)" }
        if rehearsal.request.basic != nil { lines.append("          Authorization: Basic") }
        lines += Self.ways(socket).map { "          " + $0 }
        if !socket.subprotocols.isEmpty || socket.relay != nil {
            lines.append("          Sec-WebSocket-Protocol: " + Self.subprotocols(socket).joined(separator: ", "))
        }
        return lines
    }

    private func message(_ speaker: String, _ text: String) -> [String] {
        let margin = "  " + speaker + "  "
        let fitted = Self.fitted(text, width - margin.count).split(separator: "\n").map(String.init)
        return fitted.enumerated().map { $0 == 0 ? margin + $1 : Self.indented($1, margin.count) }
    }

    private func ending(_ end: SocketRehearsal.Ending, _ why: String) -> [String] {
        let words = end.message.map { [Self.indented(Self.fitted($0, width - 8), 8)] } ?? []
        return ["  \(end.closeCode)  \(why)"] + words
    }

    private var relayed: String? {
        switch socket.relay {
        case nil: nil
        case .agent?: "messages go to the agent and come from it"
        case .person?: "messages go to the people at the agent's terminals and come from them"
        }
    }

    // MARK: Words that the reference shares

    /// `http` is the scheme before the upgrade; clients write `ws` (RFC 6455 section 3).
    static func url(_ request: SampleRequest, _ baseURL: String) -> String {
        let query = request.query.isEmpty ? "" : "?" + CurlLine.query(request.query)
        let origin = baseURL.hasPrefix("http") ? "ws" + baseURL.dropFirst(4) : baseURL
        return origin + request.path + query
    }

    /// What opens it besides the request that is shown.
    static func ways(_ socket: Socket) -> [String] {
        var ways = socket.carriers.dropFirst().map { "or with the \($0.words)" }
        if let ticket = socket.ticket, !socket.carriers.isEmpty || !socket.isHandshake {
            ways.append("or with a ticket in `\(ticket)` of the query")
        }
        if case .firstMessage(_, let within) = socket.opening {
            ways.append("the first message within \(TokenDifference.words(within))")
        }
        return ways
    }

    static func subprotocols(_ socket: Socket) -> [String] {
        socket.subprotocols + (socket.relay.map { [CompiledSocket.subprotocol(of: $0)] } ?? [])
    }

    private static func fitted(_ text: String, _ width: Int) -> String {
        guard case .success(let value) = JSON.parse(text.utf8) else { return text }
        return JSONText.fitted(value, width: width)
    }

    private static func indented(_ text: String, _ columns: Int) -> String {
        let margin = String(repeating: " ", count: columns)
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { margin + $0 }
            .joined(separator: "\n")
    }
}
