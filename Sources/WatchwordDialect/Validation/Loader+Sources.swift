import WatchwordCore

/// Where in a request a value is: `email`, `user.email`, `query.x`, `{header: X-Token}`, or a list of such.
extension Loader {
    /// The sources of one value, the first present of which counts.
    mutating func sources(_ entry: Node.Entry, for input: InputName? = nil) -> [InputSource] {
        let holdsToken = input == .token || input == .refreshToken
        if entry.value.items?.isEmpty == true {
            report.error("`\(entry.key)` has no source", at: entry.value.position)
        }
        var sources: [InputSource] = []
        for item in items(entry.value) {
            if input == .socket, let path = item.string, path.hasPrefix("/") {
                if let source = socket(path, at: item.position) { sources.append(source) }
                continue
            }
            guard var source = source(item, entry.key) else { continue }
            if holdsToken, item.string != nil, case .header("authorization", nil) = source {
                source = .header("authorization", scheme: "Bearer")
            }
            if sources.contains(source) {
                report.error("this source is there twice", at: item.position)
            } else {
                sources.append(source)
            }
        }
        return sources
    }

    /// A socket of the file by its path. It must take tickets, or none would ever be of use.
    private mutating func socket(_ path: String, at place: SourcePosition) -> InputSource? {
        let sockets = sections["sockets"]?.value.entries ?? []
        guard let socket = sockets.first(where: { $0.key == path }), case .success(let pieces) = RoutePath.read(path)
        else {
            report.error(message("no socket `\(path)`", meaning: path, among: sockets.map(\.key)), at: place)
            return nil
        }
        if socket.value["auth"]?["ticket"] == nil {
            report.error("`\(path)` takes no ticket: `auth: {..., ticket: NAME}`", at: place)
        }
        return .socket(pieces)
    }

    mutating func source(_ node: Node, _ key: String) -> InputSource? {
        if node.entries != nil { return writtenOut(node, key) }
        guard let text = text(node, key) else { return nil }
        return source(text, at: node.position)
    }

    /// A source as a text: its place, a dot, and its name there; a member of the body needs no place.
    mutating func source(_ text: String, at place: SourcePosition) -> InputSource? {
        if text == "*" { return .body(["*"]) }
        let steps = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard steps.allSatisfy({ !$0.isEmpty }) else {
            report.error(
                "`\(text)` is no source: a member of the body, or query., header., cookie., path., basic.", at: place)
            return nil
        }
        guard steps.count > 1 else { return .body(steps) }
        let name = steps.dropFirst().joined(separator: ".")
        switch steps[0] {
        case "query": return .query(name)
        case "path": return .path(name)
        case "basic": return part(name, at: place).map { .basic($0) }
        case "header", "cookie": return field(name, isHeader: steps[0] == "header", at: place)
        case "body":
            report.note(
                "`\(text)` is a member of the body's member `body`; one of the body itself is `\(name)`", at: place)
            return .body(steps)
        default: return .body(steps)
        }
    }

    private mutating func part(_ name: String, at place: SourcePosition) -> BasicPart? {
        if let part = BasicPart(rawValue: name) { return part }
        report.error(
            message(
                "`basic` has `basic.username` and `basic.password`, not `\(name)`", meaning: name,
                among: BasicPart.allCases.map(\.rawValue)), at: place)
        return nil
    }

    private mutating func field(_ name: String, isHeader: Bool, at place: SourcePosition) -> InputSource? {
        guard isToken(name) else {
            report.error("`\(name)` cannot be the name of a \(isHeader ? "header" : "cookie")", at: place)
            return nil
        }
        return isHeader ? .header(name.lowercased(), scheme: nil) : .cookie(name)
    }

    /// `{header: Authorization, scheme: Bearer}`, `{value: email}`.
    private mutating func writtenOut(_ node: Node, _ key: String) -> InputSource? {
        guard let members = members(of: node, "`\(key)`", Language.source) else { return nil }
        let places = members.entries.filter { $0.key != "scheme" }
        guard places.count == 1, let place = places.first else {
            // A misspelt member was reported by itself.
            if members.entries.count == node.entries?.count {
                let names = Language.source.names.filter { $0 != "scheme" }.map { "`\($0)`" }
                report.error("a source is one of \(names.joined(separator: ", "))", at: node.position)
            }
            return nil
        }
        if let scheme = members["scheme"], place.key != "header" {
            report.error("`scheme` is of a header only", at: scheme.position)
        }
        if place.key == "value" {
            if place.value.scalar == nil, !place.value.isUnreadable {
                report.error("`value` is one text, number, true, false or null", at: place.value.position)
            }
            return place.value.scalar.map { .constant($0) }
        }
        guard let name = text(place) else { return nil }
        switch place.key {
        case "body": return bodyPath(name, at: place.value.position).map { .body($0) }
        case "query": return .query(name)
        case "path": return .path(name)
        case "basic": return part(name, at: place.value.position).map { .basic($0) }
        case "cookie": return field(name, isHeader: false, at: place.value.position)
        default:
            guard case .header(let field, _)? = field(name, isHeader: true, at: place.value.position) else {
                return nil
            }
            guard let entry = members["scheme"] else { return .header(field, scheme: nil) }
            return scheme(entry).map { .header(field, scheme: $0) }
        }
    }

    /// The steps of a member's path, in a body or in claims.
    mutating func bodyPath(_ text: String, at place: SourcePosition) -> [String]? {
        let steps = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if steps.allSatisfy({ !$0.isEmpty }) { return steps }
        report.error("`\(text)` is no path of a member: names with dots between them", at: place)
        return nil
    }

    /// What stands before a credential in a header: a scheme of RFC 9110 section 11.1, or several words.
    mutating func scheme(_ entry: Node.Entry) -> String? {
        guard let text = text(entry) else { return nil }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.allSatisfy({ isToken(String($0)) }) else {
            report.error("`\(text)` cannot be the name of a \(entry.key)", at: entry.value.position)
            return nil
        }
        return text
    }
}
