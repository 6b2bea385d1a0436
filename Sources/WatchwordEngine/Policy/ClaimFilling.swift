import WatchwordCore

extension ClaimTemplate {
    /// The claim as data; nothing where its source has no value. `ids` says whether ids are numbers.
    func filled(with facts: ClaimFacts, ids: IDFormat) -> Value? {
        switch self {
        case .literal(let value): return value
        case .source(let source): return source.value(of: facts, ids: ids)
        case .text(let source): return source.value(of: facts, ids: ids)?.asText
        case .array(let templates): return .array(templates.map { $0.filled(with: facts, ids: ids) ?? .null })
        case .object(let members): return .object(members.filled(with: facts, ids: ids))
        case .joined(let pieces):
            let texts = pieces.map { piece in
                switch piece {
                case .text(let text): text
                case .source(let source): source.value(of: facts, ids: ids)?.asText.string ?? ""
                }
            }
            return .string(texts.joined())
        case .conditional(let source, let then, let otherwise):
            let isTrue = source.value(of: facts, ids: ids)?.isTrue ?? false
            return (isTrue ? then : otherwise)?.filled(with: facts, ids: ids)
        }
    }
}

extension [ClaimMember] {
    /// The members in order. Where a source has no value, an optional member is left out and any other is null.
    func filled(with facts: ClaimFacts, ids: IDFormat) -> [Value.Member] {
        compactMap { member in
            let value = member.template.filled(with: facts, ids: ids)
            if value == nil, member.mayBeMissing { return nil }
            return Value.Member(member.name, value ?? .null)
        }
    }
}

extension ClaimSource {
    fileprivate func value(of facts: ClaimFacts, ids: IDFormat) -> Value? {
        switch self {
        case .accountID:
            if case .integer = ids, let number = Int64(facts.account.id.text) { return .int(number) }
            return .string(facts.account.id.text)
        case .email: return facts.account.email.map(Value.string)
        case .username: return facts.account.username.map(Value.string)
        case .name: return facts.account.name.map(Value.string)
        case .role: return facts.account.role.map(Value.string)
        case .emailVerified: return .bool(facts.account.emailVerified)
        case .field(let name):
            guard let value = facts.account.fields[name], value != .null else { return nil }
            return value
        case .active: return .bool(!facts.account.disabled)
        case .createdAt: return .int(facts.account.createdAt.seconds)
        case .updatedAt: return .int(facts.account.updatedAt.seconds)
        case .issuedAt: return .int(facts.issuedAt.seconds)
        case .expiresAt: return .int(facts.expiresAt.seconds)
        case .tokenID: return facts.tokenID.map(Value.string)
        case .sessionID: return .string(facts.sessionID.text)
        case .issuer: return .string(facts.issuer)
        }
    }
}

extension ClaimMember {
    /// Whether it is left out, and not null, where there is no value.
    fileprivate var mayBeMissing: Bool {
        if case .conditional(_, _, nil) = template { true } else { optional }
    }
}

extension Value {
    /// Presence and truth, as `$if` asks: null, false, 0 and "" count as no.
    fileprivate var isTrue: Bool {
        switch self {
        case .null, .bool(false), .int(0), .string(""): false
        default: true
        }
    }

    /// Numbers and truth values as text; RFC 7519 wants a string `sub`.
    fileprivate var asText: Value {
        switch self {
        case .int(let number): .string(String(number))
        case .bool(let flag): .string(String(flag))
        case .double(let number): .string(String(number))
        default: self
        }
    }
}
