import WatchwordCore
import WatchwordDialect

/// The names that replies put facts in by, noun by noun.
struct SlotTable {
    var title: String
    var rows: [(name: String, meaning: String)]

    static let all: [SlotTable] = [
        SlotTable(
            title: "`$user`, and `$it` of `$users`",
            rows: Slot.AccountMember.standing.map { ($0.text, Self.meaning($0)) }
                + [("a field's name", "One of `users.fields`")]),
        SlotTable(
            title: "`$access`, `$refresh`, `$ticket`",
            rows: Slot.TokenMember.allCases.map { ($0.rawValue, Self.meaning($0)) }),
        SlotTable(
            title: "`$session`, and `$it` of `$sessions`",
            rows: Slot.SessionMember.allCases.map { ($0.rawValue, Self.meaning($0)) }),
        SlotTable(
            title: "`$api_key`, and `$it` of `$api_keys`",
            rows: Slot.KeyMember.allCases.map { ($0.rawValue, Self.meaning($0)) }),
        SlotTable(
            title: "`$agent`, and `$it` of `$agents`",
            rows: Slot.AgentMember.allCases.map { ($0.rawValue, Self.meaning($0)) }),
        SlotTable(
            title: "Beside a list, by these names alone: `$total`, `$page`",
            rows: Slot.PagingMember.allCases.map { ($0.rawValue, Self.meaning($0)) }),
        SlotTable(
            title: "`$error`, of a refusal",
            rows: Slot.ErrorMember.allCases.map { ($0.rawValue, Self.meaning($0)) }),
        SlotTable(
            title: "`$it` of `$errors`, of a refusal that lists what is wrong",
            rows: Slot.ProblemMember.allCases.map { ($0.rawValue, Self.meaning($0)) }),
        SlotTable(
            title: "`$request`, everywhere",
            rows: Slot.RequestMember.allCases.map { ($0.rawValue, Self.meaning($0)) }),
    ]

    private static func meaning(_ member: Slot.AccountMember) -> String {
        switch member {
        case .id: "In the form of `users.id`"
        case .email: "The address as typed"
        case .username: "The username as typed"
        case .name: "The name for display"
        case .role: "The role"
        case .active: "Whether it is not disabled"
        case .emailVerified: "Whether the address is verified"
        case .usageCount: "How often its API keys were used"
        case .usageLimit: "How often they may be"
        case .createdAt: "When it was made"
        case .updatedAt: "When it was changed last"
        case .field: "One of `users.fields`"
        }
    }

    private static func meaning(_ member: Slot.TokenMember) -> String {
        switch member {
        case .token: "The token itself"
        case .expiresIn: "What is left of its life, in whole seconds"
        case .expiresInMilliseconds: "The same in milliseconds"
        case .expiresAt: "When it ends"
        case .issuedAt: "When it was made"
        case .ttl: "Its whole life, in seconds"
        }
    }

    private static func meaning(_ member: Slot.SessionMember) -> String {
        switch member {
        case .id: "Its id, a text in every dialect"
        case .address: "The address that it began from"
        case .device: "What the client called itself"
        case .method: "How it began: `pwd`"
        case .userAgent: "The client's `User-Agent`"
        case .createdAt: "When it began"
        case .expiresAt: "When it ends at the latest"
        case .current: "Whether it is the one that asks"
        }
    }

    private static func meaning(_ member: Slot.KeyMember) -> String {
        switch member {
        case .id: "Its id"
        case .name: "What its maker called it"
        case .secret: "The key itself, where it is made or `shown: always`"
        case .hint: "Its first characters"
        case .active: "Whether it is not revoked"
        case .agentID: "The agent that it hangs on"
        case .createdAt: "When it was made"
        case .expiresAt: "When it ends"
        case .lastUsedAt: "When it was used last"
        }
    }

    private static func meaning(_ member: Slot.AgentMember) -> String {
        switch member {
        case .id: "Its id"
        case .name: "Its name"
        case .online: "Whether it is connected"
        case .createdAt: "When it was made"
        case .lastSeenAt: "When it was connected last"
        case .address: "The address that it connected from last"
        case .version: "What its program called itself then"
        case .connectedAt: "When its connection began, or its last one"
        case .shared: "Whether it is another account's, shared with the one that asks"
        }
    }

    private static func meaning(_ member: Slot.PagingMember) -> String {
        switch member {
        case .total: "How many items there are in all"
        case .count: "How many this part has"
        case .limit, .perPage: "The most that a part has"
        case .offset: "How many stand before this part"
        case .page: "The number of this part, from 1"
        case .pages: "How many parts there are"
        case .hasMore: "Whether something stands after this part"
        case .nextPage: "The number of the next part, if there is one"
        case .previousPage: "The number of the part before, if there is one"
        case .nextOffset: "Where the next part begins, if there is one"
        case .previousOffset: "Where the part before begins, if there is one"
        case .nextURL: "The URL of the next part, if there is one"
        case .previousURL: "The URL of the part before, if there is one"
        case .links: "All of them as a `Link` field (RFC 8288)"
        }
    }

    private static func meaning(_ member: Slot.ErrorMember) -> String {
        switch member {
        case .code: "The refusal's code"
        case .message: "The words of its first problem, or of the code"
        case .retryAfter: "The seconds after which a retry can succeed"
        case .id: "Of a fault, the id under which it is in the log"
        case .status: "The status of the answer"
        }
    }

    private static func meaning(_ member: Slot.ProblemMember) -> String {
        switch member {
        case .code: "The code of the rule, in the words of `messages`"
        case .field: "The input's name on the wire"
        case .loc: "Where it is: `[body, email]`"
        case .path: "The same as one text with dots"
        case .message: "The words of the rule"
        case .min, .max: "The bound that was broken"
        case .type: "The type that was expected"
        case .value: "What was sent, unless that is a secret"
        case .rule: "The rule's own name"
        }
    }

    private static func meaning(_ member: Slot.RequestMember) -> String {
        switch member {
        case .baseURL: "The realm's public URL"
        case .path: "The path"
        case .method: "The method"
        case .url: "The whole URL"
        case .id: "An id of this exchange, the same in the log"
        case .time: "The moment of the answer"
        }
    }
}
