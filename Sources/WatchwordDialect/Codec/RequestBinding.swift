import WatchwordCore

extension CompiledRoute {
    /// What the request submits to the route's operation.
    ///
    /// Refuses `unsupportedMedia`, `badJSON` and `validation`; whether the inputs do is the operation's to say.
    public func bind(_ request: WireRequest, parameters: [(name: String, value: String)]) -> Outcome<Submission> {
        var submission = Submission()
        submission.bound = route.bindings.map(\.input)
        guard !route.bindings.isEmpty else { return .granted(submission) }
        let body: RequestBody
        switch readsBody ? RequestBody.read(request, taking: route.media) : .granted(.none) {
        case .refused(let refusal): return .refused(refusal)
        case .granted(let read): body = read
        }
        guard let query = PercentCoding.fields((request.query ?? "").utf8, limit: RequestBody.maximumFields) else {
            return .refused(Refusal(.validation, problems: [InputProblem(.body, .characters)]))
        }
        for binding in route.bindings {
            for source in binding.sources {
                switch Self.value(at: source, body, query, request, parameters) {
                case .absent: continue
                case .repeated:
                    return .refused(
                        Refusal(.validation, problems: [InputProblem(binding.input, .type, expected: "string")]))
                case .found(let value): submission[binding.input] = value
                }
                break
            }
        }
        return .granted(submission)
    }

    private var readsBody: Bool {
        route.bindings.contains { $0.sources.contains { if case .body = $0 { true } else { false } } }
    }

    private enum Found {
        case absent, repeated
        case found(Value)
    }

    private static func value(
        at source: InputSource, _ body: RequestBody, _ query: [(name: String, value: String)], _ request: WireRequest,
        _ parameters: [(name: String, value: String)]
    ) -> Found {
        switch source {
        case .body(let path):
            switch body {
            case .none: return .absent
            case .json(let value):
                var found: Value? = value
                for step in path { found = found?[step] }
                return found.map { .found($0) } ?? .absent
            case .form(let fields):
                return single(fields.filter { $0.name == path.joined(separator: ".") }.map(\.value))
            }
        case .query(let name): return single(query.filter { $0.name == name }.map(\.value))
        case .header(let name): return single(request.headers.filter { $0.name == name }.map(\.value))
        case .cookie(let name): return single(Cookies.values(of: name, in: request))
        case .path(let name): return single(parameters.filter { $0.name == name }.map(\.value))
        }
    }

    private static func single(_ values: [String]) -> Found {
        switch values.count {
        case 0: .absent
        case 1: .found(.string(values[0]))
        default: .repeated
        }
    }

    /// Where an input is on the wire, for a person and for `$it.loc`: `["body", "password_confirm"]`.
    func location(of input: InputName) -> [String] {
        guard let source = route.bindings.first(where: { $0.input == input })?.sources.first else { return ["body"] }
        switch source {
        case .body(let path): return ["body"] + path
        case .query(let name): return ["query", name]
        case .header(let name): return ["header", name]
        case .cookie(let name): return ["cookie", name]
        case .path(let name): return ["path", name]
        }
    }
}
