import WatchwordCore

extension CompiledRoute {
    /// The request that binds to this submission: the client's side of the same description.
    ///
    /// Each input goes to its first source that is no constant. A body is JSON where the route takes it, else of the
    /// first type it takes. A case of a route says what its conditions ask.
    /// Nothing if the route has no place for an input or credential, or if a value has no form in its place:
    /// an object in a form, a slash in a path, a control character in a header.
    public func request(
        submitting submission: Submission, presenting credentials: [PresentedCredential] = []
    ) -> WireRequest? {
        guard submission.entries.allSatisfy({ bound.contains($0.name) }) else { return nil }
        let isJSON = route.media.contains(.json)
        var parts = RequestParts()
        for binding in route.bindings {
            guard let value = submission[binding.input], let source = binding.sources.first(where: { !$0.isConstant })
            else { continue }
            let written = isJSON && source.isBody ? forms[binding.input]?.written(value) ?? value : value
            guard parts.put(written, at: source) else { return nil }
        }
        for condition in route.conditions {
            guard case .isOne(let values) = condition.test, let value = values.first,
                let source = condition.sources.first(where: { !$0.isConstant }), !parts.holds(source)
            else { continue }
            guard parts.put(value, at: source) else { return nil }
        }
        for credential in credentials {
            let kinds = [credential.kind] + credential.otherKinds
            guard let carrier = route.carriers?.first(where: { kinds.contains($0.takes) }),
                parts.put(credential, by: carrier)
            else { return nil }
        }
        guard let path = path(parts.parameters) else { return nil }
        return parts.request(method: route.method, path: path, media: isJSON ? .json : route.media.first)
    }

    func path(_ parameters: [String: String]) -> String? {
        var path = ""
        for piece in route.path {
            switch piece {
            case .literal(let text): path += "/" + PercentEncoding.component(text, keeping: "!$&'()*+,;=:@")
            case .parameter(let name):
                guard let value = parameters[name], !value.isEmpty, value != ".", value != "..",
                    !value.utf8.contains(UInt8(ascii: "/")), !value.utf8.contains(0)
                else { return nil }
                path += "/" + PercentEncoding.component(value)
            }
        }
        return path.isEmpty ? "/" : path
    }
}
