import WatchwordCore

/// An OpenAPI 3.0 or 3.1 document as it was given: its operations, with references followed.
struct OpenAPIDocument {
    let root: Value

    struct Operation {
        var method: String
        var path: String
        var value: Value
        /// Parameters of the path and of the operation, references followed.
        var parameters: [Value]
    }

    /// Nothing if it is no such document.
    init?(_ root: Value) {
        guard root["openapi"]?.string?.hasPrefix("3.") == true, case .object? = root["paths"] else { return nil }
        self.root = root
    }

    var operations: [Operation] {
        guard case .object(let paths)? = root["paths"] else { return [] }
        return paths.flatMap { path -> [Operation] in
            let item = resolve(path.value)
            guard case .object(let members) = item else { return [] }
            let common = list(item["parameters"])
            return members.filter { OpenAPI.methods.contains($0.name.uppercased()) }.map { member in
                Operation(
                    method: member.name.uppercased(), path: path.name, value: member.value,
                    parameters: (common + list(member.value["parameters"])).map { resolve($0) })
            }
        }
    }

    /// Every schema that an answer has or that the document names.
    var responseSchemas: [Value] {
        let answers = operations.flatMap { operation -> [Value] in
            guard case .object(let responses)? = operation.value["responses"] else { return [] }
            return responses.compactMap { response in
                guard case .object(let contents)? = resolve(response.value)["content"] else { return nil }
                return contents.first { $0.name.contains("json") }?.value["schema"]
            }
        }
        guard case .object(let named)? = root["components"]?["schemas"] else { return answers }
        return answers + named.map(\.value)
    }

    func list(_ value: Value?) -> [Value] { if case .array(let items)? = value { items } else { [] } }

    /// What a reference leads to, and all of `allOf` in one; of `anyOf` and `oneOf` the first that is not null.
    func resolve(_ value: Value, depth: Int = 0) -> Value {
        guard depth < 16 else { return .object([]) }
        if let reference = value["$ref"]?.string {
            var found: Value? = root
            for step in reference.split(separator: "/").dropFirst() {
                found = found?[String(step).replacing("~1", with: "/").replacing("~0", with: "~")]
            }
            return found.map { resolve($0, depth: depth + 1) } ?? .object([])
        }
        for name in ["anyOf", "oneOf"] where value["properties"] == nil {
            let choices = list(value[name]).map { resolve($0, depth: depth + 1) }
            if let first = choices.first(where: { $0["type"]?.string != "null" }) { return first }
        }
        let parts = list(value["allOf"]).map { resolve($0, depth: depth + 1) }
        guard !parts.isEmpty else { return value }
        return .object([
            .init("type", .string("object")), .init("properties", .object(parts.flatMap { properties($0) })),
        ])
    }

    /// The members of an object's schema, references followed.
    func properties(_ schema: Value) -> [Value.Member] {
        guard case .object(let members)? = resolve(schema)["properties"] else { return [] }
        return members.map { .init($0.name, resolve($0.value)) }
    }

    func type(_ schema: Value) -> String {
        switch schema["type"] {
        case .string(let name)?: name
        case .array(let names)?: names.compactMap(\.string).first { $0 != "null" } ?? "string"
        default: schema["properties"] != nil ? "object" : ""
        }
    }
}
