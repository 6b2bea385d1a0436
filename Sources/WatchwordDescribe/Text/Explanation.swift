import WatchwordCore
import WatchwordDialect

/// A dialect for a person: each route as a curl line, a sample answer, and the refusals it can meet;
/// each socket as a conversation.
public struct Explanation: Sendable {
    let rehearsal: Rehearsal
    static let width = 80

    public init(_ dialect: Dialect, baseURL: String) { rehearsal = Rehearsal(dialect, baseURL: baseURL) }

    /// - Parameter wanted: a path, a method and a path, or an operation's name; nothing for every route and socket.
    /// - Returns: nothing if no route and no socket is meant.
    public func text(_ wanted: String? = nil) -> String? {
        let routes = rehearsal.routes.filter { route in wanted.map { Self.fits(route.route, $0) } ?? true }
        let sockets = rehearsal.sockets.filter { each in wanted.map { Self.fits(each.socket, $0) } ?? true }
        guard !routes.isEmpty || !sockets.isEmpty else { return nil }
        guard wanted == nil else { return (routes.map(text) + sockets.map(text)).joined(separator: "\n") }
        let dialect = rehearsal.dialect
        var parts = [
            "\(dialect.name) \(dialect.version)"
                + (dialect.summary.isEmpty ? "" : "\n" + Self.wrapped(dialect.summary, first: "", rest: 0)) + "\n"
        ]
        if let pages = dialect.pages { parts.append("Hosted pages: \(pages.words)\n") }
        for group in RouteTopic.allCases {
            let members = routes.filter { RouteTopic($0.route.operation) == group }
            if members.isEmpty { continue }
            parts.append("== \(group.rawValue)\n")
            parts += members.map(text)
        }
        if !sockets.isEmpty { parts.append("== WebSockets\n") }
        parts += sockets.map(text)
        let refusals = Self.refusals(rehearsal.everywhere)
        parts.append("== Any request can be refused with\n\n" + refusals.joined(separator: "\n") + "\n")
        return parts.joined(separator: "\n")
    }

    /// What `wanted` can name, for a suggestion.
    public var names: [String] {
        rehearsal.routes.map { "\($0.route.method) \($0.route.pathText)" } + rehearsal.routes.map(\.route.pathText)
            + rehearsal.routes.map(\.route.operation.rawValue)
            + rehearsal.sockets.flatMap { [$0.socket.pathText, $0.socket.operation.rawValue] }
    }

    private static func fits(_ route: Route, _ wanted: String) -> Bool {
        wanted == route.pathText || wanted == "\(route.method) \(route.pathText)"
            || wanted == route.operation.rawValue
    }

    private static func fits(_ socket: Socket, _ wanted: String) -> Bool {
        wanted == socket.pathText || wanted == socket.operation.rawValue
    }

    private func text(_ socket: SocketRehearsal) -> String {
        SocketText(rehearsal: socket, baseURL: rehearsal.baseURL, width: Self.width).text
    }

    private func text(_ route: RouteRehearsal) -> String {
        var lines = [heading(route.route), ""]
        for (index, answer) in route.granted.enumerated() {
            if index > 0 { lines.append("") }
            lines.append(CurlLine(answer.request, baseURL: rehearsal.baseURL).wrapped(width: Self.width, indent: 2))
            lines += ["", Self.indented(HTTPText.text(answer.response, width: Self.width - 4), 4)]
        }
        // What any request can meet is told once, unless the route has words of its own.
        let common = Set(rehearsal.everywhere.map(\.code))
        let refused = route.refused.filter { $0.isOwn || !common.contains($0.code) }
        if !refused.isEmpty { lines += ["", "  refused"] + Self.refusals(refused) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func heading(_ route: Route) -> String {
        var text = "\(route.method) \(route.pathText)  (\(route.operation.rawValue))"
        let cases = route.conditions.map(Self.words)
        if !cases.isEmpty { text += "\n  when \(cases.joined(separator: " and "))" }
        return text
    }

    static func words(_ condition: Condition) -> String {
        let place = condition.sources.map(\.words).joined(separator: " or ")
        return switch condition.test {
        case .isOne(let values): "\(place) is \(values.map { $0.string ?? JSON.text($0) }.joined(separator: " or "))"
        case .present: "\(place) is there"
        case .absent: "\(place) is not there"
        }
    }

    /// Refusals with the same answer stand together.
    static func refusals(_ answers: [RefusalAnswer]) -> [String] {
        var groups: [(response: WireResponse, codes: [String])] = []
        for answer in answers {
            if let index = groups.firstIndex(where: { $0.response == answer.response }) {
                groups[index].codes.append(answer.code.rawValue)
            } else {
                groups.append((answer.response, [answer.code.rawValue]))
            }
        }
        return groups.sorted { $0.response.status < $1.response.status }.flatMap { group in
            let codes = wrapped(group.codes.joined(separator: ", "), first: "  \(group.response.status)  ", rest: 7)
            let fields = group.response.headers.filter { $0.name.lowercased() != "content-type" }.map {
                "\($0.name): \($0.value)"
            }
            let body = group.response.body.isEmpty ? [] : [HTTPText.body(group.response, width: width - 7)]
            return [codes] + (fields + body).map { indented($0, 7) }
        }
    }

    private static func indented(_ text: String, _ columns: Int) -> String {
        let margin = String(repeating: " ", count: columns)
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : margin + $0 }.joined(separator: "\n")
    }

    private static func wrapped(_ text: String, first: String, rest: Int) -> String {
        var lines = [first]
        for word in text.split(separator: " ") {
            let last = lines[lines.count - 1]
            if last.count + word.count > width {
                lines.append(String(repeating: " ", count: rest) + word + " ")
            } else {
                lines[lines.count - 1] += word + " "
            }
        }
        return lines.map { $0.last == " " ? String($0.dropLast()) : $0 }.joined(separator: "\n")
    }
}

extension InputSource {
    /// The place in words: `email of the body`, `the query's token`.
    var words: String {
        switch self {
        case .body(let path): "`\(path.joined(separator: "."))` of the body"
        case .query(let name): "`\(name)` of the query"
        case .header(let name, let scheme): "the header `\(name)`" + (scheme.map { " behind `\($0)`" } ?? "")
        case .cookie(let name): "the cookie `\(name)`"
        case .path(let name): "`{\(name)}` of the path"
        case .basic(let part): "the \(part.rawValue) of `Authorization: Basic`"
        case .constant(let value): "always `\(JSON.text(value))`"
        case .socket(let pieces): "the path of the socket `\(pieces.map { "/" + $0.text }.joined())`"
        }
    }
}
