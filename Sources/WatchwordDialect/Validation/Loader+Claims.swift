import WatchwordCore

extension Loader {
    /// The claims tree of a JWT, in the order written; nothing if something in it is wrong.
    mutating func claims(_ entry: Node.Entry) -> [ClaimMember]? {
        guard entry.value.entries != nil else {
            _ = members(of: entry, unknown: "claim", nil)
            return nil
        }
        return claimMembers(entry.value, isTop: true)
    }

    private mutating func claimMembers(_ node: Node, isTop: Bool) -> [ClaimMember]? {
        var members: [ClaimMember] = []
        var isWhole = true
        for entry in node.entries ?? [] {
            guard let (template, isOptional) = claim(entry.value, isSubject: isTop && entry.key == "sub") else {
                isWhole = false
                continue
            }
            members.append(ClaimMember(entry.key, template, optional: isOptional))
        }
        return isWhole ? members : nil
    }

    private mutating func claim(_ node: Node, isSubject: Bool) -> (ClaimTemplate, optional: Bool)? {
        switch node.content {
        case .unreadable: return nil
        case .mapping: return claimMembers(node, isTop: false).map { (.object($0), false) }
        case .sequence(let items):
            var templates: [ClaimTemplate] = []
            for item in items {
                guard let (template, isOptional) = claim(item, isSubject: false) else { return nil }
                if isOptional { report.error("`|opt` leaves out a member, and this is none", at: item.position) }
                templates.append(template)
            }
            return (.array(templates), false)
        case .scalar(.string(let text)): return claim(text, isSubject: isSubject, at: node.position)
        case .scalar(let value): return (.literal(value), false)
        }
    }

    private mutating func claim(
        _ text: String, isSubject: Bool, at place: SourcePosition
    ) -> (ClaimTemplate, optional: Bool)? {
        guard text.hasPrefix("$") else {
            if text.contains("${") {
                report.error("a claim is a whole value, not text with values in it", at: place)
                return nil
            }
            return (.literal(.string(text)), false)
        }
        if text.hasPrefix("$$") { return (.literal(.string(String(text.dropFirst()))), false) }
        guard let placeholder = Placeholder(text.dropFirst()) else {
            report.error("`\(text)` is no placeholder; a dollar sign is written `$$`", at: place)
            return nil
        }
        guard let source = claimSource(placeholder, at: place) else { return nil }
        var asText = isSubject
        var isOptional = false
        for filter in placeholder.filters {
            switch Filter(rawValue: filter) {
            case .string: asText = true
            case .optional: isOptional = true
            default:
                report.error(
                    message(
                        "a claim knows the filters `str` and `opt`, not `\(filter)`", meaning: filter,
                        among: ["str", "opt"]),
                    at: place)
                return nil
            }
        }
        return (asText && source == .accountID ? .text(source) : .source(source), isOptional)
    }

    private mutating func claimSource(_ placeholder: Placeholder, at place: SourcePosition) -> ClaimSource? {
        let bare: [String: ClaimSource] = ["iat": .issuedAt, "exp": .expiresAt, "jti": .tokenID, "iss": .issuer]
        let user: [String: ClaimSource] = [
            "id": .accountID, "email": .email, "username": .username, "name": .name, "role": .role,
            "email_verified": .emailVerified,
        ]
        switch (placeholder.root, placeholder.member) {
        case ("session", "id"): return .sessionID
        case ("user", let member?):
            if let source = user[member] {
                return source
            }
            let fields = dialect.terms.accounts.fields.map(\.name)
            if fields.contains(member) { return .field(member) }
            report.error(
                message("`$user` has no `\(member)`", meaning: member, among: user.keys.sorted() + fields), at: place)
            return nil
        case (let root, nil):
            if let source = bare[root] { return source }
            fallthrough
        default:
            let known = bare.keys.sorted() + ["user", "session"]
            report.error(
                message("nothing called `$\(placeholder.text)` in claims", meaning: placeholder.root, among: known),
                at: place)
            return nil
        }
    }
}
