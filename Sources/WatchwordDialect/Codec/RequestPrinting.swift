import WatchwordCore

extension CompiledRoute {
    /// The request that binds to this submission: the client's side of the same description.
    ///
    /// Each input goes to its first source. A body is JSON where the route takes it, else a form.
    /// Nothing if a path parameter has no value, or if an input's value has no form outside JSON.
    public func request(
        submitting submission: Submission, presenting credentials: [PresentedCredential] = []
    ) -> WireRequest? {
        var parameters: [String: String] = [:]
        var query: [(String, String)] = []
        var cookies: [(String, String)] = []
        var headers: [(name: String, value: String)] = []
        var body: [(path: [String], value: Value)] = []
        for binding in route.bindings {
            guard let value = submission[binding.input], let source = binding.sources.first else { continue }
            if case .body(let path) = source {
                body.append((path, value))
                continue
            }
            guard let text = value.string else { return nil }
            switch source {
            case .path(let name): parameters[name] = text
            case .query(let name): query.append((name, text))
            case .header(let name): headers.append((name, text))
            case .cookie(let name): cookies.append((name, text))
            case .body: continue
            }
        }
        for credential in credentials {
            guard let place = route.carriers?.first(where: { $0.takes == credential.kind })?.place else { return nil }
            switch place {
            case .header(let name, let scheme):
                headers.append((name, scheme.map { "\($0) \(credential.text.revealed)" } ?? credential.text.revealed))
            case .query(let name): query.append((name, credential.text.revealed))
            case .cookie(let name): cookies.append((name, credential.text.revealed))
            }
        }
        guard let path = path(parameters) else { return nil }
        var request = WireRequest(method: route.method, path: path, headers: headers)
        if !query.isEmpty { request.query = Self.form(query) }
        if !cookies.isEmpty {
            request.headers.append(("cookie", cookies.map { "\($0.0)=\($0.1)" }.joined(separator: "; ")))
        }
        guard put(body, in: &request) else { return nil }
        return request
    }

    private func path(_ parameters: [String: String]) -> String? {
        var path = ""
        for piece in route.path {
            switch piece {
            case .literal(let text): path += "/" + text
            case .parameter(let name):
                guard let value = parameters[name], !value.isEmpty else { return nil }
                path += "/" + PercentCoding.encode(value)
            }
        }
        return path.isEmpty ? "/" : path
    }

    private func put(_ body: [(path: [String], value: Value)], in request: inout WireRequest) -> Bool {
        guard let media = route.media.contains(.json) ? .json : route.media.first else { return body.isEmpty }
        switch media {
        case .json:
            var tree = Value.object([])
            for (path, value) in body { tree = Self.inserting(value, at: path[...], into: tree) }
            JSON.append(tree, to: &request.body)
            request.headers.append(("content-type", "application/json"))
        case .form:
            var fields: [(String, String)] = []
            for (path, value) in body {
                guard let text = value.string else { return false }
                fields.append((path.joined(separator: "."), text))
            }
            request.body = Array(Self.form(fields).utf8)
            request.headers.append(("content-type", "application/x-www-form-urlencoded"))
        }
        return true
    }

    private static func form(_ fields: [(String, String)]) -> String {
        fields.map { PercentCoding.encode($0.0) + "=" + PercentCoding.encode($0.1) }.joined(separator: "&")
    }

    private static func inserting(_ value: Value, at path: ArraySlice<String>, into tree: Value) -> Value {
        guard let name = path.first else { return value }
        var members: [Value.Member] = if case .object(let members) = tree { members } else { [] }
        let old = members.firstIndex { $0.name == name }
        let new = inserting(value, at: path.dropFirst(), into: old.map { members[$0].value } ?? .object([]))
        if let old { members[old].value = new } else { members.append(Value.Member(name, new)) }
        return .object(members)
    }
}
