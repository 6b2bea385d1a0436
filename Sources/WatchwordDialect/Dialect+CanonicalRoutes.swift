import WatchwordCore

extension Dialect {
    /// Routes of one method and path are a list of cases, in their order.
    var canonicalRoutes: Value {
        var cases: [(heading: String, routes: [Value])] = []
        var places: [String: Int] = [:]
        for route in routes {
            let heading = "\(route.method) \(route.pathText)"
            if let place = places[heading] {
                cases[place].routes.append(canonical(route))
            } else {
                places[heading] = cases.count
                cases.append((heading, [canonical(route)]))
            }
        }
        return .object(cases.map { .init($0.heading, $0.routes.count == 1 ? $0.routes[0] : .array($0.routes)) })
    }

    private func canonical(_ route: Route) -> Value {
        var members: [Value.Member] = []
        if !route.conditions.isEmpty { members.append(.init("when", route.conditions.canonical)) }
        members.append(.init("do", .string(route.operation.rawValue)))
        if !route.media.isEmpty { members.append(.init("take", .array(route.media.map { .string($0.rawValue) }))) }
        if !route.bindings.isEmpty {
            members.append(
                .init("in", .object(route.bindings.map { .init($0.input.text, $0.sources.canonical) })))
        }
        if !route.extras.isEmpty {
            members.append(.init("with", .object(route.extras.map { .init($0.name, $0.sources.canonical) })))
        }
        if let carriers = route.carriers {
            let list = credentials.first { $0.carriers == carriers }
            members.append(.init("auth", list.map { .string($0.name) } ?? .array(carriers.map(\.canonical))))
        }
        let replies = route.replies.map(\.canonical)
        members.append(.init("reply", replies.count == 1 ? replies[0] : .array(replies)))
        if !route.errors.isEmpty { members.append(.init("errors", Self.canonical(route.errors))) }
        return .object(members)
    }
}

extension [InputSource] {
    fileprivate var canonical: Value { .array(map(\.canonical)) }
}

extension InputSource {
    /// As a dialect file writes it.
    var canonical: Value {
        if let text { return .string(text) }
        switch self {
        case .body(let steps): return .object([.init("body", .string(steps.joined(separator: ".")))])
        case .header(let name, nil): return .object([.init("header", .string(name))])
        case .header(let name, let scheme?):
            return .object([.init("header", .string(name)), .init("scheme", .string(scheme))])
        case .constant(let value): return .object([.init("value", value)])
        default: return .null
        }
    }

    /// In one text; nothing where that would be read as another source.
    fileprivate var text: String? {
        switch self {
        case .body(let steps):
            let isPlace = ["query", "header", "cookie", "path", "basic", "body"].contains(steps.first)
            return isPlace && steps.count > 1 ? nil : steps.joined(separator: ".")
        case .query(let name): return "query.\(name)"
        case .header(let name, nil): return name == "authorization" ? nil : "header.\(name)"
        case .cookie(let name): return "cookie.\(name)"
        case .path(let name): return "path.\(name)"
        case .basic(let part): return "basic.\(part.rawValue)"
        case .socket(let pieces): return pieces.isEmpty ? "/" : pieces.map { "/" + $0.text }.joined()
        case .header, .constant: return nil
        }
    }
}

extension [Condition] {
    /// As `when:` has it: by name where each has one, or else as a list.
    var canonical: Value {
        let names = compactMap { $0.sources.count == 1 ? $0.sources[0].text : nil }
        guard names.count == count, Set(names).count == count else { return .array(map(\.canonical)) }
        return .object(
            zip(names, self).map { name, condition in
                switch condition.test {
                case .isOne(let values): .init(name, .array(values))
                case .present: .init(name, .object([.init("present", .bool(true))]))
                case .absent: .init(name, .object([.init("present", .bool(false))]))
                }
            })
    }
}

extension Condition {
    fileprivate var canonical: Value {
        let test: Value.Member =
            switch test {
            case .isOne(let values): .init("is", .array(values))
            case .present: .init("present", .bool(true))
            case .absent: .init("present", .bool(false))
            }
        return .object([.init("of", .array(sources.map(\.canonical))), test])
    }
}
