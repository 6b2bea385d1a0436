import WatchwordCore

/// What a reply may mention at one place.
struct ReplyScope {
    var operation: Operation?
    /// Outputs of the operation, less what the dialect does not issue.
    var outputs: Set<OutputName> = []
    /// What `$it` is.
    var item: Item?
    /// Whether a refusal is answered, so that there is an `$error`.
    var hasError = false
    /// Whether that refusal can list problems: `$errors`.
    var hasProblems = false
    /// Where the reply is written: `POST /login`, `errors`.
    var place = "errors"
    /// Whether this is inside a view, which can be used in many places.
    var isView = false

    enum Item { case agent, key, problem }

    /// Every name that `$` can stand before here.
    var names: [String] {
        var names = OutputName.allCases.filter(outputs.contains).map(\.rawValue)
        if hasError { names.append("error") }
        if hasProblems { names.append("errors") }
        if item != nil { names.append("it") }
        return names + ["request"]
    }
}

extension Slot {
    /// What kind of value it has, as filters need to know.
    enum Kind { case text, number, flag, time, list }

    var kind: Kind {
        switch self {
        case .user(let member):
            switch member {
            case .emailVerified: .flag
            case .usageCount, .usageLimit: .number
            case .createdAt, .updatedAt: .time
            default: .text
            }
        case .access(let member), .refresh(let member):
            switch member {
            case .token: .text
            case .expiresIn: .number
            case .expiresAt: .time
            }
        case .session(let member): member == .id ? .text : .time
        case .apiKey(let member), .itemKey(let member):
            switch member {
            case .id, .name, .secret, .hint, .agentID: .text
            case .createdAt, .expiresAt, .lastUsedAt: .time
            }
        case .agent(let member), .itemAgent(let member):
            switch member {
            case .id, .name: .text
            case .online: .flag
            case .createdAt, .lastSeenAt: .time
            }
        case .total: .number
        case .error(let member): member == .retryAfter ? .number : .text
        case .itemProblem(let member):
            switch member {
            case .loc: .list
            case .min, .max: .number
            case .code, .field, .message, .type: .text
            }
        case .requestBaseURL: .text
        }
    }
}

extension Filter {
    /// Whether it is a form of writing a moment.
    var writesTimes: Bool {
        switch self {
        case .iso, .isoMilliseconds, .sqlMilliseconds, .epoch, .epochMilliseconds: true
        case .string, .integer, .list, .lower, .optional: false
        }
    }
}
