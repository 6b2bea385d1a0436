import WatchwordCore

/// What a method and a path come to.
public enum RouteMatch: Sendable {
    case found(RouteGroup, parameters: [(name: String, value: String)])
    /// The path is known under these methods (RFC 9110 section 15.5.6).
    case methodNotAllowed(allow: [String])
    case notFound
}

/// The routes by path: literal paths by one lookup, those with parameters by their segments.
struct RouteTable: Sendable {
    private var literal: [String: [RouteGroup]] = [:]
    /// The more a path says before its first parameter, the earlier it stands.
    private var patterns: [RouteGroup] = []
    private let slash: Dialect.Slash

    init(_ routes: [CompiledRoute], slash: Dialect.Slash) {
        self.slash = slash
        for group in RouteGroup.groups(of: routes) {
            if group.path.allSatisfy(\.isLiteral) {
                literal[Self.trimmed(group.first.route.pathText, slash), default: []].append(group)
            } else {
                patterns.append(group)
            }
        }
        patterns = Self.ordered(patterns) { $0.path }
    }

    func match(method: String, path: String) -> RouteMatch {
        let path = Self.trimmed(path, slash)
        if let group = literal[path].flatMap({ Self.choose(method, $0) }) { return .found(group, parameters: []) }
        guard !patterns.isEmpty || path.utf8.contains(UInt8(ascii: "%")) else {
            return literal[path].map { .methodNotAllowed(allow: Self.allow($0)) } ?? .notFound
        }
        return matchDecoded(method, path)
    }

    /// The same by the segments that are meant: what is escaped without need, and what parameters take.
    private func matchDecoded(_ method: String, _ path: String) -> RouteMatch {
        guard let segments = Self.segments(path) else { return .notFound }
        let exact = literal["/" + segments.joined(separator: "/")] ?? []
        if let group = Self.choose(method, exact) { return .found(group, parameters: []) }
        let fitting = patterns.filter { Self.fits(segments, $0.path, slash) }
        if let group = Self.choose(method, fitting) {
            return .found(group, parameters: Self.parameters(segments, group.path))
        }
        let known = exact + fitting
        return known.isEmpty ? .notFound : .methodNotAllowed(allow: Self.allow(known))
    }

    /// HEAD is answered by GET's route where it has none of its own (RFC 9110 section 9.3.2); the listener leaves
    /// the body out.
    private static func choose(_ method: String, _ groups: [RouteGroup]) -> RouteGroup? {
        if let group = groups.first(where: { $0.method == method }) { return group }
        return method == "HEAD" ? groups.first { $0.method == "GET" } : nil
    }

    private static func allow(_ groups: [RouteGroup]) -> [String] {
        var methods: [String] = []
        for group in groups {
            for method in group.method == "GET" ? ["GET", "HEAD"] : [group.method]
            where !methods.contains(method) { methods.append(method) }
        }
        return methods.contains("OPTIONS") ? methods : methods + ["OPTIONS"]
    }

    // MARK: Paths

    static func trimmed(_ path: String, _ slash: Dialect.Slash) -> String {
        guard slash == .optional, path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") else { return path }
        // A byte, not a character: what stands before the slash may be one with it.
        return String(Substring(path.utf8.dropLast()))
    }

    /// Stable, by where the first difference between parameter and literal is.
    static func ordered<Element>(_ elements: [Element], by path: (Element) -> [PathPiece]) -> [Element] {
        let ranked = elements.enumerated().map {
            (rank: path($1).map { $0.isLiteral ? 0 : 1 }, place: $0, element: $1)
        }
        return ranked.sorted {
            $0.rank == $1.rank ? $0.place < $1.place : $0.rank.lexicographicallyPrecedes($1.rank)
        }.map(\.element)
    }

    static func parameters(_ segments: [String], _ pieces: [PathPiece]) -> [(name: String, value: String)] {
        zip(pieces, segments).compactMap { piece, segment in
            if case .parameter(let name) = piece { (name, segment) } else { nil }
        }
    }

    static func fits(_ segments: [String], _ pieces: [PathPiece], _ slash: Dialect.Slash) -> Bool {
        let pieces = slash == .optional && pieces.last == .literal("") ? pieces.dropLast() : pieces[...]
        return segments.count == pieces.count
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

extension PathPiece {
    var isLiteral: Bool { if case .literal = self { true } else { false } }
}
