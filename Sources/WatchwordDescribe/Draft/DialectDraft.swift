import WatchwordCore
import WatchwordDialect

/// A first dialect of an API, from its OpenAPI document. What is not understood is in `todo`, which
/// `watchword dialect check` lists.
public struct DialectDraft: Sendable {
    public let text: String

    /// Nothing if the document is not OpenAPI 3.0 or 3.1.
    public init?(openAPI root: Value) {
        guard let document = OpenAPIDocument(root) else { return nil }
        text = DraftWriter(document).text
    }
}

/// Collects what the routes need of the other sections, and writes the file.
struct DraftWriter {
    let document: OpenAPIDocument
    private var routes: [DraftRoute] = []
    private var todo: [String] = []
    private var fields: [(name: String, schema: Value)] = []
    private var hasRefresh = false
    private var rotates = false
    private var idType = ""

    init(_ document: OpenAPIDocument) {
        self.document = document
        let found = document.operations.map { operation in
            (operation, OperationGuess(operation, members: Self.members(operation, document)).operation)
        }
        hasRefresh = found.contains { $0.1 == .refresh }
        var skipped: [String] = []
        for (operation, guess) in found {
            guard let guess, DraftNames.isPath(operation.path) else {
                skipped.append("\(operation.method) \(operation.path)")
                continue
            }
            add(operation, guess)
        }
        settle()
        todo.append("the lifetimes of tokens, the claims and the key's variable are not in such a document: say them")
        if !skipped.isEmpty {
            todo.append(
                "not understood, or not about accounts: \(skipped.prefix(20).joined(separator: ", "))"
                    + (skipped.count > 20 ? " and \(skipped.count - 20) more" : ""))
        }
    }

    /// The names of all members and parameters that an operation reads.
    private static func members(_ operation: OpenAPIDocument.Operation, _ document: OpenAPIDocument) -> [String] {
        var names = operation.parameters.compactMap { $0["in"]?.string == "path" ? nil : $0["name"]?.string }
        for (_, schema) in bodies(operation, document) {
            for member in document.properties(schema) {
                names.append(member.name)
                names += document.properties(member.value).map(\.name)
            }
        }
        return names
    }

    private static func bodies(_ operation: OpenAPIDocument.Operation, _ document: OpenAPIDocument) -> [(
        media: String, schema: Value
    )] {
        let body = document.resolve(operation.value["requestBody"] ?? .object([]))
        guard case .object(let contents)? = body["content"] else { return [] }
        return contents.compactMap { content in
            let media =
                content.name.contains("json")
                ? "json"
                : content.name.contains("urlencoded") ? "form" : content.name.contains("multipart") ? "multipart" : nil
            return media.map { ($0, document.resolve(content.value["schema"] ?? .object([]))) }
        }
    }

    // MARK: Routes

    private mutating func add(_ operation: OpenAPIDocument.Operation, _ guess: Operation) {
        var route = DraftRoute(method: operation.method, path: operation.path, operation: guess)
        bind(operation, &route)
        let security = document.list(operation.value["security"] ?? document.root["security"])
        route.isSigned = guess.signature.acts && !(guess == .signOut && route.binds(.refreshToken) && security.isEmpty)
        if !route.isSigned, !security.isEmpty, guess != .signOut {
            route.doubts.append("the document asks for a credential here; `\(guess.rawValue)` needs none")
        }
        answer(operation, &route)
        let shape = DraftNames.shape(route.path)
        if routes.contains(where: { $0.method == route.method && DraftNames.shape($0.path) == shape }) { return }
        routes.append(route)
    }

    private mutating func bind(_ operation: OpenAPIDocument.Operation, _ route: inout DraftRoute) {
        for parameter in operation.parameters {
            guard let name = parameter["name"]?.string, let place = parameter["in"]?.string, place != "header" else {
                continue
            }
            bind(name, "\(place).\(name)", document.resolve(parameter["schema"] ?? .object([])), &route)
        }
        let bodies = Self.bodies(operation, document)
        for member in bodies.first.map({ document.properties($0.schema) }) ?? [] {
            let inner = document.properties(member.value)
            if !DraftNames.isMember(member.name, of: inner.map(\.name)) {
                route.doubts.append("`\(member.name)` has a name that cannot be written here, and is not read")
            } else if inner.isEmpty {
                bind(member.name, member.name, member.value, &route)
            } else {
                for each in inner { bind(each.name, "\(member.name).\(each.name)", each.value, &route) }
            }
        }
        for body in bodies where !route.media.contains(body.media) { route.media.append(body.media) }
        complete(&route)
        if !route.bindings.contains(where: {
            !$0.source.hasPrefix("query.") && !$0.source.hasPrefix("path.") && !$0.source.hasPrefix("cookie.")
        }) {
            route.media = []
        }
    }

    private mutating func bind(_ name: String, _ source: String, _ schema: Value, _ route: inout DraftRoute) {
        switch InputGuess.meaning(name, for: route.operation, type: document.type(schema)) {
        case .input(let input) where !route.binds(input): route.bindings.append((input.text, source))
        case .field:
            if !fields.contains(where: { $0.name == name }) { fields.append((name, schema)) }
            route.bindings.append(("fields.\(name)", source))
        case .privilege: route.doubts.append("`\(name)` is not read from a client here; an operator sets it")
        case .input, .ignored: break
        case .unknown:
            if !source.hasPrefix("path.") { route.doubts.append("`\(name)` was not understood, and is not read") }
        }
    }

    /// What the operation needs and the document did not show, under its usual name.
    private func complete(_ route: inout DraftRoute) {
        let signature = route.operation.signature
        var missing = signature.required.filter { !route.binds($0) }
        if !signature.oneOf.isEmpty, !signature.oneOf.contains(where: route.binds) {
            missing.append(signature.oneOf[0])
        }
        if route.operation == .signUp, !route.binds(.email), !route.binds(.username) { missing.append(.email) }
        for input in missing {
            let parameter = route.path.split(separator: "/").last { $0.hasPrefix("{") }
            if let parameter, [.id, .username, .email, .token].contains(input) {
                route.bindings.append((input.text, "path.\(parameter.dropFirst().dropLast())"))
                continue
            }
            let isBody = ["POST", "PUT", "PATCH"].contains(route.method)
            route.bindings.append((input.text, isBody ? input.text : "query.\(input.text)"))
            if isBody, route.media.isEmpty { route.media = ["json"] }
            route.doubts.append("where `\(input.text)` is was not found: this is a guess")
        }
    }

    private mutating func answer(_ operation: OpenAPIDocument.Operation, _ route: inout DraftRoute) {
        guard case .object(let responses)? = operation.value["responses"] else { return }
        let granted = responses.first { (200..<300).contains(Int($0.name) ?? 0) }
        route.status = granted.flatMap { Int($0.name) } ?? 200
        if let granted, route.status != 204, let content = json(granted.value) {
            var reply = ReplyGuess(document, route.operation, hasRefresh: hasRefresh)
            route.body = reply.tree(content["schema"] ?? .object([]))
            route.doubts += reply.doubts
            for field in reply.fields where !fields.contains(where: { $0.name == field.name }) { fields.append(field) }
        }
        for response in responses {
            guard let status = Int(response.name), let code = ErrorGuess.code(route.operation, status),
                !route.errors.contains(where: { $0.code == code })
            else { continue }
            let content = json(response.value)
            let example = content.flatMap(ErrorGuess.example).map(ReplyGuess.escaped(deep:))
            let body = example ?? content.flatMap { ErrorGuess(document: document).body($0["schema"] ?? .object([])) }
            route.errors.append((code, status, body ?? .object([.init("error", .string("$error.message"))])))
        }
    }

    private func json(_ response: Value) -> Value? {
        guard case .object(let contents)? = document.resolve(response)["content"] else { return nil }
        return contents.first { $0.name.contains("json") }?.value
    }

    /// What holds of all routes together.
    private mutating func settle() {
        rotates = routes.contains { $0.operation == .refresh && Self.mentions("$refresh.token", $0.body) }
        for schema in document.responseSchemas {
            let members = document.properties(schema)
            guard members.contains(where: { DraftNames.plain($0.name) == "email" }),
                let id = members.first(where: { $0.name == "id" })
            else { continue }
            idType = id.value["format"]?.string == "uuid" ? "uuid" : document.type(id.value)
        }
        if hasRefresh, !routes.contains(where: { $0.operation != .refresh && Self.mentions("$refresh.token", $0.body) })
        {
            todo.append("no answer was found that gives the first refresh token")
        }
    }

    static func mentions(_ text: String, _ value: Value?) -> Bool {
        switch value {
        case .string(let other)?: other == text
        case .array(let items)?: items.contains { mentions(text, $0) }
        case .object(let members)?: members.contains { mentions(text, $0.value) }
        default: false
        }
    }

    // MARK: The file

    private func has(_ operation: Operation) -> Bool { routes.contains { $0.operation == operation } }

    var text: String {
        let title = document.root["info"]?["title"]?.string ?? ""
        let name = DraftNames.words(String(title.map { $0.isASCII ? $0 : " " })).joined(separator: "-")
        let version = document.root["info"]?["version"]?.string ?? "1"
        let summary = document.root["info"]?["summary"]?.string
        let ups = routes.filter { $0.operation == .signUp }
        let usernames = !ups.isEmpty && ups.allSatisfy { $0.binds(.username) }
        let emails = ups.allSatisfy { $0.binds(.email) } || !usernames
        var lines = ["dialect: 1", "name: \(name.isEmpty ? "draft" : String(name.prefix(64)))"]
        lines.append("version: \(JSON.text(.string(version)))")
        if let summary { lines.append("describe: \(YAMLText.scalar(summary))") }
        lines += ["todo:"] + todo.map { "  - " + YAMLText.scalar($0) }
        lines += ["", "keys:", "  main: {alg: HS256, env: JWT_SECRET, min_bytes: 32}", "users:"]
        lines.append("  id: \(idType == "integer" ? "int" : "uuid")")
        let handles = (emails ? ["email"] : []) + (usernames ? ["username"] : [])
        lines += ["  login: [\(handles.joined(separator: ", "))]", "  require: [\(handles.joined(separator: ", "))]"]
        if routes.contains(where: { Self.mentions("$user.role", $0.body) }) { lines.append("  roles: [user]") }
        if !fields.isEmpty { lines += ["  fields:"] + fields.map(field) }
        lines += [
            "tokens:", "  access:  {kind: jwt, key: main, ttl: 1h, claims: {sub: $user.id, iat: $iat, exp: $exp}}",
        ]
        if hasRefresh { lines.append("  refresh: {kind: opaque, ttl: 7d, use: \(rotates ? "rotate" : "reuse")}") }
        if has(.verifyEmail) || has(.requestVerification) { lines.append("  verify:  {ttl: 24h}") }
        if has(.resetPassword) || has(.requestReset) { lines.append("  reset:   {ttl: 1h}") }
        if has(.createAPIKey) || has(.listAPIKeys) || has(.revokeAPIKey) || has(.rotateAPIKey) {
            lines.append("api_keys: {prefix: key_, bytes: 32, encoding: base62}")
        }
        lines += ["", "credentials:", "  user:"] + carriers
        lines += ["", "errors:"] + errors
        lines += ["", "routes:"] + routes.map(\.text)
        return lines.joined(separator: "\n") + "\n"
    }

    private func field(_ field: (name: String, schema: Value)) -> String {
        let type = ["integer": "int", "boolean": "bool"][document.type(field.schema)] ?? "string"
        let standing = field.schema["default"] ?? .null
        let written =
            (["int": "integer", "bool": "boolean"][type] ?? type) != standing.typeName
            ? "" : ", default: \(YAMLText.flow(standing))"
        return "    \(field.name): {type: \(type)\(written)}"
    }

    private var carriers: [String] {
        var lines: [String] = []
        let schemes = document.root["components"]?["securitySchemes"] ?? .object([])
        guard case .object(let members) = schemes else { return [Self.bearer] }
        for member in members {
            let scheme = document.resolve(member.value)
            let name = scheme["name"]?.string ?? ""
            switch (scheme["type"]?.string, scheme["scheme"]?.string?.lowercased(), scheme["in"]?.string) {
            case ("http", "bearer", _), ("oauth2", _, _), ("openIdConnect", _, _): lines.append(Self.bearer)
            case ("apiKey", _, let place?) where DraftNames.isToken(name):
                let kind = has(.createAPIKey) && DraftNames.plain(name).contains("key") ? "api_key" : "access"
                lines.append("    - {\(place): \(YAMLText.scalar(name)), takes: \(kind)}")
            default: break
            }
        }
        let unique = lines.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return unique.isEmpty ? [Self.bearer] : unique
    }

    private static let bearer = "    - {header: Authorization, scheme: Bearer, takes: access}"

    /// `error` and `validation` in the shapes of the document's own 4xx responses.
    private var errors: [String] {
        let guess = ErrorGuess(document: document)
        var bodies: [Int: Value] = [:]
        for operation in document.operations {
            guard case .object(let responses)? = operation.value["responses"] else { continue }
            for response in responses {
                guard let status = Int(response.name), (400..<500).contains(status), bodies[status] == nil,
                    let body = json(response.value).flatMap({ guess.body($0["schema"] ?? .object([])) })
                else { continue }
                bodies[status] = body
            }
        }
        let listed = bodies.filter { Self.mentions("$errors", $0.value) }.min { $0.key < $1.key }
        let plain = bodies.filter { !Self.mentions("$errors", $0.value) }.min { $0.key < $1.key }?.value
        let shape =
            plain ?? (bodies[422] != nil && listed != nil ? .object([.init("detail", .string("$error.message"))]) : nil)
        let body = shape ?? .object([.init("error", .string("$error.message"))])
        var lines = [YAMLText.block("error", DraftRoute.reply(400, body), level: 1)]
        if let listed {
            lines.append(YAMLText.block("validation", DraftRoute.reply(listed.key, listed.value), level: 1))
        }
        lines.append(YAMLText.block("unauthorized", DraftRoute.reply(401, bodies[401] ?? body), level: 1))
        return lines
    }
}

extension ReplyGuess {
    /// The same for every text in a value.
    static func escaped(deep value: Value) -> Value {
        switch value {
        case .object(let members): .object(members.map { .init(escaped($0.name), escaped(deep: $0.value)) })
        case .array(let items): .array(items.map(escaped(deep:)))
        default: escaped(value)
        }
    }
}
