import WatchwordCore

/// A status, header fields and a body that is a tree of data, never text with holes.
public struct Reply: Sendable, Equatable {
    public var status: Int
    public var headers: [ReplyHeader] = []
    /// Nothing for a reply without a body.
    public var body: Tree?

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

/// A reply body: literal data with places for facts. Views are already put in, names already resolved.
public indirect enum Tree: Sendable, Equatable {
    case literal(Value)
    case slot(Slot, [Filter])
    /// One string made of pieces: `"Hello ${user.name}"`.
    case text([TextPiece])
    case object([TreeMember])
    case array([Tree])
    /// `{$if: ..., then: ..., else: ...}`: by presence and truth.
    case conditional(Slot, then: Tree, otherwise: Tree?)
    /// `{$each: $agents, do: ...}`.
    case each(List, Tree)
    /// `{$group: $errors, by: field, take: first|all, do: ...}`: an object keyed by each item's member.
    case group(List, by: Slot, take: Take, Tree)

    public enum Take: String, Sendable, CaseIterable { case first, all }
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
    case session(SessionMember)
    case apiKey(KeyMember)
    case agent(AgentMember)
    case total
    case error(ErrorMember)
    /// Of the item in hand inside `$each` or `$group`.
    case itemAgent(AgentMember)
    case itemKey(KeyMember)
    case itemProblem(ProblemMember)
    case requestBaseURL

    public enum AccountMember: Hashable, Sendable {
        case id, email, username, name, role, emailVerified, usageCount, usageLimit, createdAt, updatedAt
        case field(String)

        /// The members every account has; a dialect's own fields stand beside them.
        public static let standing: [AccountMember] = [
            .id, .email, .username, .name, .role, .emailVerified, .usageCount, .usageLimit, .createdAt, .updatedAt,
        ]

        /// The name in a dialect file.
        public var text: String {
            switch self {
            case .id: "id"
            case .email: "email"
            case .username: "username"
            case .name: "name"
            case .role: "role"
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
        case expiresIn = "expires_in"
        case expiresAt = "expires_at"
    }
    public enum SessionMember: String, Hashable, Sendable, CaseIterable {
        case id
        case createdAt = "created_at"
        case expiresAt = "expires_at"
    }
    public enum KeyMember: String, Hashable, Sendable, CaseIterable {
        case id, name, secret, hint
        case agentID = "agent_id"
        case createdAt = "created_at"
        case expiresAt = "expires_at"
        case lastUsedAt = "last_used_at"
    }
    public enum AgentMember: String, Hashable, Sendable, CaseIterable {
        case id, name, online
        case createdAt = "created_at"
        case lastSeenAt = "last_seen_at"
    }
    public enum ErrorMember: String, Hashable, Sendable, CaseIterable {
        case code, message
        case retryAfter = "retry_after"
        case id
    }
    public enum ProblemMember: String, Hashable, Sendable, CaseIterable {
        /// The dialect's code of the rule; the input's wire name; where it is, as `["body", "email"]`; the words; the broken bound.
        case code, field, loc, message, min, max, type
    }
}

/// The lists a reply can run over.
public enum List: String, Hashable, Sendable, CaseIterable {
    case agents
    case apiKeys = "api_keys"
    case errors
}

/// `$user.created_at|iso_ms`: how a fact is written.
public enum Filter: String, Hashable, Sendable, CaseIterable {
    case iso
    case isoMilliseconds = "iso_ms"
    case sqlMilliseconds = "sql_ms"
    case epoch
    case epochMilliseconds = "epoch_ms"
    case string = "str"
    case integer = "int"
    case list
    case lower
    /// The member is left out where the fact is absent.
    case optional = "opt"
}
