import WatchwordCore

/// What an API's refusals look like, by the schemas and examples of its 4xx responses.
struct ErrorGuess {
    let document: OpenAPIDocument

    /// The body that a schema describes, with the refusal's words in it; nothing if it is not an object.
    func body(_ schema: Value) -> Value? {
        let members = document.properties(schema)
        guard !members.isEmpty else { return nil }
        return .object(members.map { .init(ReplyGuess.escaped($0.name), value($0.name, $0.value)) })
    }

    private func value(_ name: String, _ schema: Value) -> Value {
        switch (DraftNames.plain(name), document.type(schema)) {
        case (_, "array"):
            let required = document.list(document.resolve(schema["items"] ?? .object([]))["required"])
            let items = document.properties(schema["items"] ?? .object([])).filter {
                required.isEmpty || required.contains(.string($0.name))
            }
            if items.isEmpty { return .array([.string("$error.message")]) }
            return .object([
                .init("$each", .string("$errors")),
                .init(
                    "do", .object(items.map { .init(ReplyGuess.escaped($0.name), item($0.name)) })),
            ])
        case (_, "object"): return body(schema) ?? .object([])
        case ("code", "string"), ("errorcode", _), ("type", "string"): return .string("$error.code")
        case ("status", "integer"), ("statuscode", _), ("code", "integer"): return .string("$error.status")
        case ("path", _), ("instance", _): return .string("$request.path")
        case ("timestamp", _): return .string("$request.time")
        case ("success", "boolean"): return .bool(false)
        case (_, "boolean"): return .bool(false)
        case (_, "integer"), (_, "number"): return .string("$error.status")
        default: return .string("$error.message")
        }
    }

    private func item(_ name: String) -> Value {
        switch DraftNames.plain(name) {
        case "loc": .string("$it.loc")
        case "type", "code", "rule": .string("$it.code")
        case "field", "param", "property", "path", "attribute": .string("$it.field")
        case "input", "value", "ctx", "url": .string("$it.value")
        default: .string("$it.message")
        }
    }

    /// The refusal that a status of an operation most likely stands for.
    static func code(_ operation: Operation, _ status: Int) -> RefusalCode? {
        switch (operation, status) {
        case (_, 422), (_, 429), (_, 500...): nil
        case (.signIn, 400...404): .invalidCredentials
        case (.signUp, 400), (.signUp, 409), (.updateAccount, 409): .conflict
        case (.refresh, 400...403): .invalidRefresh
        case (.verifyEmail, 400...410), (.resetPassword, 400...410): .invalidLink
        case (.changePassword, 400): .wrongPassword
        default: nil
        }
    }

    /// The first example of a response's content.
    static func example(_ content: Value) -> Value? {
        if let example = content["example"] { return example }
        guard case .object(let examples)? = content["examples"] else { return nil }
        return examples.first?.value["value"]
    }
}
