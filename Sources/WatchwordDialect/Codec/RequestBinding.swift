import WatchwordCore

extension CompiledRoute {
    /// What the request submits to the route's operation.
    ///
    /// Refuses `unsupportedMedia`, `badJSON`, `tooLarge` and `validation`; whether the inputs do is the operation's
    /// to say. What the route does not bind is not looked at.
    public func bind(_ contents: inout RequestContents) -> Outcome<Submission> {
        var submission = Submission()
        submission.bound = bound
        guard !bound.isEmpty else { return .granted(submission) }
        if readsBody {
            switch contents.body(taking: route.media, needed: needsBody) {
            case .refused(let refusal): return .refused(refusal)
            case .granted(.json(let value)) where !value.isObject && !readsWholeBody:
                return .refused(Refusal(.validation, problems: [InputProblem(.body, .type, expected: "object")]))
            case .granted: break
            }
        }
        for binding in route.bindings {
            switch find(binding, &contents) {
            case .absent: continue
            case .refused(let rule):
                let expected = rule == .type ? "string" : nil
                return .refused(
                    Refusal(.validation, problems: [InputProblem(binding.input, rule, expected: expected)]))
            case .found(let value): submission[binding.input] = value
            }
        }
        return .granted(submission)
    }

    /// The same of a request that nothing else was read of.
    public func bind(_ request: WireRequest, parameters: [(name: String, value: String)]) -> Outcome<Submission> {
        var contents = RequestContents(request, parameters: parameters)
        return bind(&contents)
    }

    private func find(_ binding: Binding, _ contents: inout RequestContents) -> FoundInput {
        let found = contents.find(binding.sources, taking: route.media)
        guard case .found(let value) = found, let form = forms[binding.input] else { return found }
        return .found(form.submitted(value))
    }

    /// What was sent for an input, for a reply that repeats it; nothing for a secret, nor for a list or an object,
    /// which can hold one.
    func value(of input: InputName, _ contents: inout RequestContents) -> Value? {
        guard !input.isSecret, let binding = route.bindings.first(where: { $0.input == input }),
            case .found(let value) = contents.find(binding.sources, taking: route.media), value.isScalar
        else { return nil }
        return value
    }

    /// What the route's extras are, by their names: single values only.
    func extras(_ contents: inout RequestContents) -> [String: Value] {
        var values: [String: Value] = [:]
        for extra in route.extras {
            if case .found(let value) = contents.find(extra.sources, taking: route.media), value.isScalar {
                values[extra.name] = value
            }
        }
        return values
    }

    /// Where an input is on the wire, for a person and for `$it.loc`: `["body", "password_confirm"]`.
    func location(of input: InputName) -> [String] {
        guard input != .body else { return ["body"] }
        switch route.bindings.first(where: { $0.input == input })?.sources.first {
        case nil: return ["body", input.text]
        case .body(let path): return path == RequestBody.whole ? ["body"] : ["body"] + path
        case .query(let name): return ["query", name]
        case .header(let name, _): return ["header", name]
        case .cookie(let name): return ["cookie", name]
        case .path(let name): return ["path", name]
        case .basic(let part): return ["header", "authorization", part.rawValue]
        case .constant: return ["body", input.text]
        case .socket: return ["path"]
        }
    }
}

extension Value {
    fileprivate var isObject: Bool { if case .object = self { true } else { false } }

    fileprivate var isScalar: Bool {
        switch self {
        case .array, .object: false
        default: true
        }
    }
}
