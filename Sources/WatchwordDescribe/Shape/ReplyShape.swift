import WatchwordCore
import WatchwordDialect

/// Derives shapes from reply trees: what a slot holds, and where it can be missing.
struct ReplyShape {
    let dialect: Dialect
    /// What the reply answers; nothing for a refusal.
    let operation: Operation?

    func shape(_ tree: Tree) -> Shape {
        switch tree {
        case .literal(let value): Self.literal(value)
        case .slot(let slot, let filters): shape(slot, filters)
        case .text: .scalar(.string)
        case .object(let members): .object(members.map(member))
        case .array(let trees): .tuple(trees.map(shape))
        case .conditional(_, let then, let otherwise):
            Shape.anyOf([shape(then), otherwise.map(shape) ?? .null])
        case .each(_, let tree): .array(shape(tree))
        case .group(_, _, let take, let tree): .map(take == .all ? .array(shape(tree)) : shape(tree))
        }
    }

    private static func literal(_ value: Value) -> Shape {
        switch value {
        case .object(let members):
            .object(members.map { ShapeMember(name: $0.name, shape: literal($0.value), isOptional: false) })
        case .array(let items): .tuple(items.map(literal))
        case .null: .null
        default: .constant(value)
        }
    }

    /// A member, which `|opt` or an `$if` without `else` can leave out; it is then never null.
    private func member(_ member: TreeMember) -> ShapeMember {
        let isOptional = canBeLeftOut(member.tree)
        let shape = isOptional ? presentShape(member.tree) : shape(member.tree)
        return ShapeMember(name: member.name, shape: shape, isOptional: isOptional)
    }

    private func canBeLeftOut(_ tree: Tree) -> Bool {
        switch tree {
        case .slot(let slot, let filters): filters.contains(.optional) && canBeAbsent(slot)
        case .conditional(_, let then, let otherwise): otherwise.map(canBeLeftOut) ?? true || canBeLeftOut(then)
        default: false
        }
    }

    private func presentShape(_ tree: Tree) -> Shape {
        switch tree {
        case .conditional(_, let then, let otherwise):
            Shape.anyOf([presentShape(then)] + (otherwise.map { [presentShape($0)] } ?? []))
        case .slot: shape(tree).withoutNull
        default: shape(tree)
        }
    }

    // MARK: Facts

    func shape(_ slot: Slot, _ filters: [Filter]) -> Shape {
        var shape = plain(slot)
        var isNull = canBeAbsent(slot)
        for filter in filters {
            switch filter {
            case .iso, .isoMilliseconds, .isoMicroseconds, .isoOffset, .isoOffsetMilliseconds,
                .isoOffsetMicroseconds:
                shape = .scalar(.moment)
            case .sql, .sqlMilliseconds: shape = .scalar(.string)
            case .epoch, .epochMilliseconds: shape = .scalar(.integer)
            case .string, .lower, .upper: shape = shape == .any ? .any : .scalar(.string)
            case .integer: shape = shape == .scalar(.boolean) || shape == .scalar(.string) ? .scalar(.integer) : shape
            case .flag: (shape, isNull) = (.scalar(.boolean), false)
            case .emptyText, .zero, .no: isNull = false
            case .list: (shape, isNull) = (.array(shape), false)
            case .optional: break
            }
        }
        return isNull && shape != .any ? shape.orNull : shape
    }

    private var id: Shape { .scalar(dialect.terms.accounts.idFormat == .integer ? .integer : .string) }

    private func plain(_ slot: Slot) -> Shape {
        switch slot {
        case .user(let member), .itemUser(let member): plain(member)
        case .access(let member), .refresh(let member), .ticket(let member):
            switch member {
            case .token: .scalar(.string)
            case .expiresIn, .expiresInMilliseconds, .ttl: .scalar(.integer)
            case .expiresAt, .issuedAt: .scalar(.moment)
            }
        case .session(let member), .itemSession(let member):
            switch member {
            case .current: .scalar(.boolean)
            case .createdAt, .expiresAt: .scalar(.moment)
            default: .scalar(.string)
            }
        case .apiKey(let member), .itemKey(let member):
            switch member {
            case .id, .agentID: id
            case .active: .scalar(.boolean)
            case .createdAt, .expiresAt, .lastUsedAt: .scalar(.moment)
            default: .scalar(.string)
            }
        case .agent(let member), .itemAgent(let member):
            switch member {
            case .id: id
            case .name, .address, .version: .scalar(.string)
            case .online, .shared: .scalar(.boolean)
            case .createdAt, .lastSeenAt, .connectedAt: .scalar(.moment)
            }
        case .paging(let member):
            switch member {
            case .hasMore: .scalar(.boolean)
            case .nextURL, .previousURL, .links: .scalar(.string)
            default: .scalar(.integer)
            }
        case .active: .scalar(.boolean)
        case .keySet: .array(.any)
        case .extra: .any
        case .error(let member): .scalar(member == .retryAfter || member == .status ? .integer : .string)
        case .itemProblem(let member):
            switch member {
            case .loc: .array(.scalar(.string))
            case .value: .any
            case .min, .max: .scalar(.integer)
            case .code, .field, .message, .path, .type, .rule: .scalar(.string)
            }
        case .request(let member): .scalar(member == .time ? .moment : .string)
        }
    }

    private func plain(_ member: Slot.AccountMember) -> Shape {
        switch member {
        case .id: return id
        case .active, .emailVerified: return .scalar(.boolean)
        case .usageCount, .usageLimit: return .scalar(.integer)
        case .createdAt, .updatedAt: return .scalar(.moment)
        case .field(let name):
            switch dialect.terms.accounts.fields.first(where: { $0.name == name })?.type {
            case .int: return .scalar(.integer)
            case .bool: return .scalar(.boolean)
            case .string: return .scalar(.string)
            case .json, nil: return .any
            }
        default: return .scalar(.string)
        }
    }

    // MARK: Absence

    /// Whether an answer can be without the fact.
    func canBeAbsent(_ slot: Slot) -> Bool {
        switch slot {
        case .user(let member), .itemUser(let member): canBeAbsent(member)
        case .session(let member), .itemSession(let member):
            [.address, .device, .userAgent].contains(member)
        case .apiKey(.secret): operation == .introspect
        case .itemKey(.secret): dialect.terms.apiKeys?.shown != .always
        case .apiKey(let member), .itemKey(let member):
            [.name, .agentID, .expiresAt, .lastUsedAt].contains(member)
        case .agent(let member), .itemAgent(let member):
            [.lastSeenAt, .address, .version, .connectedAt].contains(member)
        case .paging(let member):
            [.nextPage, .previousPage, .nextOffset, .previousOffset, .nextURL, .previousURL, .links].contains(member)
        case .extra: true
        case .error(let member): member == .retryAfter || member == .id
        case .itemProblem(let member): [.min, .max, .type, .value].contains(member)
        case .access, .refresh: operation == .introspect || operation == .signUp && !opensSession
        default: false
        }
    }

    private var opensSession: Bool { !dialect.terms.accounts.requireVerified && !dialect.terms.accounts.hidesTaken }

    private func canBeAbsent(_ member: Slot.AccountMember) -> Bool {
        if operation == .introspect { return true }
        let accounts = dialect.terms.accounts
        return switch member {
        case .email: !accounts.required.contains(.email)
        case .username: !accounts.required.contains(.username)
        case .role: accounts.roles.isEmpty
        case .name, .usageLimit: true
        // An operator can set any of them to nothing.
        case .field: true
        default: false
        }
    }
}
