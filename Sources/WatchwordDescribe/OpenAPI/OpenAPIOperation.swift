import WatchwordCore
import WatchwordDialect

/// The cases of one method and path, as one operation object.
struct OpenAPIOperation {
    let cases: [RouteRehearsal]
    let rehearsal: Rehearsal
    var dialect: Dialect { rehearsal.dialect }

    init(_ cases: [RouteRehearsal], in rehearsal: Rehearsal) {
        self.cases = cases
        self.rehearsal = rehearsal
    }

    var object: Value {
        var members: [Value.Member] = [.init("operationId", .string(id)), .init("tags", .array(tags))]
        if !parameters.isEmpty { members.append(.init("parameters", .array(parameters))) }
        if let body = OpenAPIBody(cases.map(\.route), of: dialect).object { members.append(.init("requestBody", body)) }
        members.append(.init("responses", .object(OpenAPIResponses(cases, in: rehearsal).members)))
        members.append(.init("security", .array(security)))
        return .object(members)
    }

    /// The names of the operations; with the path behind them where other routes have the same.
    private var id: String {
        let name = Self.name(cases.map(\.route))
        var others: [String: [Route]] = [:]
        for route in dialect.routes { others["\(route.method) \(route.pathText)", default: []].append(route) }
        guard others.values.filter({ Self.name($0) == name }).count > 1, let route = cases.first?.route else {
            return name
        }
        let words = route.pathText.split { !$0.isLetter && !$0.isNumber }.joined(separator: "_")
        return "\(name)_\(route.method.lowercased())_\(words)"
    }

    private static func name(_ routes: [Route]) -> String {
        var names: [String] = []
        for route in routes where !names.contains(route.operation.rawValue) { names.append(route.operation.rawValue) }
        return names.joined(separator: "_or_")
    }

    private var tags: [Value] {
        Array(Set(cases.map { RouteTopic($0.route.operation).rawValue })).sorted().map(Value.string)
    }

    // MARK: Parameters

    private var parameters: [Value] {
        var seen: Set<String> = []
        var parameters: [Value] = []
        func add(_ name: String, _ place: String, _ schema: Value, _ required: Bool) {
            guard seen.insert("\(place) \(name)").inserted else { return }
            parameters.append(
                .object([
                    .init("name", .string(name)), .init("in", .string(place)), .init("required", .bool(required)),
                    .init("schema", schema),
                ]))
        }
        for each in cases {
            let route = each.route
            for case .parameter(let name) in route.path {
                let input = route.bindings.first { $0.sources.contains(.path(name)) }?.input
                add(name, "path", input.map { inputs.pathSchema($0) } ?? inputs.anyText, true)
            }
            let needed = RouteInputs(route, of: dialect)
            for binding in route.bindings {
                let isRequired =
                    cases.count == 1 && binding.sources.count == 1 && needed.isNeeded(binding.input)
                    && !needed.alternatives.contains(binding.input)
                let schema = inputs.schema(binding.input, for: route.operation, isText: true)
                place(binding.sources, schema, isRequired, add)
            }
            let optional =
                route.extras.map(\.sources)
                + (route.conditions + each.granted.flatMap(\.reply.conditions))
                .map(\.sources)
            for sources in optional { place(sources, inputs.anyText, false, add) }
        }
        return parameters
    }

    private func place(
        _ sources: [InputSource], _ schema: Value, _ required: Bool,
        _ add: (String, String, Value, Bool) -> Void
    ) {
        for source in sources {
            switch source {
            case .query(let name): add(name, "query", schema, required)
            // The document leaves these to the body and to security.
            case .header("authorization", _), .header("content-type", _), .header("accept", _): continue
            case .header(let name, _): add(name, "header", schema, required)
            case .cookie(let name): add(name, "cookie", schema, required)
            case .body, .path, .basic, .constant, .socket: continue
            }
        }
    }

    private var inputs: InputSchemas { InputSchemas(dialect) }

    // MARK: Security

    /// Alternatives; where a case needs none, none is among them.
    private var security: [Value] {
        var alternatives: [Value] = []
        for each in cases {
            let names = SecuritySchemes.alternatives(each.route)
            for alternative in names.isEmpty ? [[]] : names {
                let value = Value.object(alternative.map { .init($0, .array([])) })
                if !alternatives.contains(value) { alternatives.append(value) }
            }
        }
        return alternatives == [.object([])] ? [] : alternatives
    }
}
