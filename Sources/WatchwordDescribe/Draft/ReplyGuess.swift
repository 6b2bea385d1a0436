import WatchwordCore

/// The tree that most likely gives what a response's schema describes.
struct ReplyGuess {
    let document: OpenAPIDocument
    let operation: Operation
    let hasRefresh: Bool
    /// Extras of accounts that the reply speaks of, with their schemas.
    private(set) var fields: [(name: String, schema: Value)] = []
    private(set) var doubts: [String] = []

    init(_ document: OpenAPIDocument, _ operation: Operation, hasRefresh: Bool) {
        self.document = document
        self.operation = operation
        self.hasRefresh = hasRefresh
    }

    private var outputs: Set<OutputName> { operation.signature.outputs }

    mutating func tree(_ schema: Value, name: String = "", isUser: Bool = false, depth: Int = 0) -> Value {
        let schema = document.resolve(schema)
        guard depth < 8 else { return .null }
        switch document.type(schema) {
        case "object":
            let members = document.properties(schema)
            let names = Set(members.map { DraftNames.plain($0.name) })
            let inner = isUser || names.contains("email") || names.contains("username")
            return .object(
                members.map {
                    .init(Self.escaped($0.name), tree($0.value, name: $0.name, isUser: inner, depth: depth + 1))
                })
        case "array":
            return list(schema, name: name, depth: depth)
        default:
            if let fact = fact(DraftNames.plain(name), isUser: isUser) { return .string(fact) }
            return literal(schema, name: name, isUser: isUser)
        }
    }

    private mutating func list(_ schema: Value, name: String, depth: Int) -> Value {
        let items = document.resolve(schema["items"] ?? .object([]))
        let lists: [(OutputName, String, String)] = [
            (.users, "users", "user"), (.sessions, "sessions", "session"), (.apiKeys, "api_keys", "key"),
            (.agents, "agents", "agent"),
        ]
        guard let (_, list, kind) = lists.first(where: { outputs.contains($0.0) }), document.type(items) == "object"
        else {
            doubts.append("`\(name.isEmpty ? "the body" : name)` is a list that was not understood; it is empty here")
            return .array([])
        }
        let members = document.properties(items).map { member -> Value.Member in
            let plain = DraftNames.plain(member.name)
            guard let fact = Self.item(plain, kind) else {
                doubts.append("`\(member.name)` of an item was not understood; it is null here")
                return .init(Self.escaped(member.name), .null)
            }
            return .init(Self.escaped(member.name), .string("$it.\(fact)"))
        }
        return .object([
            .init("$each", .string("$\(list)")), .init("do", .object(members)),
        ])
    }

    /// `$user.email` for `email`, as far as the operation gives it.
    private func fact(_ plain: String, isUser: Bool) -> String? {
        if outputs.contains(.access) {
            switch plain {
            case "accesstoken", "access", "token", "jwt", "idtoken", "authtoken", "sessiontoken": return "$access.token"
            case "expiresin", "expires": return "$access.expires_in"
            case "expiresat", "expiry": return "$access.expires_at"
            case "refreshtoken", "refresh": return hasRefresh && outputs.contains(.refresh) ? "$refresh.token" : nil
            default: break
            }
        }
        if outputs.contains(.apiKey), operation != .signUp, operation != .signIn, !isUser {
            switch plain {
            case "key", "apikey", "secret", "token": return "$api_key.secret"
            default: if let member = Self.item(plain, "key") { return "$api_key.\(member)" }
            }
        }
        if outputs.contains(.paging), ["total", "count", "page", "pages", "limit", "offset"].contains(plain) {
            return "$\(plain)"
        }
        if outputs.contains(.active), plain == "active" { return "$active" }
        guard outputs.contains(.user) else { return nil }
        return Self.item(plain, "user").map { "$user.\($0)" }
    }

    private static func item(_ plain: String, _ kind: String) -> String? {
        switch (kind, plain) {
        case (_, "id"), ("user", "userid"), ("user", "uid"), ("user", "uuid"): "id"
        case (_, "createdat"), (_, "created"), ("user", "datejoined"): "created_at"
        case ("user", "email"): "email"
        case ("user", "username"): "username"
        case ("user", "name"), ("user", "fullname"), ("user", "displayname"): "name"
        case ("user", "emailverified"), ("user", "isverified"), ("user", "verified"), ("user", "isemailverified"):
            "email_verified"
        case ("user", "active"), ("user", "isactive"), ("user", "enabled"): "active"
        case ("user", "role"): "role"
        case ("user", "updatedat"), ("user", "updated"): "updated_at"
        case ("key", "name"), ("key", "label"), ("key", "description"), ("agent", "name"): "name"
        case ("key", "hint"), ("key", "prefix"): "hint"
        case ("key", "lastusedat"), ("key", "lastused"): "last_used_at"
        case ("key", "expiresat"), ("session", "expiresat"): "expires_at"
        case ("session", "useragent"): "user_agent"
        case ("session", "ip"), ("session", "ipaddress"), ("session", "address"): "address"
        case ("session", "current"), ("session", "iscurrent"): "current"
        default: nil
        }
    }

    private mutating func literal(_ schema: Value, name: String, isUser: Bool) -> Value {
        let plain = DraftNames.plain(name)
        if plain == "tokentype" { return .string("bearer") }
        if let value = schema["const"] ?? document.list(schema["enum"]).first, !isUser {
            return Self.escaped(deep: value)
        }
        let type = document.type(schema)
        if isUser, outputs.contains(.user), ["string", "integer", "boolean"].contains(type),
            DraftNames.isFieldName(name)
        {
            if !fields.contains(where: { $0.name == name }) { fields.append((name, schema)) }
            return .string("$user.\(name)")
        }
        if let value = schema["example"] ?? schema["default"] {
            if case .object = value {} else if case .array = value {} else { return Self.escaped(value) }
        }
        switch type {
        case "boolean": return .bool(true)
        case "integer", "number":
            doubts.append("`\(name)` was not understood; it is 0 here")
            return .int(0)
        case "string":
            if !["message", "detail", "status", "msg"].contains(plain) {
                doubts.append("`\(name)` was not understood; it is a fixed text here")
            }
            return .string("OK")
        default:
            doubts.append(
                name.isEmpty
                    ? "the body is not described; it is null here" : "`\(name)` is not described; it is null here")
            return .null
        }
    }

    /// A member's name, in which a dollar sign at the start is one.
    static func escaped(_ name: String) -> String { (name.hasPrefix("$") ? "$" : "") + name }

    /// A literal, in which a dollar sign is one.
    static func escaped(_ value: Value) -> Value {
        guard case .string(let text) = value else { return value }
        let isDollar = text.hasPrefix("$")
        return .string((isDollar ? "$$" : "") + text.dropFirst(isDollar ? 1 : 0).replacing("${", with: "$${"))
    }
}
