import WatchwordCore

/// A status, header fields and a body that is a tree of data, never text with holes.
public struct Reply: Sendable, Equatable {
    /// Where it is one of several: what the request must hold.
    public var conditions: [Condition] = []
    public var status: Int
    public var headers: [ReplyHeader] = []
    public var cookies: [ReplyCookie] = []
    /// The Content-Type, exactly; nothing for the dialect's, or `text/plain` for a text.
    public var contentType: String?
    /// Nothing for a reply without a body.
    public var body: Tree?
    /// Whether the body is a bare text (its tree renders to one string) and not JSON.
    public var isText = false
    /// Of a refusal: words that go before these, each where its conditions hold; the first counts.
    public var cases: [Reply] = []

    public init(status: Int, headers: [ReplyHeader] = [], body: Tree? = nil) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

public struct ReplyHeader: Sendable, Equatable {
    public var name: String
    /// Renders to a single text; the field is left out where its value is absent.
    public var value: Tree

    public init(_ name: String, _ value: Tree) {
        self.name = name
        self.value = value
    }
}

/// A cookie that a reply sets or clears (RFC 6265 section 4.1).
public struct ReplyCookie: Sendable, Equatable {
    public var name: String
    /// Renders to one text; nothing clears the cookie. Left out where its value is absent.
    public var value: Tree?
    public var isHTTPOnly = true
    public var sameSite: SameSite? = .lax
    public var secure = Secure.auto
    /// In seconds; nothing for a cookie of the browser's session.
    public var maximumAge: Tree?
    public var path = "/"
    public var domain: String?

    public enum SameSite: String, Sendable, CaseIterable { case strict, lax, none }
    /// `auto`: where the realm's public URL is https.
    public enum Secure: String, Sendable, CaseIterable { case auto, always, never }

    public init(_ name: String, _ value: Tree?) {
        self.name = name
        self.value = value
    }
}

/// A reply body: literal data with places for facts. Views are already put in, names already resolved.
public indirect enum Tree: Sendable, Equatable {
    case literal(Value)
    case slot(Slot, [Filter])
    /// One string made of pieces: `"Hello ${user.name}"`.
    case text([TextPiece])
    case object([TreeMember])
    case array([Tree])
    /// `{$if: ..., then: ..., else: ...}`.
    case conditional(Question, then: Tree, otherwise: Tree?)
    /// `{$each: $agents, do: ...}`.
    case each(List, Tree)
    /// `{$group: $errors, by: field, take: first|all, do: ...}`: an object keyed by each item's member.
    case group(List, by: Slot, take: Take, Tree)

    public enum Take: String, Sendable, CaseIterable { case first, all }
}

/// What `$if` asks.
public enum Question: Sendable, Hashable {
    /// Whether the fact is there and true: an absent one, false, 0 and "" are not.
    case fact(Slot)
    /// Whether it is one of these values.
    case isOne(Slot, of: [Value])
    /// Whether the list holds anything.
    case list(List)

    /// The fact that it looks at.
    public var slot: Slot? {
        switch self {
        case .fact(let slot), .isOne(let slot, _): slot
        case .list: nil
        }
    }
}

public struct TreeMember: Sendable, Equatable {
    public var name: String
    public var tree: Tree

    public init(_ name: String, _ tree: Tree) {
        self.name = name
        self.tree = tree
    }
}

public enum TextPiece: Sendable, Equatable {
    case literal(String)
    case slot(Slot, [Filter])
}

/// A named fact, resolved against the operation's outputs when the file was checked.
public enum Slot: Hashable, Sendable {
    case user(AccountMember)
    case access(TokenMember)
    case refresh(TokenMember)
    /// `$ticket` of `create_ticket`.
    case ticket(TokenMember)
    case session(SessionMember)
    case apiKey(KeyMember)
    case agent(AgentMember)
    case paging(PagingMember)
    /// `$active` of `introspect`.
    case active
    /// `$keys` of `jwks`: the list of public keys.
    case keySet
    /// `$with.NAME`.
    case extra(String)
    case error(ErrorMember)
    /// Of the item in hand inside `$each` or `$group`.
    case itemUser(AccountMember)
    case itemSession(SessionMember)
    case itemAgent(AgentMember)
    case itemKey(KeyMember)
    case itemProblem(ProblemMember)
    case request(RequestMember)

    public enum AccountMember: Hashable, Sendable {
        case id, email, username, name, role, active, emailVerified, usageCount, usageLimit, createdAt, updatedAt
        case field(String)

        /// The members every account has; a dialect's own fields stand beside them.
        public static let standing: [AccountMember] = [
            .id, .email, .username, .name, .role, .active, .emailVerified, .usageCount, .usageLimit, .createdAt,
            .updatedAt,
        ]

        /// The name in a dialect file.
        public var text: String {
            switch self {
            case .id: "id"
            case .email: "email"
            case .username: "username"
            case .name: "name"
            case .role: "role"
            case .active: "active"
            case .emailVerified: "email_verified"
            case .usageCount: "usage_count"
            case .usageLimit: "usage_limit"
            case .createdAt: "created_at"
            case .updatedAt: "updated_at"
            case .field(let name): name
            }
        }
    }
    public enum TokenMember: String, Hashable, Sendable, CaseIterable {
        case token
        /// What is left of its life, in whole seconds, and in milliseconds.
        case expiresIn = "expires_in"
        case expiresInMilliseconds = "expires_in_ms"
        case expiresAt = "expires_at"
        case issuedAt = "issued_at"
        /// Its whole life, in seconds.
        case ttl
    }
    public enum SessionMember: String, Hashable, Sendable, CaseIterable {
        case id, address, device, method
        case userAgent = "user_agent"
        case createdAt = "created_at"
        case expiresAt = "expires_at"
        /// Whether it is the one that asks.
        case current
    }
    public enum PagingMember: String, Hashable, Sendable, CaseIterable {
        case total, count, limit, offset, page, pages
        case perPage = "per_page"
        case hasMore = "has_more"
        case nextPage = "next_page"
        case previousPage = "prev_page"
        case nextOffset = "next_offset"
        case previousOffset = "prev_offset"
        /// The URLs of other parts, and all of them as a `Link` field (RFC 8288).
        case nextURL = "next_url"
        case previousURL = "prev_url"
        case links
    }
    public enum RequestMember: String, Hashable, Sendable, CaseIterable {
        case baseURL = "base_url"
        case path, method, url
        /// A new random id of this exchange, 26 characters; the same in the log.
        case id
        /// The moment of the answer.
        case time
    }
    public enum KeyMember: String, Hashable, Sendable, CaseIterable {
        case id, name, secret, hint, active
        case agentID = "agent_id"
        case createdAt = "created_at"
        case expiresAt = "expires_at"
        case lastUsedAt = "last_used_at"
    }
    public enum AgentMember: String, Hashable, Sendable, CaseIterable {
        case id, name, online, address, version, shared
        case createdAt = "created_at"
        case lastSeenAt = "last_seen_at"
        case connectedAt = "connected_at"
    }
    public enum ErrorMember: String, Hashable, Sendable, CaseIterable {
        case code, message
        case retryAfter = "retry_after"
        case id
        /// The status of the answer.
        case status
    }
    public enum ProblemMember: String, Hashable, Sendable, CaseIterable {
        /// The dialect's code of the rule; the input's wire name; where it is, as `["body", "email"]`; the words; the broken bound; what was sent, unless it is a secret.
        case code, field, loc, message, min, max, type, value
        /// Where it is, as one text: `user.email`.
        case path
        /// The rule's own name: `required`, `email`, ...
        case rule
    }
}

/// The lists a reply can run over.
public enum List: String, Hashable, Sendable, CaseIterable {
    case agents, users, sessions
    case apiKeys = "api_keys"
    case errors
}

/// `$user.created_at|iso_ms`: how a fact is written.
public enum Filter: String, Hashable, Sendable, CaseIterable {
    case iso
    case isoMilliseconds = "iso_ms"
    case isoMicroseconds = "iso_us"
    /// With `+00:00` where the others write `Z`.
    case isoOffset = "iso_offset"
    case isoOffsetMilliseconds = "iso_ms_offset"
    case isoOffsetMicroseconds = "iso_us_offset"
    case sql
    case sqlMilliseconds = "sql_ms"
    case epoch
    case epochMilliseconds = "epoch_ms"
    case string = "str"
    case integer = "int"
    /// The value as the one item of a list; an absent one as an empty list.
    case list
    case lower, upper
    /// `true` or `false` for what is there and true, or not.
    case flag = "bool"
    /// Where there is no value: an empty text, zero, false.
    case emptyText = "or_empty"
    case zero = "or_zero"
    case no = "or_false"
    /// The member is left out where the fact is absent.
    case optional = "opt"
}
