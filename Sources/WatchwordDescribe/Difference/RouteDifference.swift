import WatchwordCore
import WatchwordDialect

/// What differs between two routes of one method, path and case.
struct RouteDifference {
    let old: RouteRehearsal
    let new: RouteRehearsal
    let before: Dialect
    let after: Dialect
    private let place: String
    private(set) var differences: [Difference] = []

    static func all(_ old: Rehearsal, _ new: Rehearsal) -> [Difference] {
        var differences: [Difference] = []
        for route in old.routes {
            guard let other = new.routes.first(where: { key($0.route) == key(route.route) }) else {
                differences.append(Difference(.breaking, title(route.route), "the route is gone"))
                continue
            }
            differences += RouteDifference(route, other, old.dialect, new.dialect).differences
        }
        for route in new.routes where !old.routes.contains(where: { key($0.route) == key(route.route) }) {
            differences.append(Difference(.compatible, title(route.route), "the route is new"))
        }
        return differences
    }

    /// Parameters are told apart by their place and not by their names.
    private static func key(_ route: Route) -> String {
        let path = route.path.map { piece in
            switch piece {
            case .literal(let text): "/" + text
            case .parameter: "/{}"
            }
        }
        return "\(route.method) \(path.joined()) \(route.conditions.map(Explanation.words))"
    }

    private static func title(_ route: Route) -> String {
        let cases = route.conditions.map(Explanation.words).joined(separator: " and ")
        return "\(route.method) \(route.pathText)" + (cases.isEmpty ? "" : " when \(cases)")
    }

    private init(_ old: RouteRehearsal, _ new: RouteRehearsal, _ before: Dialect, _ after: Dialect) {
        self.old = old
        self.new = new
        self.before = before
        self.after = after
        place = Self.title(old.route)
        if old.route.operation != new.route.operation {
            add(.breaking, "does `\(new.route.operation.rawValue)`, did `\(old.route.operation.rawValue)`")
        }
        compareMedia()
        compareCarriers()
        compareInputs()
        compareReplies()
        differences += RefusalDifference.own(place, old.route, new.route, before, after)
    }

    private mutating func add(_ weight: Difference.Weight, _ text: String) {
        differences.append(Difference(weight, place, text))
    }

    private mutating func compareMedia() {
        for media in old.route.media where !new.route.media.contains(media) {
            // A body that is no longer read hurts nobody.
            add(new.route.media.isEmpty ? .behaviour : .breaking, "takes no \(media.rawValue) body")
        }
        for media in new.route.media where !old.route.media.contains(media) {
            add(.compatible, "takes a \(media.rawValue) body")
        }
    }

    private mutating func compareCarriers() {
        switch (old.route.carriers, new.route.carriers) {
        case (nil, nil): return
        case (nil, _?): return add(.breaking, "needs a credential")
        case (_?, nil): return add(.behaviour, "anybody may call")
        case (let before?, let after?):
            for carrier in before where !after.contains(carrier) { add(.breaking, "takes no \(carrier.words)") }
            for carrier in after where !before.contains(carrier) { add(.compatible, "takes \(carrier.words)") }
            if Set(before) == Set(after), before != after { add(.behaviour, "looks at credentials in another order") }
        }
    }

    private mutating func compareInputs() {
        let (needed, needs) = (RouteInputs(old.route, of: before), RouteInputs(new.route, of: after))
        for binding in old.route.bindings {
            guard let other = new.route.bindings.first(where: { $0.input == binding.input }) else {
                add(.behaviour, "reads no `\(binding.input.text)`")
                continue
            }
            for source in binding.sources where !other.sources.contains(source) {
                add(.breaking, "reads no `\(binding.input.text)` from \(source.words)")
            }
            for source in other.sources where !binding.sources.contains(source) {
                add(.compatible, "reads `\(binding.input.text)` from \(source.words)")
            }
            let kept = other.sources.filter(binding.sources.contains)
            if kept != binding.sources.filter(other.sources.contains) {
                add(.behaviour, "looks for `\(binding.input.text)` in another order")
            }
        }
        for binding in new.route.bindings {
            let wasNeeded = needed.isNeeded(binding.input)
            if needs.isNeeded(binding.input), !wasNeeded {
                add(.breaking, "`\(binding.input.text)` is required, from \(binding.sources[0].words)")
            } else if wasNeeded, !needs.isNeeded(binding.input) {
                add(.compatible, "`\(binding.input.text)` is not required")
            } else if !old.route.bindings.contains(where: { $0.input == binding.input }) {
                add(.compatible, "reads `\(binding.input.text)` from \(binding.sources[0].words)")
            }
        }
    }

    private mutating func compareReplies() {
        for answer in old.granted {
            let when = answer.reply.conditions.map(Explanation.words)
            guard let other = new.granted.first(where: { $0.reply.conditions.map(Explanation.words) == when }) else {
                add(.breaking, "has no reply of its own when \(when.joined(separator: " and "))")
                continue
            }
            let title = when.isEmpty ? place : "\(place), \(when.joined(separator: " and "))"
            let (first, second) = (
                ReplyShape(dialect: before, operation: old.route.operation),
                ReplyShape(dialect: after, operation: new.route.operation)
            )
            differences +=
                ReplyDifference(
                    title, (answer.reply, answer.response, first), (other.reply, other.response, second)
                ).differences
        }
        for answer in new.granted {
            let when = answer.reply.conditions.map(Explanation.words)
            if !old.granted.contains(where: { $0.reply.conditions.map(Explanation.words) == when }) {
                add(.behaviour, "answers in another way when \(when.joined(separator: " and "))")
            }
        }
    }
}

extension Carrier {
    /// The place in words: `an access token in the header `authorization` behind `Bearer``.
    var words: String {
        let kind =
            switch takes {
            case .access: "access token"
            case .apiKey: "API key"
            case .refresh: "refresh token"
            case .password: "password"
            }
        let source: String =
            switch place {
            case .header(let name, let scheme): InputSource.header(name, scheme: scheme).words
            case .query(let name): InputSource.query(name).words
            case .cookie(let name): InputSource.cookie(name).words
            case .basic(let part): InputSource.basic(part).words
            case .body(let path): InputSource.body(path).words
            }
        return "\(kind) in \(source)"
    }
}
