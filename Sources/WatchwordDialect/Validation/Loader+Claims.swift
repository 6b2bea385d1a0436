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

    private typealias Claim = (template: ClaimTemplate, optional: Bool)

    private mutating func claimMembers(_ node: Node, isTop: Bool) -> [ClaimMember]? {
        var members: [ClaimMember] = []
        var isWhole = true
        for entry in node.entries ?? [] {
            guard let claim = claim(entry.value, isSubject: isTop && entry.key == "sub") else {
                isWhole = false
                continue
            }
            members.append(ClaimMember(entry.key, claim.template, optional: claim.optional))
        }
        return isWhole ? members : nil
    }

    private mutating func claim(_ node: Node, isSubject: Bool) -> Claim? {
        switch node.content {
        case .unreadable: return nil
        case .mapping(let entries):
            if entries.first?.key == "$if" { return conditional(node).map { ($0, false) } }
            if let entry = entries.first(where: { $0.key.hasPrefix("$") }) {
                report.error("a claims tree knows `$if` and no `\(entry.key)`", at: entry.position)
                return nil
            }
            return claimMembers(node, isTop: false).map { (.object($0), false) }
        case .sequence(let items):
            var templates: [ClaimTemplate] = []
            for item in items {
                guard let claim = plainClaim(item) else { return nil }
                templates.append(claim)
            }
            return (.array(templates), false)
        case .scalar(.string(let text)): return claim(text, isSubject: isSubject, at: node.position)
        case .scalar(let value): return (.literal(value), false)
        }
    }

    /// A claim that is no member of an object, so that nothing can leave it out.
    private mutating func plainClaim(_ node: Node) -> ClaimTemplate? {
        guard let claim = claim(node, isSubject: false) else { return nil }
        if claim.optional { report.error("`|opt` leaves out a member, and this is none", at: node.position) }
        return claim.template
    }

    /// `{$if: $user.role, then: ..., else: ...}`.
    private mutating func conditional(_ node: Node) -> ClaimTemplate? {
        guard let members = members(of: node, "`$if`", unknown: "member of `$if`", ["$if", "then", "else"]),
            let asked = members["$if"]
        else { return nil }
        guard case .whole(let placeholder)? = asked.value.string.map({ ScalarText($0) }), placeholder.filters.isEmpty
        else {
            report.error("`$if` asks for one value without filters: `$user.role`", at: asked.value.position)
            return nil
        }
        let source = claimSource(placeholder, at: asked.value.position)
        guard let then = required("then", of: members, asked).flatMap({ plainClaim($0.value) }) else { return nil }
        guard let entry = members["else"] else { return source.map { .conditional($0, then: then, otherwise: nil) } }
        guard let otherwise = plainClaim(entry.value), let source else { return nil }
        return .conditional(source, then: then, otherwise: otherwise)
    }

    // MARK: Text

    private mutating func claim(_ text: String, isSubject: Bool, at place: SourcePosition) -> Claim? {
        switch ScalarText(text) {
        case .literal(let text): return (.literal(.string(text)), false)
        case .malformed(let written):
            report.error("`\(written.prefix(60))` is no placeholder; a dollar sign is written `$$`", at: place)
            return nil
        case .whole(let placeholder): return claim(placeholder, isSubject: isSubject, at: place)
        case .pieces(let pieces):
            var parts: [ClaimPiece] = []
            for piece in pieces {
                switch piece {
                case .literal(let text): parts.append(.text(text))
                case .placeholder(let placeholder):
                    if let value = settingText(placeholder, at: place) {
                        parts.append(.text(value))
                        continue
                    }
                    guard let source = claimSource(placeholder, at: place) else { return nil }
                    if placeholder.filters != [] && placeholder.filters != ["str"] {
                        report.error("`${\(placeholder.text)}` inside text knows the filter `str` only", at: place)
                        return nil
                    }
                    parts.append(.source(source))
                }
            }
            return (.joined(parts), false)
        }
    }

    private mutating func claim(_ placeholder: Placeholder, isSubject: Bool, at place: SourcePosition) -> Claim? {
        if placeholder.root == "settings", let member = placeholder.member {
            switch setting("$\(member)", at: place) {
            case .value(let value)?: return (.literal(value), false)
            case .lifetime(let lifetime)?: return (.literal(.int(lifetime.seconds)), false)
            case nil: return nil
            }
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
        return (asText && !source.isText ? .text(source) : .source(source), isOptional)
    }

    /// The text of a setting that a text names; nothing where it names something else.
    private mutating func settingText(_ placeholder: Placeholder, at place: SourcePosition) -> String? {
        guard placeholder.root == "settings", let member = placeholder.member,
            case .value(let value)? = setting("$\(member)", at: place)
        else { return nil }
        return switch value {
        case .string(let text): text
        case .int(let number): String(number)
        case .bool(let flag): String(flag)
        default: nil
        }
    }

    private mutating func claimSource(_ placeholder: Placeholder, at place: SourcePosition) -> ClaimSource? {
        let bare = ClaimSource.bare
        switch (placeholder.root, placeholder.member) {
        case ("session", "id"): return .sessionID
        case ("request", "base_url"): return .issuer
        case ("user", let member?):
            if let source = ClaimSource.account[member] { return source }
            let fields = dialect.terms.accounts.fields.map(\.name)
            if fields.contains(member) { return .field(member) }
            report.error(
                message(
                    "`$user` has no `\(member)`", meaning: member,
                    among: ClaimSource.account.keys.sorted() + fields), at: place)
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

extension ClaimSource {
    /// By the name that stands alone.
    static let bare: [String: ClaimSource] = ["iat": .issuedAt, "exp": .expiresAt, "jti": .tokenID, "iss": .issuer]
    /// By the name behind `$user.`; the dialect's fields stand beside them.
    static let account: [String: ClaimSource] = [
        "id": .accountID, "email": .email, "username": .username, "name": .name, "role": .role,
        "email_verified": .emailVerified, "active": .active, "created_at": .createdAt, "updated_at": .updatedAt,
    ]

    /// Whether it is a text whatever the contract, so that `|str` changes nothing.
    var isText: Bool {
        switch self {
        case .email, .username, .name, .role, .tokenID, .sessionID, .issuer: true
        default: false
        }
    }
}
