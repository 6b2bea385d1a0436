import WatchwordCore
import WatchwordDialect

/// The request body of an operation's cases: a schema for each kind of body that they take.
struct OpenAPIBody {
    let routes: [Route]
    let dialect: Dialect

    init(_ routes: [Route], of dialect: Dialect) {
        self.routes = routes.filter(Refusals.readsBody)
        self.dialect = dialect
    }

    /// Nothing where no body is read.
    var object: Value? {
        var contents: [Value.Member] = []
        for media in MediaType.allCases {
            let takers = routes.filter { $0.media.contains(media) }
            guard !takers.isEmpty else { continue }
            var schemas: [Value] = []
            for schema in takers.map({ self.schema($0, media) }) where !schemas.contains(schema) {
                schemas.append(schema)
            }
            let schema = schemas.count == 1 ? schemas[0] : .object([.init("anyOf", .array(schemas))])
            let example = example(takers[0], media).map { [Value.Member("example", $0)] } ?? []
            contents.append(.init(media.name, .object([.init("schema", schema)] + example)))
        }
        guard !contents.isEmpty else { return nil }
        return .object([
            .init("required", .bool(routes.allSatisfy(needsBody))), .init("content", .object(contents)),
        ])
    }

    /// What a client could send; tokens are of the right form and open nothing.
    private func example(_ route: Route, _ media: MediaType) -> Value? {
        var route = route
        // Forms too are shown as data; how they are written follows from their type.
        if media != .text { route.media = [.json] }
        let sample = SampleText(dialect)
        switch SampleRequest(route, of: dialect).body {
        case .json(let value): return sample.withoutVariables(value)
        case .text(let text): return sample.withoutVariables(.string(text))
        case .none, .form, .multipart: return nil
        }
    }

    private func needsBody(_ route: Route) -> Bool {
        let needed = RouteInputs(route, of: dialect)
        return route.bindings.contains { binding in
            needed.isNeeded(binding.input)
                && binding.sources.allSatisfy { if case .body = $0 { true } else { false } }
        }
    }

    private func schema(_ route: Route, _ media: MediaType) -> Value {
        guard media != .text else { return .object([.init("type", .string("string"))]) }
        let needed = RouteInputs(route, of: dialect)
        let schemas = InputSchemas(dialect)
        var root = Members()
        for condition in route.conditions {
            guard case .body(let path)? = condition.sources.first else { continue }
            switch condition.test {
            case .isOne(let values):
                root.put(
                    .object([.init("enum", .array(values))]), at: path[...], isRequired: condition.sources.count == 1)
            case .present: root.put(.object([]), at: path[...], isRequired: condition.sources.count == 1)
            case .absent: continue
            }
        }
        for binding in route.bindings {
            for case .body(let path) in binding.sources where path != ["*"] {
                let isRequired =
                    binding.sources.count == 1 && needed.isNeeded(binding.input)
                    && !needed.alternatives.contains(binding.input)
                let schema = schemas.schema(binding.input, for: route.operation, isText: false)
                root.put(schema, at: path[...], isRequired: isRequired)
            }
        }
        for extra in route.extras {
            for case .body(let path) in extra.sources { root.put(.object([]), at: path[...], isRequired: false) }
        }
        var schema = root.schema
        let handles = alternatives(route, needed)
        if handles.count > 1, case .object(let members) = schema {
            let any = handles.map { Value.object([.init("required", .array([.string($0)]))]) }
            schema = .object(members + [.init("anyOf", .array(any))])
        }
        return schema
    }

    /// The members of the body of which one must be there, where all of them are at its top.
    private func alternatives(_ route: Route, _ needed: RouteInputs) -> [String] {
        let bindings = route.bindings.filter { needed.alternatives.contains($0.input) }
        let names = bindings.compactMap { binding -> String? in
            guard case .body(let path)? = binding.sources.first, binding.sources.count == 1, path.count == 1 else {
                return nil
            }
            return path[0]
        }
        return names.count == bindings.count ? names : []
    }
}

/// The members of an object's schema, put in by their paths.
private struct Members {
    private var members: [(name: String, leaf: Value?, inner: Members, isRequired: Bool)] = []

    mutating func put(_ leaf: Value, at path: ArraySlice<String>, isRequired: Bool) {
        guard let name = path.first else { return }
        let index = members.firstIndex { $0.name == name } ?? members.count
        if index == members.count { members.append((name, nil, Members(), false)) }
        members[index].isRequired = members[index].isRequired || isRequired
        if path.count == 1 {
            members[index].leaf = members[index].leaf ?? leaf
        } else {
            members[index].inner.put(leaf, at: path.dropFirst(), isRequired: isRequired)
        }
    }

    var schema: Value {
        let required = members.filter(\.isRequired).map { Value.string($0.name) }
        var schema: [Value.Member] = [
            .init("type", .string("object")),
            .init("properties", .object(members.map { .init($0.name, $0.leaf ?? $0.inner.schema) })),
        ]
        if !required.isEmpty { schema.append(.init("required", .array(required))) }
        return .object(schema)
    }
}

extension MediaType {
    var name: String {
        switch self {
        case .json: "application/json"
        case .form: "application/x-www-form-urlencoded"
        case .multipart: "multipart/form-data"
        case .text: "text/plain"
        }
    }
}
