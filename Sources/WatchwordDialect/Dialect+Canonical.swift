import WatchwordCore

extension Dialect {
    /// The dialect as one line of JSON: what the file came to, with views put in, names resolved and lifetimes read
    /// from the environment. Members are in the language's order, whatever the file's was, so that equal dialects
    /// have equal texts. It is itself a dialect file, and loads to the same dialect.
    public var canonicalJSON: String { Self.asFile(JSON.text(canonical)) }

    /// The same text over many lines, for people to read.
    public var indentedJSON: String { Self.asFile(JSON.indented(canonical)) }

    /// JSON may hold DEL as it is, and a dialect file may not.
    private static func asFile(_ json: String) -> String { json.replacing("\u{7F}", with: "\\u007f") }

    /// The same as data.
    public var canonical: Value {
        var members: [Value.Member] = [
            .init("dialect", .int(1)), .init("name", .string(name)), .init("version", .string(version)),
            .init("describe", .string(summary)),
        ]
        func add(_ name: String, _ value: Value?) {
            if let value { members.append(.init(name, value)) }
        }
        func named<Element>(_ elements: [Element], _ member: (Element) -> Value.Member) -> Value? {
            elements.isEmpty ? nil : .object(elements.map(member))
        }
        add("settings", named(settings) { .init($0.name, $0.canonical) })
        add("keys", named(keys) { .init($0.name, $0.canonical) })
        add("users", terms.accounts.canonical)
        add("password", terms.password.canonical)
        add("session", .object([.init("max", terms.session.maximum.canonical)]))
        add("tokens", terms.canonicalTokens)
        add("api_keys", terms.apiKeys?.canonical)
        add("accept", terms.accepted.canonical)
        add("mail", terms.canonicalMail)
        add("pages", pages?.canonical)
        add("credentials", named(credentials) { .init($0.name, .array($0.carriers.map(\.canonical))) })
        add(
            "messages",
            named(InputRule.allCases.compactMap { rule in messages[rule].map { (rule, $0) } }) { rule, message in
                .init(
                    rule.rawValue,
                    .object([.init("code", .string(message.code)), .init("message", message.text.canonical)]))
            })
        add("slash", .string(slash.rawValue))
        add("content_type", .string(contentType))
        if !origins.isEmpty {
            let credentials = originsMayUseCookies ? [Value.Member("credentials", .bool(true))] : []
            add("cors", .object([.init("origins", .array(origins.map(Value.string)))] + credentials))
        }
        add("limits", terms.limits.canonical)
        add("errors", Self.canonical(errors))
        add("routes", canonicalRoutes)
        add("sockets", named(sockets) { .init($0.pathText, canonical($0)) })
        return .object(members)
    }

    static func canonical(_ errors: [RefusalCode: Reply]) -> Value {
        .object(
            RefusalCode.allCases.compactMap { code in
                errors[code].map { .init(code.rawValue, $0.canonical) }
            })
    }

}

extension Setting {
    fileprivate var canonical: Value {
        let type: Value.Member =
            switch kind {
            case .duration(let unit): .init("unit", .string(unit.rawValue))
            case .integer: .init("type", .string("int"))
            case .flag: .init("type", .string("bool"))
            case .text: .init("type", .string("string"))
            }
        return .object([.init("env", .string(environment)), type, .init("default", initial)])
    }
}

extension KeySpecification {
    fileprivate var canonical: Value {
        var members: [Value.Member] = [.init("alg", .string(algorithm.rawValue))]
        if let environment { members.append(.init("env", .string(environment))) }
        if algorithm.isSymmetric, minimumBytes > 0 { members.append(.init("min_bytes", .int(Int64(minimumBytes)))) }
        if let algorithmEnvironment { members.append(.init("alg_env", .string(algorithmEnvironment))) }
        if let rotation {
            members.append(
                .init(
                    "rotate",
                    .object([
                        .init("every", rotation.every.canonical), .init("overlap", rotation.overlap.canonical),
                    ])))
        }
        if verifiesOnly { members.append(.init("verify_only", .bool(true))) }
        return .object(members)
    }
}
