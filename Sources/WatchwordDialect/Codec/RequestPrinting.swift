import WatchwordCore

extension CompiledRoute {
    /// The request that binds to this submission: the client's side of the same description.
    ///
    /// Each input goes to its first source. A body is JSON where the route takes it, else a form.
    /// Nothing if the route has no place for an input or credential, or if a value has no form in its place:
    /// an object in a form, a slash in a path, a control character in a header.
    public func request(
        submitting submission: Submission, presenting credentials: [PresentedCredential] = []
    ) -> WireRequest? {
        guard submission.entries.allSatisfy({ bound.contains($0.name) }) else { return nil }
        var parameters: [String: String] = [:]
        var query: [(String, String)] = []
        var cookies: [(String, String)] = []
        var headers: [(name: String, value: String)] = []
        var body: [(path: [String], value: Value)] = []
        for binding in route.bindings {
            guard let value = submission[binding.input], let source = binding.sources.first else { continue }
            if case .body(let path) = source {
                body.append((path, route.media.contains(.json) ? forms[binding.input]?.written(value) ?? value : value))
                continue
            }
            guard let text = Self.text(value) else { return nil }
            switch source {
            case .path(let name): parameters[name] = text
            case .query(let name): query.append((name, text))
            case .header(let name, let scheme): headers.append((name, scheme.map { "\($0) \(text)" } ?? text))
            case .cookie(let name): cookies.append((name, text))
            case .body, .basic, .constant: continue
            }
        }
        for credential in credentials {
            guard let place = route.carriers?.first(where: { $0.takes == credential.kind })?.place else { return nil }
            switch place {
            case .header(let name, let scheme):
                headers.append((name, scheme.map { "\($0) \(credential.text.revealed)" } ?? credential.text.revealed))
            case .query(let name): query.append((name, credential.text.revealed))
            case .cookie(let name): cookies.append((name, credential.text.revealed))
            case .basic, .body: return nil
            }
        }
        guard let path = path(parameters), headers.allSatisfy({ Self.isFieldValue($0.value) }),
            cookies.allSatisfy({ Self.isFieldValue($0.1) && !$0.1.contains(";") })
        else { return nil }
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
            case .literal(let text): path += "/" + PercentCoding.encode(text)
            case .parameter(let name):
                guard let value = parameters[name], !value.isEmpty, value != ".", value != "..",
                    !value.utf8.contains(UInt8(ascii: "/")), !value.utf8.contains(0)
                else { return nil }
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
                guard path.count == 1, let text = Self.text(value) else { return false }
                fields.append((path[0], text))
            }
            request.body = Array(Self.form(fields).utf8)
            request.headers.append(("content-type", "application/x-www-form-urlencoded"))
        case .multipart, .text: return body.isEmpty
        }
        return true
    }

    /// What a place that holds only text has for a value.
    private static func text(_ value: Value) -> String? {
        switch value {
        case .string(let text): text
        case .int(let number): String(number)
        case .bool(let flag): String(flag)
        default: nil
        }
    }

    /// RFC 9110 section 5.5, and nothing that a reader would trim.
    private static func isFieldValue(_ text: String) -> Bool {
        !text.utf8.contains { $0 < 0x20 || $0 == 0x7F } && Identifier.trimmed(text) == text && !text.isEmpty
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
