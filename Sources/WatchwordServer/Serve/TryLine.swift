import WatchwordCore
import WatchwordDialect

/// A curl command that signs up at a realm, made from its dialect, so that it is right for any dialect.
enum TryLine {
    /// The command for sign-up, or for sign-in where the dialect has no sign-up; nothing if it has neither.
    static func text(_ dialect: Dialect, baseURL: String) -> String? {
        let routes =
            dialect.routes.filter { $0.operation == .signUp } + dialect.routes.filter { $0.operation == .signIn }
        guard let route = routes.first(where: isPlain) else { return nil }
        let members = route.bindings.compactMap(member)
        let url = baseURL + route.pathText
        guard !members.isEmpty else { return "curl -X \(route.method) \(url)" }
        if route.media.contains(.json) {
            let body = JSON.text(.object(members.reduce(into: []) { put($1.value, at: $1.path[...], in: &$0) }))
            return "curl -X \(route.method) \(url) -H 'Content-Type: application/json' -d '\(body)'"
        }
        let pairs = members.map { "-d '\($0.path[0])=\($0.value)'" }.joined(separator: " ")
        return "curl -X \(route.method) \(url) \(pairs)"
    }

    /// Whether a line can be made: a path without parameters, and a body.
    private static func isPlain(_ route: Route) -> Bool {
        route.path.allSatisfy { if case .literal = $0 { true } else { false } } && !route.media.isEmpty
    }

    private static func member(_ binding: Binding) -> (path: [String], value: String)? {
        guard let value = sample(binding.input) else { return nil }
        for case .body(let path) in binding.sources { return (path, value) }
        return nil
    }

    /// A value without a quote in it, so that the line can be pasted into a shell.
    private static func sample(_ input: InputName) -> String? {
        switch input {
        case .email, .identity: "ada@example.com"
        case .username: "ada"
        case .password, .confirm: "correct horse battery staple"
        case .name: "Ada Lovelace"
        default: nil
        }
    }

    private static func put(_ value: String, at path: ArraySlice<String>, in members: inout [Value.Member]) {
        guard let name = path.first else { return }
        guard path.count > 1 else { return members.append(Value.Member(name, .string(value))) }
        var inner: [Value.Member] = []
        let index = members.firstIndex { $0.name == name }
        if let index, case .object(let known) = members[index].value { inner = known }
        put(value, at: path.dropFirst(), in: &inner)
        if let index {
            members[index].value = .object(inner)
        } else {
            members.append(Value.Member(name, .object(inner)))
        }
    }
}
