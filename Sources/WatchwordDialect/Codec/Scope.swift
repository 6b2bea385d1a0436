import WatchwordCore

/// What a reply may speak of, and what of it is in hand.
struct Scope {
    var grant: Grant
    var refusal: Refusal?
    var problems: [WordedProblem] = []
    var baseURL: String
    var idsAreNumbers: Bool
    var item: Item = .none

    enum Item {
        case none
        case agent(Agent)
        case key(APIKey)
        case problem(WordedProblem)
    }

    func items(_ list: List) -> [Item] {
        switch list {
        case .agents: grant.agents.map(Item.agent)
        case .apiKeys: grant.apiKeys.map(Item.key)
        case .errors: problems.map(Item.problem)
        }
    }
}

/// One problem in the dialect's words.
struct WordedProblem {
    var code: String
    /// The wire name of the input.
    var field: String
    var location: [String]
    var message: String
    var problem: InputProblem
}

/// One fact, before it is written.
enum Fact {
    case absent
    case value(Value)
    case time(Timestamp)
    /// A text that stands for a number where ids are integers.
    case id(String)
}

extension Scope {
    func fact(_ slot: Slot) -> Fact {
        switch slot {
        case .user(let member): grant.user.map { fact(member, $0) } ?? .absent
        case .access(let member): grant.access.map { Self.fact(member, $0) } ?? .absent
        case .refresh(let member): grant.refresh.map { Self.fact(member, $0) } ?? .absent
        case .session(let member): grant.session.map { Self.fact(member, $0) } ?? .absent
        case .apiKey(let member): grant.apiKey.map { Self.fact(member, $0.key, secret: $0.secret) } ?? .absent
        case .agent(let member): grant.agent.map { Self.fact(member, $0) } ?? .absent
        case .total: grant.total.map { .value(.int($0)) } ?? .absent
        case .error(let member): refusal.map { fact(member, $0) } ?? .absent
        case .itemAgent(let member): if case .agent(let agent) = item { Self.fact(member, agent) } else { .absent }
        case .itemKey(let member): if case .key(let key) = item { Self.fact(member, key, secret: nil) } else { .absent }
        case .itemProblem(let member):
            if case .problem(let problem) = item { Self.fact(member, problem) } else { .absent }
        case .requestBaseURL: .value(.string(baseURL))
        }
    }

    private func fact(_ member: Slot.AccountMember, _ account: Account) -> Fact {
        switch member {
        case .id: .id(account.id.text)
        case .email: .text(account.email)
        case .username: .text(account.username)
        case .name: .text(account.name)
        case .role: .text(account.role)
        case .emailVerified: .value(.bool(account.emailVerified))
        case .usageCount: .value(.int(account.usageCount))
        case .usageLimit: account.usageLimit.map { .value(.int($0)) } ?? .absent
        case .createdAt: .time(account.createdAt)
        case .updatedAt: .time(account.updatedAt)
        case .field(let name): .of(account.fields[name])
        }
    }

    private static func fact(_ member: Slot.TokenMember, _ token: IssuedToken) -> Fact {
        switch member {
        case .token: .value(.string(token.text.revealed))
        case .expiresIn: .value(.int(token.expiresAt.seconds - token.issuedAt.seconds))
        case .expiresAt: .time(token.expiresAt)
        }
    }

    private static func fact(_ member: Slot.SessionMember, _ session: Session) -> Fact {
        switch member {
        case .id: .value(.string(session.id.text))
        case .createdAt: .time(session.createdAt)
        case .expiresAt: .time(session.expiresAt)
        }
    }

    private static func fact(_ member: Slot.KeyMember, _ key: APIKey, secret: Secret?) -> Fact {
        switch member {
        case .id: .id(key.id.text)
        case .name: .text(key.name)
        case .secret: .text(secret?.revealed)
        case .hint: .text(key.hint)
        case .agentID: key.agentID.map { .id($0.text) } ?? .absent
        case .createdAt: .time(key.createdAt)
        case .expiresAt: .moment(key.expiresAt)
        case .lastUsedAt: .moment(key.lastUsedAt)
        }
    }

    private static func fact(_ member: Slot.AgentMember, _ agent: Agent) -> Fact {
        switch member {
        case .id: .id(agent.id.text)
        case .name: .text(agent.name)
        case .online: .value(.bool(agent.online))
        case .createdAt: .time(agent.createdAt)
        case .lastSeenAt: .moment(agent.lastSeenAt)
        }
    }

    private func fact(_ member: Slot.ErrorMember, _ refusal: Refusal) -> Fact {
        switch member {
        case .code: .value(.string(refusal.code.rawValue))
        case .message: .value(.string(problems.first?.message ?? refusal.code.message))
        case .retryAfter: refusal.retryAfter.map { .value(.int($0)) } ?? .absent
        case .id: .text(refusal.faultID)
        }
    }

    private static func fact(_ member: Slot.ProblemMember, _ worded: WordedProblem) -> Fact {
        switch member {
        case .code: .value(.string(worded.code))
        case .field: .value(.string(worded.field))
        case .loc: .value(.array(worded.location.map(Value.string)))
        case .message: .value(.string(worded.message))
        case .min, .max: worded.problem.bound.map { .value(.int($0)) } ?? .absent
        case .type: .text(worded.problem.expected)
        }
    }
}

extension Fact {
    static func text(_ text: String?) -> Fact { text.map { .value(.string($0)) } ?? .absent }
    static func moment(_ moment: Timestamp?) -> Fact { moment.map(Fact.time) ?? .absent }
    static func of(_ value: Value?) -> Fact {
        switch value {
        case nil, .null: .absent
        case let value?: .value(value)
        }
    }

    var isAbsent: Bool { if case .absent = self { true } else { false } }

    /// Presence and truth, as `$if` asks: absent, false, 0 and "" count as no.
    var isTrue: Bool {
        switch self {
        case .absent: false
        case .value(.bool(let flag)): flag
        case .value(.int(let number)): number != 0
        case .value(.string(let text)), .id(let text): !text.isEmpty
        default: true
        }
    }
}
