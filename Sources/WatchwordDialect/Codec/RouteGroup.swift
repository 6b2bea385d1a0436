import WatchwordCore

/// The routes of one method and path, of which a request is one case.
public final class RouteGroup: Sendable {
    /// At least one, in the order in which they are tried.
    public let cases: [CompiledRoute]
    /// The case whose words are used where a request is none of them.
    public let first: CompiledRoute
    let method: String
    let path: [PathPiece]
    /// Whether the first case takes every request, so that nothing is looked at.
    private let isPlain: Bool
    /// Every body that a condition looks into.
    private let media: [MediaType]

    private init(_ first: CompiledRoute, _ others: ArraySlice<CompiledRoute>) {
        self.first = first
        cases = [first] + others
        method = first.route.method
        path = first.route.path
        isPlain = first.route.conditions.isEmpty
        var media: [MediaType] = []
        for route in cases where route.route.conditions.contains(where: { $0.sources.contains(where: \.isBody) }) {
            for type in route.route.media where !media.contains(type) { media.append(type) }
        }
        self.media = media
    }

    static func groups(of routes: [CompiledRoute]) -> [RouteGroup] {
        var groups: [[CompiledRoute]] = []
        var places: [String: Int] = [:]
        for route in routes {
            let line = "\(route.route.method) \(route.route.pathText)"
            if let place = places[line] {
                groups[place].append(route)
            } else {
                places[line] = groups.count
                groups.append([route])
            }
        }
        return groups.compactMap { cases in cases.first.map { RouteGroup($0, cases.dropFirst()) } }
    }

    /// The first case whose conditions hold.
    ///
    /// Refuses `unmatchedCase` where none does; what is wrong with a body that conditions look into, and that
    /// cannot be read, goes before. Both are told in the words of `first`.
    public func choose(_ contents: inout RequestContents) -> Outcome<CompiledRoute> {
        if isPlain { return .granted(first) }
        for route in cases where contents.holds(route.route.conditions, taking: route.route.media) {
            return .granted(route)
        }
        if !media.isEmpty, case .refused(let refusal) = contents.body(taking: media) { return .refused(refusal) }
        return .refused(.unmatchedCase)
    }
}

extension RequestContents {
    /// Whether all the conditions hold.
    mutating func holds(_ conditions: [Condition], taking media: [MediaType]) -> Bool {
        for condition in conditions {
            let found = find(condition.sources, taking: media)
            let isPresent = found != .absent && found != .found(.null)
            switch condition.test {
            case .present: guard isPresent else { return false }
            case .absent: guard !isPresent else { return false }
            case .isOne(let values):
                guard case .found(let value) = found, values.contains(where: { $0.isSaid(by: value) }) else {
                    return false
                }
            }
        }
        return true
    }
}

extension Value {
    /// Whether a request that holds `value` says this: the same, or its text, since forms and queries have only texts.
    func isSaid(by value: Value) -> Bool {
        if self == value { return true }
        guard case .string(let text) = value else { return false }
        return switch self {
        case .bool, .int, .double: JSON.text(self) == text
        default: false
        }
    }
}
