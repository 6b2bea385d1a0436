import WatchwordCore

/// What a reply may mention at one place.
struct ReplyScope {
    var operation: Operation?
    /// Outputs of the operation, less what the dialect does not issue.
    var outputs: Set<OutputName> = []
    /// What the route names in `with:`: conditions of replies ask for it, and `$with.NAME` says it.
    var extras: [Extra] = []
    /// What `$it` is.
    var item: Item?
    /// Whether a refusal is answered, so that there is an `$error`, and `$errors`, the problems in it.
    var hasError = false
    /// Where the reply is written: `POST /login`, `errors`.
    var place = "errors"
    /// Whether this is inside a view, which can be used in many places.
    var isView = false

    enum Item { case user, session, agent, key, problem }

    /// What is named without a member.
    static let bare: [String: Slot] = {
        var slots = Slot.PagingMember.allCases.reduce(into: [String: Slot]()) { $0[$1.rawValue] = .paging($1) }
        slots["active"] = .active
        slots["keys"] = .keySet
        return slots
    }()

    /// Every name that `$` can stand before here.
    var names: [String] {
        var names = OutputName.allCases.filter { outputs.contains($0) && $0 != .paging }.map(\.rawValue)
        if outputs.contains(.paging) { names += Slot.PagingMember.allCases.map(\.rawValue) }
        if hasError { names += ["error", "errors"] }
        if !extras.isEmpty { names.append("with") }
        if item != nil { names.append("it") }
        return names + ["request"]
    }
}

extension Slot {
    /// What kind of value it has, as filters need to know.
    enum Kind { case text, number, flag, time, list }

    var kind: Kind {
        switch self {
        case .user(let member), .itemUser(let member):
            switch member {
            case .emailVerified, .active: .flag
            case .usageCount, .usageLimit: .number
            case .createdAt, .updatedAt: .time
            default: .text
            }
        case .access(let member), .refresh(let member), .ticket(let member):
            switch member {
            case .token: .text
            case .expiresIn, .expiresInMilliseconds, .ttl: .number
            case .expiresAt, .issuedAt: .time
            }
        case .session(let member), .itemSession(let member):
            switch member {
            case .id, .address, .device, .method, .userAgent: .text
            case .createdAt, .expiresAt: .time
            case .current: .flag
            }
        case .apiKey(let member), .itemKey(let member):
            switch member {
            case .id, .name, .secret, .hint, .agentID: .text
            case .active: .flag
            case .createdAt, .expiresAt, .lastUsedAt: .time
            }
        case .agent(let member), .itemAgent(let member):
            switch member {
            case .id, .name, .address, .version: .text
            case .online, .shared: .flag
            case .createdAt, .lastSeenAt, .connectedAt: .time
            }
        case .paging(let member):
            switch member {
            case .hasMore: .flag
            case .nextURL, .previousURL, .links: .text
            default: .number
            }
        case .active: .flag
        case .keySet: .list
        case .extra: .text
        case .error(let member): member == .retryAfter || member == .status ? .number : .text
        case .itemProblem(let member):
            switch member {
            case .loc: .list
            case .min, .max: .number
            case .value, .code, .field, .path, .message, .type, .rule: .text
            }
        case .request(let member): member == .time ? .time : .text
        }
    }
}

extension Filter {
    /// Whether it is a form of writing a moment.
    var writesTimes: Bool {
        switch self {
        case .iso, .isoMilliseconds, .isoMicroseconds, .isoOffset, .isoOffsetMilliseconds, .isoOffsetMicroseconds,
            .sql, .sqlMilliseconds, .epoch, .epochMilliseconds:
            true
        case .string, .integer, .list, .lower, .upper, .flag, .emptyText, .zero, .no, .optional: false
        }
    }
}
