import WatchwordCore

extension Dialect {
    /// The dialect as one line of JSON: what the file came to, with views put in, names resolved and lifetimes read
    /// from the environment. Members are in the language's order, whatever the file's was, so that equal dialects
    /// have equal texts. It is itself a dialect file, and loads to the same dialect.
    public var canonicalJSON: String { JSON.text(canonical) }

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
        add("mail", terms.canonicalMail)
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
        if !origins.isEmpty { add("cors", .object([.init("origins", .array(origins.map(Value.string)))])) }
        add("errors", Self.canonical(errors))
        add("routes", .object(routes.map { .init("\($0.method) \($0.pathText)", canonical($0)) }))
        add("sockets", named(sockets) { .init($0.path.map { "/" + $0.text }.joined(), $0.written) })
        return .object(members)
    }

    private static func canonical(_ errors: [RefusalCode: Reply]) -> Value {
        .object(
            RefusalCode.allCases.compactMap { code in
                errors[code].map { .init(code.rawValue, $0.canonical) }
            })
    }

    private func canonical(_ route: Route) -> Value {
        var members: [Value.Member] = [.init("do", .string(route.operation.rawValue))]
        if !route.media.isEmpty { members.append(.init("take", .array(route.media.map { .string($0.rawValue) }))) }
        if !route.bindings.isEmpty {
            members.append(
                .init(
                    "in",
                    .object(route.bindings.map { .init($0.input.text, .array($0.sources.map(\.canonical))) })))
        }
        if let carriers = route.carriers, let list = credentials.first(where: { $0.carriers == carriers }) {
            members.append(.init("auth", .string(list.name)))
        }
        members.append(.init("reply", route.reply.canonical))
        if !route.errors.isEmpty { members.append(.init("errors", Self.canonical(route.errors))) }
        return .object(members)
    }
}

extension InputSource {
    /// As a dialect file writes it.
    var canonical: Value {
        switch self {
        case .body(let steps): .string(steps.joined(separator: "."))
        case .query(let name): .string("query.\(name)")
        case .header(let name, nil): .string("header.\(name)")
        case .header(let name, let scheme?):
            .object([.init("header", .string(name)), .init("scheme", .string(scheme))])
        case .cookie(let name): .string("cookie.\(name)")
        case .path(let name): .string("path.\(name)")
        case .basic(let part): .string("basic.\(part.rawValue)")
        case .constant(let value): .object([.init("value", value)])
        }
    }
}

extension Setting {
    fileprivate var canonical: Value {
        .object([
            .init("env", .string(environment)), .init("unit", .string(unit.rawValue)), .init("default", .int(initial)),
        ])
    }
}

extension KeySpecification {
    fileprivate var canonical: Value {
        var members: [Value.Member] = [.init("alg", .string(algorithm.rawValue))]
        if let environment { members.append(.init("env", .string(environment))) }
        members.append(.init("min_bytes", .int(Int64(minimumBytes))))
        if let algorithmEnvironment { members.append(.init("alg_env", .string(algorithmEnvironment))) }
        return .object(members)
    }
}

extension Carrier {
    fileprivate var canonical: Value {
        let takes = Value.Member("takes", .string(takes.rawValue))
        switch place {
        case .header(let name, nil): return .object([.init("header", .string(name)), takes])
        case .header(let name, let scheme?):
            let key = schemeIsOptional ? "scheme_optional" : "scheme"
            return .object([.init("header", .string(name)), .init(key, .string(scheme)), takes])
        case .query(let name): return .object([.init("query", .string(name)), takes])
        case .cookie(let name): return .object([.init("cookie", .string(name)), takes])
        case .basic(let part): return .object([.init("basic", .string(part.rawValue)), takes])
        case .body(let steps): return .object([.init("body", .string(steps.joined(separator: "."))), takes])
        }
    }
}
