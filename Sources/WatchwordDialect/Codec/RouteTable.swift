import WatchwordCore

/// What a method and a path come to.
public enum RouteMatch: Sendable {
    case found(CompiledRoute, parameters: [(name: String, value: String)])
    /// The path is known under these methods (RFC 9110 section 15.5.6).
    case methodNotAllowed(allow: [String])
    case notFound
}

/// The routes by path: literal paths by one lookup, those with parameters by their segments.
struct RouteTable: Sendable {
    private struct Entry: Sendable {
        let pieces: [PathPiece]
        var routes: [CompiledRoute]
    }

    private var literal: [String: [CompiledRoute]] = [:]
    private var patterns: [Entry] = []
    private let slash: Dialect.Slash

    init(_ routes: [CompiledRoute], slash: Dialect.Slash) {
        self.slash = slash
        for route in routes {
            let pieces = route.route.path
            let isLiteral = pieces.allSatisfy { if case .literal = $0 { true } else { false } }
            if isLiteral {
                literal[route.route.pathText, default: []].append(route)
            } else if let index = patterns.firstIndex(where: { Self.sameShape($0.pieces, pieces) }) {
                patterns[index].routes.append(route)
            } else {
                patterns.append(Entry(pieces: pieces, routes: [route]))
            }
        }
    }

    func match(method: String, path: String) -> RouteMatch {
        var path = path
        if slash == .optional, path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
        if let routes = literal[path] { return choose(method, routes, path: nil) }
        guard !patterns.isEmpty, let segments = Self.segments(path) else { return .notFound }
        for entry in patterns where Self.fits(segments, entry.pieces) {
            return choose(method, entry.routes, path: segments)
        }
        return .notFound
    }

    /// HEAD is answered by GET's route (RFC 9110 section 9.3.2); the listener leaves the body out.
    private func choose(_ method: String, _ routes: [CompiledRoute], path: [String]?) -> RouteMatch {
        let wanted = method == "HEAD" ? "GET" : method
        guard let route = routes.first(where: { $0.route.method == wanted }) else {
            return .methodNotAllowed(allow: Self.allow(routes))
        }
        guard let path else { return .found(route, parameters: []) }
        var parameters: [(name: String, value: String)] = []
        for (piece, segment) in zip(route.route.path, path) {
            if case .parameter(let name) = piece { parameters.append((name, segment)) }
        }
        return .found(route, parameters: parameters)
    }

    private static func allow(_ routes: [CompiledRoute]) -> [String] {
        var methods: [String] = []
        for route in routes {
            methods.append(route.route.method)
            if route.route.method == "GET" { methods.append("HEAD") }
        }
        return methods + ["OPTIONS"]
    }

    private static func sameShape(_ left: [PathPiece], _ right: [PathPiece]) -> Bool {
        left.count == right.count
            && zip(left, right).allSatisfy { pair in
                switch pair {
                case (.literal(let a), .literal(let b)): a == b
                case (.parameter, .parameter): true
                default: false
                }
            }
    }

    private static func fits(_ segments: [String], _ pieces: [PathPiece]) -> Bool {
        segments.count == pieces.count
            && zip(segments, pieces).allSatisfy { segment, piece in
                if case .literal(let text) = piece { text == segment } else { !segment.isEmpty }
            }
    }

    /// The decoded segments of a path; nothing if one hides a slash, a NUL, a dot segment or bytes that are not UTF-8.
    static func segments(_ path: String) -> [String]? {
        guard path.utf8.first == UInt8(ascii: "/") else { return nil }
        var segments: [String] = []
        for part in path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let text = PercentCoding.decode(part, plusIsSpace: false), text != ".", text != "..",
                !text.utf8.contains(UInt8(ascii: "/")), !text.utf8.contains(0)
            else { return nil }
            segments.append(text)
        }
        return segments
    }
}
