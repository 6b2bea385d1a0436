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

extension Scope {
    func fact(_ slot: Slot) -> Fact {
        switch slot {
        case .user(let member): grant.user.map { fact(member, $0) } ?? .absent
        case .access(let member): grant.access.map { Self.fact(member, $0) } ?? .absent
        case .refresh(let member): grant.refresh.map { Self.fact(member, $0) } ?? .absent
        case .session(let member): grant.session.map { Self.fact(member, $0) } ?? .absent
        case .apiKey(let member): grant.apiKey.map { Self.fact(member, $0.key, secret: $0.secret) } ?? .absent
        case .agent(let member): grant.agent.map { Self.fact(member, $0) } ?? .absent
        case .total: .of(grant.total)
        case .error(let member): refusal.map { fact(member, $0) } ?? .absent
        case .itemAgent(let member): if case .agent(let agent) = item { Self.fact(member, agent) } else { .absent }
        case .itemKey(let member): if case .key(let key) = item { Self.fact(member, key, secret: nil) } else { .absent }
        case .itemProblem(let member):
            if case .problem(let problem) = item { Self.fact(member, problem) } else { .absent }
        case .requestBaseURL: .text(baseURL)
        }
    }

    private func fact(_ member: Slot.AccountMember, _ account: Account) -> Fact {
        switch member {
        case .id: .id(account.id.text)
        case .email: .of(account.email)
        case .username: .of(account.username)
        case .name: .of(account.name)
        case .role: .of(account.role)
        case .emailVerified: .flag(account.emailVerified)
        case .usageCount: .number(account.usageCount)
        case .usageLimit: .of(account.usageLimit)
        case .createdAt: .time(account.createdAt)
        case .updatedAt: .time(account.updatedAt)
        case .field(let name): .extra(account.fields[name])
        }
    }

    private static func fact(_ member: Slot.TokenMember, _ token: IssuedToken) -> Fact {
        switch member {
        case .token: .text(token.text.revealed)
        case .expiresIn: .number(token.expiresAt.seconds - token.issuedAt.seconds)
        case .expiresAt: .time(token.expiresAt)
        }
    }

    private static func fact(_ member: Slot.SessionMember, _ session: Session) -> Fact {
        switch member {
        case .id: .id(session.id.text)
        case .createdAt: .time(session.createdAt)
        case .expiresAt: .time(session.expiresAt)
        }
    }

    private static func fact(_ member: Slot.KeyMember, _ key: APIKey, secret: Secret?) -> Fact {
        switch member {
        case .id: .id(key.id.text)
        case .name: .of(key.name)
        case .secret: .of(secret?.revealed)
        case .hint: .text(key.hint)
        case .agentID: key.agentID.map { .id($0.text) } ?? .absent
        case .createdAt: .time(key.createdAt)
        case .expiresAt: .of(key.expiresAt)
        case .lastUsedAt: .of(key.lastUsedAt)
        }
    }

    private static func fact(_ member: Slot.AgentMember, _ agent: Agent) -> Fact {
        switch member {
        case .id: .id(agent.id.text)
        case .name: .text(agent.name)
        case .online: .flag(agent.online)
        case .createdAt: .time(agent.createdAt)
        case .lastSeenAt: .of(agent.lastSeenAt)
        }
    }

    private func fact(_ member: Slot.ErrorMember, _ refusal: Refusal) -> Fact {
        switch member {
        case .code: .text(refusal.code.rawValue)
        case .message: .text(problems.first?.message ?? refusal.code.message)
        case .retryAfter: .of(refusal.retryAfter)
        case .id: .of(refusal.faultID)
        }
    }

    private static func fact(_ member: Slot.ProblemMember, _ worded: WordedProblem) -> Fact {
        switch member {
        case .code: .text(worded.code)
        case .field: .text(worded.field)
        case .loc: .value(.array(worded.location.map(Value.string)))
        case .message: .text(worded.message)
        case .min, .max: .of(worded.problem.bound)
        case .type: .of(worded.problem.expected)
        }
    }
}

extension Fact {
    static func of(_ text: String?) -> Fact { text.map { .text($0) } ?? .absent }
    static func of(_ number: Int64?) -> Fact { number.map { .number($0) } ?? .absent }
    static func of(_ moment: Timestamp?) -> Fact { moment.map { .time($0) } ?? .absent }
    static func extra(_ value: Value?) -> Fact {
        switch value {
        case nil, .null: .absent
        case .string(let text): .text(text)
        case .int(let number): .number(number)
        case let value?: .value(value)
        }
    }
}
