import WatchwordCore

extension CompiledRoute {
    /// What the request submits to the route's operation.
    ///
    /// Refuses `unsupportedMedia`, `badJSON`, `tooLarge` and `validation`; whether the inputs do is the operation's
    /// to say. What the route does not bind is not looked at.
    public func bind(_ request: WireRequest, parameters: [(name: String, value: String)]) -> Outcome<Submission> {
        var submission = Submission()
        submission.bound = bound
        guard !bound.isEmpty else { return .granted(submission) }
        var found = Sources(request: request, parameters: parameters)
        if readsBody {
            switch RequestBody.read(request, taking: route.media, needed: needsBody) {
            case .refused(let refusal): return .refused(refusal)
            case .granted(let body): found.body = body
            }
        }
        if readsQuery, let query = request.query { found.query = FormFields(query.utf8) }
        for binding in route.bindings {
            source: for source in binding.sources {
                switch found.value(at: source) {
                case .absent: continue
                case .refused(let rule):
                    let expected = rule == .type ? "string" : nil
                    return .refused(
                        Refusal(.validation, problems: [InputProblem(binding.input, rule, expected: expected)]))
                case .found(let value):
                    submission[binding.input] = forms[binding.input]?.submitted(value) ?? value
                    break source
                }
            }
        }
        return .granted(submission)
    }

    /// Where an input is on the wire, for a person and for `$it.loc`: `["body", "password_confirm"]`.
    func location(of input: InputName) -> [String] {
        guard input != .body else { return ["body"] }
        switch route.bindings.first(where: { $0.input == input })?.sources.first {
        case nil: return ["body", input.text]
        case .body(let path): return ["body"] + path
        case .query(let name): return ["query", name]
        case .header(let name, _): return ["header", name]
        case .cookie(let name): return ["cookie", name]
        case .path(let name): return ["path", name]
        case .basic(let part): return ["header", "authorization", part.rawValue]
        case .constant: return ["body", input.text]
        }
    }
}

/// Everything in a request that an input can come from.
private struct Sources {
    let request: WireRequest
    let parameters: [(name: String, value: String)]
    var body = RequestBody.none
    var query = FormFields([])

    func value(at source: InputSource) -> FormFields.Found {
        switch source {
        case .body(let path):
            switch body {
            case .none: return .absent
            case .json(let value):
                var found: Value? = value
                for step in path { found = found?[step] }
                return found.map { .found($0) } ?? .absent
            case .form(let fields): return path.count == 1 ? fields.value(of: path[0]) : .absent
            }
        case .query(let name): return query.value(of: name)
        case .header(let name, _): return .single(request.headers.filter { $0.name == name }.map(\.value))
        case .cookie(let name): return .single(Cookies.values(of: name, in: request))
        case .path(let name): return .single(parameters.filter { $0.name == name }.map(\.value))
        case .constant(let value): return .found(value)
        case .basic: return .absent
        }
    }
}
