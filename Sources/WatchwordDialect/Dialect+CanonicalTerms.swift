import WatchwordCore

extension Lifetime {
    /// In the largest unit that it is whole in.
    var canonical: Value {
        if self == .never { return .string("never") }
        for (unit, suffix) in [(86_400, "d"), (3_600, "h"), (60, "m")] as [(Int64, String)]
        where seconds % unit == 0 && seconds > 0 {
            return .string("\(seconds / unit)\(suffix)")
        }
        return .string("\(seconds)s")
    }
}

extension AccountTerms {
    var canonical: Value {
        var members: [Value.Member] = [
            .init("id", idFormat.canonical), .init("login", .array(login.map { .string($0.rawValue) })),
            .init("require", .array(required.map { .string($0.rawValue) })),
        ]
        if !fields.isEmpty {
            members.append(.init("fields", .object(fields.map { .init($0.name, $0.canonical) })))
        }
        if !roles.isEmpty { members.append(.init("roles", .array(roles.map(Value.string)))) }
        if !administrators.isEmpty {
            members.append(.init("administrators", .array(administrators.map(Value.string))))
        }
        if usersSeeUsers { members.append(.init("users_see_users", .bool(true))) }
        members.append(.init("require_verified", .bool(requireVerified)))
        members.append(.init("open", .bool(signUpOpen)))
        if hidesTaken { members.append(.init("hide_taken", .bool(true))) }
        return .object(members)
    }
}

extension IDFormat {
    fileprivate var canonical: Value {
        switch self {
        case .integer: .string("int")
        case .uuid: .string("uuid")
        case .cuid: .string("cuid")
        case .objectID: .string("objectid")
        case .hex32: .string("hex32")
        case .custom(let alphabet, let length, let prefix):
            .object([
                .init("alphabet", .string(alphabet)), .init("length", .int(Int64(length))),
                .init("prefix", .string(prefix)),
            ])
        }
    }
}

extension FieldTerms {
    fileprivate var canonical: Value {
        var members: [Value.Member] = [.init("type", .string(type.rawValue)), .init("default", initial)]
        if type == .string { members.append(.init("max", .int(Int64(maximum)))) }
        return .object(members)
    }
}

extension PasswordTerms {
    var canonical: Value {
        var members: [Value.Member] = [.init("min", .int(Int64(minimum))), .init("max", .int(Int64(maximum)))]
        if leastClasses > 0 { members.append(.init("classes", .int(Int64(leastClasses)))) }
        if !classes.isEmpty { members.append(.init("classes", .array(classes.map { .string($0.rawValue) }))) }
        members.append(.init("common", .string(refuseCommon ? "refuse" : "allow")))
        return .object(members)
    }
}

extension Terms {
    var canonicalTokens: Value? {
        var members: [Value.Member] = []
        if access.isIssued { members.append(.init("access", .object(access.format.canonical(access.lifetime)))) }
        if let refresh {
            var token = refresh.format.canonical(refresh.lifetime)
            // Closed or not says nothing of a refresh token.
            token.removeAll { $0.name == "closed" }
            token.append(.init("use", .string(refresh.use.rawValue)))
            if refresh.use == .rotate { token.append(.init("reuse_grace", refresh.grace.canonical)) }
            members.append(.init("refresh", .object(token)))
        }
        for (name, token) in [("verify", verify), ("reset", reset)] {
            guard let token else { continue }
            let send = token.isSentUnasked ? [] : [Value.Member("send", .string("on_request"))]
            members.append(
                .init(name, .object([.init("ttl", token.lifetime.canonical)] + token.format.canonical + send)))
        }
        return members.isEmpty ? nil : .object(members)
    }

    /// The links that are more than the bare token.
    var canonicalMail: Value? {
        let links = [("verify", verify?.link), ("reset", reset?.link)].compactMap { name, link -> Value.Member? in
            guard let link, link != [.token] else { return nil }
            let text = link.map { piece in
                switch piece {
                case .text(let text): text
                case .publicURL: "${request.base_url}"
                case .token: "{token}"
                case .accountID: "{uid}"
                case .email: "{email}"
                }
            }
            return .init(name, .object([.init("link", .string(text.joined()))]))
        }
        return links.isEmpty ? nil : .object(links)
    }
}

extension TokenFormat {
    fileprivate func canonical(_ lifetime: Lifetime) -> [Value.Member] {
        let ttl = Value.Member("ttl", lifetime.canonical)
        switch self {
        case .jwt(let key, let claims, let closed):
            return [
                .init("kind", .string("jwt")), .init("key", .string(key)), ttl, .init("closed", .bool(closed)),
                .init("claims", ClaimTemplate.object(claims).canonical),
            ]
        case .opaque(let format): return [.init("kind", .string("opaque")), ttl] + format.canonical
        }
    }
}

extension OpaqueFormat {
    fileprivate var canonical: [Value.Member] {
        let prefix = Value.Member("prefix", .string(prefix))
        switch content {
        case .bytes(let count, let encoding):
            return [prefix, .init("bytes", .int(Int64(count))), .init("encoding", .string(encoding.rawValue))]
        case .letters(let alphabet, let length):
            return [prefix, .init("alphabet", .string(alphabet)), .init("length", .int(Int64(length)))]
        case .uuid: return [prefix, .init("encoding", .string("uuid"))]
        }
    }
}

extension ClaimTemplate {
    fileprivate var canonical: Value { canonical(optional: false) }

    private func canonical(optional: Bool) -> Value {
        let filter = optional ? "|opt" : ""
        switch self {
        case .literal(.string(let text)): return .string(Tree.escaped(text, isStart: true))
        case .literal(let value): return value
        case .source(let source): return .string("$\(source.text)\(filter)")
        case .text(let source): return .string("$\(source.text)|str\(filter)")
        case .array(let templates): return .array(templates.map(\.canonical))
        case .object(let members):
            return .object(members.map { .init($0.name, $0.template.canonical(optional: $0.optional)) })
        case .joined(let pieces):
            return .string(
                pieces.reduce(into: "") { text, piece in
                    switch piece {
                    case .text(let literal): text += Tree.escaped(literal, isStart: text.isEmpty)
                    case .source(let source): text += "${\(source.text)}"
                    }
                })
        case .conditional(let source, let then, let otherwise):
            return .object(
                [.init("$if", .string("$\(source.text)")), .init("then", then.canonical)]
                    + (otherwise.map { [.init("else", $0.canonical)] } ?? []))
        }
    }
}

extension ClaimSource {
    fileprivate var text: String {
        switch self {
        case .accountID: "user.id"
        case .email: "user.email"
        case .username: "user.username"
        case .name: "user.name"
        case .role: "user.role"
        case .emailVerified: "user.email_verified"
        case .field(let name): "user.\(name)"
        case .active: "user.active"
        case .createdAt: "user.created_at"
        case .updatedAt: "user.updated_at"
        case .issuedAt: "iat"
        case .expiresAt: "exp"
        case .tokenID: "jti"
        case .sessionID: "session.id"
        case .issuer: "iss"
        }
    }
}

extension APIKeyTerms {
    var canonical: Value {
        var members: [Value.Member] = [.init("prefix", .string(prefix))]
        if let letters {
            members.append(.init("alphabet", .string(letters.alphabet)))
            members.append(.init("length", .int(Int64(letters.length))))
        } else {
            members.append(.init("bytes", .int(Int64(bytes))))
            members.append(.init("encoding", .string(encoding.rawValue)))
        }
        if let lifetime { members.append(.init("ttl", lifetime.canonical)) }
        if overlap.seconds > 0 { members.append(.init("overlap", overlap.canonical)) }
        members.append(.init("shown", .string(shown.rawValue)))
        members.append(.init("issue_on_signup", .bool(issueOnSignUp)))
        if boundToAgent { members.append(.init("bind", .string("agent"))) }
        if let usageLimit { members.append(.init("usage_limit", .int(usageLimit))) }
        members.append(.init("accept_bare", .bool(acceptBare)))
        return .object(members)
    }
}
