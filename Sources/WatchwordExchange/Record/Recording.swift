import WatchwordCore
import WatchwordDialect

/// Turns what passes between a client and a server into an exchange file that can be run again.
///
/// Passwords, tokens, keys, cookies, addresses and usernames are replaced; what else is there stays.
public struct Recording: Sendable {
    public private(set) var file = ExchangeFile()
    private var names = Names()

    public init(comments: [String]) { file.comments = comments }

    /// Fields that only say how the client is made or how the bytes travel.
    private static let silentFields: Set<String> = [
        "host", "content-length", "connection", "user-agent", "transfer-encoding", "accept", "accept-encoding",
        "accept-language", "keep-alive", "te", "upgrade", "dnt", "referer", "expect", "via", "forwarded",
        "cache-control", "pragma", "priority", "upgrade-insecure-requests", "postman-token",
    ]
    private static let tellingFields: Set<String> = [
        "content-type", "www-authenticate", "location", "retry-after", "allow", "set-cookie", "link",
    ]

    public mutating func add(_ request: WireRequest, _ response: WireResponse) {
        var exchange = Exchange(
            method: request.method, target: names.replaced(request.path) + query(request.query))
        for (name, value) in request.headers where !isSilent(name) {
            exchange.headers.append(.init(Self.shown(name), header(name, value)))
        }
        if !request.body.isEmpty { exchange.body = body(request) }
        var expected = Exchange.Expected(status: response.status)
        for (name, value) in response.headers where Self.tellingFields.contains(name.lowercased()) {
            expected.headers.append(.init(name, answered(name.lowercased(), value)))
        }
        if !response.body.isEmpty { expected.body = body(response) }
        exchange.expected = expected
        file.exchanges.append(exchange)
    }

    private func isSilent(_ name: String) -> Bool {
        Self.silentFields.contains(name) || name.hasPrefix("sec-") || name.hasPrefix("x-forwarded-")
    }

    /// `content-type` as people write it: `Content-Type`.
    private static func shown(_ name: String) -> String {
        name.split(separator: "-", omittingEmptySubsequences: false).map { $0.prefix(1).uppercased() + $0.dropFirst() }
            .joined(separator: "-")
    }

    // MARK: Requests

    private mutating func header(_ name: String, _ value: String) -> String {
        let replaced = names.replaced(value)
        if replaced != value || !Self.isSecretField(name) { return replaced }
        // A secret that no answer of this recording gave.
        let scheme = value.split(separator: " ", maxSplits: 1)
        if name == "cookie" {
            return value.split(separator: ";").map { pair in
                "\(pair.split(separator: "=", maxSplits: 1).first ?? "")=masked"
            }.joined(separator: ";")
        }
        return scheme.count == 2 ? "\(scheme[0]) masked" : "masked"
    }

    private static func isSecretField(_ name: String) -> Bool {
        name == "cookie" || ["auth", "token", "key", "secret", "session"].contains { name.contains($0) }
    }

    private mutating func query(_ query: String?) -> String { query.map { "?" + form($0, path: "") } ?? "" }

    private mutating func body(_ request: WireRequest) -> String {
        let type = request.header("content-type") ?? ""
        let text = String(decoding: request.body, as: UTF8.self)
        if type.hasPrefix("application/x-www-form-urlencoded") { return form(text, path: request.path) }
        guard case .success(let value) = JSON.parse(request.body) else { return names.replaced(text) }
        return JSON.indented(asked(value, member: "", path: request.path))
    }

    private mutating func form(_ text: String, path: String) -> String {
        text.split(separator: "&").map { field in
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return String(field) }
            guard let plain = PercentCoding.decode(parts[1].utf8, plusIsSpace: true) else { return String(field) }
            let stand = asked(plain, member: String(parts[0]), path: path)
            return stand == plain ? String(field) : "\(parts[0])=\(stand)"
        }.joined(separator: "&")
    }

    private mutating func asked(_ value: Value, member: String, path: String) -> Value {
        switch value {
        case .object(let members):
            return .object(members.map { Value.Member($0.name, asked($0.value, member: $0.name, path: path)) })
        case .array(let items): return .array(items.map { asked($0, member: member, path: path) })
        case .string(let text): return .string(asked(text, member: member, path: path))
        default: return value
        }
    }

    private mutating func asked(_ text: String, member: String, path: String) -> String {
        let name = member.lowercased()
        if text.isEmpty { return text }
        if name.contains("pass") || name.contains("secret") || name == "pwd" { return names.password(text) }
        if let whole = names.whole(text) { return whole }
        if text.contains("@")
            || ["username", "user_name", "login", "login_id", "identity", "identifier"].contains(name)
        {
            return names.person(text)
        }
        let replaced = names.replaced(text)
        guard replaced == text, name.contains("token") || name.contains("key") || name == "code" else {
            return replaced
        }
        if path.lowercased().contains("verif") { return "{{mail.verify}}" }
        if path.lowercased().contains("reset") || path.lowercased().contains("password") { return "{{mail.reset}}" }
        return text.count > 12 ? "masked" : text
    }

    // MARK: Answers

    private mutating func answered(_ name: String, _ value: String) -> String {
        guard name == "set-cookie", let split = value.firstIndex(of: "=") else { return names.replaced(value) }
        let after = value[value.index(after: split)...]
        let cookie = after.prefix { $0 != ";" }
        guard cookie.count >= 6 else { return names.replaced(value) }
        let (kept, isNew) = names.capture(String(cookie), as: "cookie")
        return "\(value[...split]){{\(isNew ? "string > \(kept)" : kept)}}\(after.dropFirst(cookie.count))"
    }

    private mutating func body(_ response: WireResponse) -> String {
        guard case .success(let value) = JSON.parse(response.body) else {
            return names.replaced(String(decoding: response.body, as: UTF8.self))
        }
        return JSON.indented(given(value, member: ""))
    }

    private mutating func given(_ value: Value, member: String) -> Value {
        let name = member.lowercased()
        let isID = name == "id" || name == "_id" || name.hasSuffix("_id") || member.hasSuffix("Id")
        switch value {
        case .object(let members):
            return .object(members.map { Value.Member($0.name, given($0.value, member: $0.name)) })
        case .array(let items): return .array(items.map { given($0, member: member) })
        case .int(let number):
            if ValueKind(value) != nil { return .string("{{int}}") }
            guard isID else { return value }
            return .string(kept(String(number), "int", as: "id"))
        case .string(let text):
            if let known = names.known(person: text) { return .string(known) }
            switch ValueKind(value) {
            case .jwt?: return .string(kept(text, "jwt", as: "token"))
            case .uuid?: return .string(kept(text, "uuid", as: isID ? "id" : "token"))
            case .hexadecimal?, .opaque?: return .string(kept(text, "string", as: isID ? "id" : "token"))
            case .time?: return .string(text.hasSuffix("Z") ? "{{time}}" : "{{string}}")
            case .epochSeconds?, .epochMilliseconds?: return .string("{{int}}")
            case nil: return .string(names.replaced(text))
            }
        default: return value
        }
    }

    private mutating func kept(_ text: String, _ kind: String, as noun: String) -> String {
        let (name, isNew) = names.capture(text, as: noun)
        return isNew ? "{{\(kind) > \(name)}}" : "{{\(name)}}"
    }
}
