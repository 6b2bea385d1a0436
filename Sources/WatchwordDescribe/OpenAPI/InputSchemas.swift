import WatchwordCore
import WatchwordDialect

/// What each input must be, as JSON Schema: the engine's rules and the dialect's terms.
struct InputSchemas {
    let terms: Terms

    init(_ dialect: Dialect) { terms = dialect.terms }

    let anyText = Value.object([.init("type", .string("string"))])

    /// - Parameter isText: whether its place holds only text, so that a number is written in digits.
    func schema(_ input: InputName, for operation: Operation, isText: Bool = false) -> Value {
        switch input {
        case .email: return text(format: "email", maximum: 254)
        case .username: return text(minimum: 1, maximum: 64)
        case .password where operation != .signIn:
            return text(minimum: terms.password.minimum, maximum: terms.password.maximum)
        case .id, .agentID, .userID, .uid:
            return !isText && terms.accounts.idFormat == .integer ? type("integer") : anyText
        case .limit, .offset, .page, .pageIndex, .perPage, .ttl, .overlap: return type("integer")
        case .role:
            return terms.accounts.roles.isEmpty
                ? anyText : .object([.init("enum", .array(terms.accounts.roles.map(Value.string)))])
        case .field(let name): return field(name)
        default: return anyText
        }
    }

    /// In a path everything is text that is not empty.
    func pathSchema(_ input: InputName) -> Value { text(minimum: 1) }

    private func field(_ name: String) -> Value {
        guard let field = terms.accounts.fields.first(where: { $0.name == name }) else { return .object([]) }
        switch field.type {
        case .string: return text(maximum: field.maximum)
        case .int: return type("integer")
        case .bool: return type("boolean")
        case .json: return .object([])
        }
    }

    private func type(_ name: String) -> Value { .object([.init("type", .string(name))]) }

    private func text(format: String? = nil, minimum: Int? = nil, maximum: Int? = nil) -> Value {
        var members: [Value.Member] = [.init("type", .string("string"))]
        if let format { members.append(.init("format", .string(format))) }
        if let minimum { members.append(.init("minLength", .int(Int64(minimum)))) }
        if let maximum { members.append(.init("maxLength", .int(Int64(maximum)))) }
        return .object(members)
    }
}
