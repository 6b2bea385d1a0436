import WatchwordCore

extension Scope {
    func fact(_ slot: Slot) -> Fact {
        switch slot {
        case .user(let member): grant.user.map { fact(member, $0) } ?? .absent
        case .access(let member): grant.access.map { fact(member, $0) } ?? .absent
        case .refresh(let member): grant.refresh.map { fact(member, $0) } ?? .absent
        case .ticket(let member): grant.ticket.map { fact(member, $0) } ?? .absent
        case .session(let member): grant.session.map { fact(member, $0) } ?? .absent
        case .apiKey(let member): grant.apiKey.map { Self.fact(member, $0.key, secret: $0.secret) } ?? .absent
        case .agent(let member): grant.agent.map { Self.fact(member, $0) } ?? .absent
        case .paging(let member): grant.paging.map { fact(member, $0) } ?? .absent
        case .active: grant.active.map { .flag($0) } ?? .absent
        case .keySet: grant.keySet.map { .value($0) } ?? .absent
        case .extra(let name): .extra(extras[name])
        case .error(let member): refusal.map { fact(member, $0) } ?? .absent
        case .itemUser(let member): if case .user(let account) = item { fact(member, account) } else { .absent }
        case .itemSession(let member): if case .session(let session) = item { fact(member, session) } else { .absent }
        case .itemAgent(let member): if case .agent(let agent) = item { Self.fact(member, agent) } else { .absent }
        case .itemKey(let member): if case .key(let key) = item { Self.fact(member, key, secret: nil) } else { .absent }
        case .itemProblem(let member):
            if case .problem(let problem) = item { fact(member, problem) } else { .absent }
        case .request(let member): fact(member)
        }
    }

    private func fact(_ member: Slot.AccountMember, _ account: Account) -> Fact {
        switch member {
        case .id: .id(account.id.text)
        case .email: .of(account.email)
        case .username: .of(account.username)
        case .name: .of(account.name)
        case .role: .of(account.role)
        case .active: .flag(!account.disabled)
        case .emailVerified: .flag(account.emailVerified)
        case .usageCount: .number(account.usageCount)
        case .usageLimit: .of(account.usageLimit)
        case .createdAt: .time(account.createdAt)
        case .updatedAt: .time(account.updatedAt)
        case .field(let name): .extra(account.fields[name])
        }
    }

    private func fact(_ member: Slot.TokenMember, _ token: IssuedToken) -> Fact {
        switch member {
        case .token: .text(token.text.revealed)
        case .expiresIn: .number(secondsLeft(token))
        case .expiresInMilliseconds: .number(secondsLeft(token) * 1_000)
        case .expiresAt: .time(token.expiresAt)
        case .issuedAt: .time(token.issuedAt)
        case .ttl: .number(token.expiresAt.seconds - token.issuedAt.seconds)
        }
    }

    /// Of a new token all its life; of one that was only looked at (`active`), from the moment of the answer on.
    private func secondsLeft(_ token: IssuedToken) -> Int64 {
        let start = grant.active == nil ? token.issuedAt : max(token.issuedAt, context.time)
        return max(0, token.expiresAt.seconds - start.seconds)
    }

    private func fact(_ member: Slot.RequestMember) -> Fact {
        switch member {
        case .baseURL: .text(context.baseURL)
        case .path: .of(context.request?.path)
        case .method: .of(context.request?.method)
        case .url: .of(context.request.map { context.baseURL + $0.path + ($0.query.map { "?\($0)" } ?? "") })
        case .id: .text(context.id)
        case .time: .time(context.time)
        }
    }

    private func fact(_ member: Slot.PagingMember, _ paging: Paging) -> Fact {
        switch member {
        case .total: .number(paging.total)
        case .count: .number(paging.count)
        case .limit, .perPage: .number(paging.limit)
        case .offset: .number(paging.offset)
        case .page: .number(paging.page)
        case .pages: .number(paging.pages)
        case .hasMore: .flag(paging.hasMore)
        case .nextPage: paging.hasMore ? .number(paging.page + 1) : .absent
        case .previousPage: paging.page > 1 ? .number(paging.page - 1) : .absent
        case .nextOffset: paging.hasMore ? .number(paging.offset + paging.limit) : .absent
        case .previousOffset: paging.offset > 0 ? .number(max(0, paging.offset - paging.limit)) : .absent
        case .nextURL: .of(url(of: .next, paging))
        case .previousURL: .of(url(of: .previous, paging))
        case .links: .of(links(paging))
        }
    }

    private func fact(_ member: Slot.SessionMember, _ session: Session) -> Fact {
        switch member {
        // An opaque name even where the ids of accounts are numbers.
        case .id: .text(session.id.text)
        case .address: .of(session.address)
        case .device: .of(session.device)
        case .method: .text(session.method)
        case .userAgent: .of(session.userAgent)
        case .current: .flag(session.id == context.session)
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
        case .active: .flag(key.revokedAt == nil)
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
        case .address: .of(agent.lastAddress)
        case .version: .of(agent.version)
        case .connectedAt: .of(agent.connectedAt)
        case .shared: .flag(agent.isShared)
        }
    }

    private func fact(_ member: Slot.ErrorMember, _ refusal: Refusal) -> Fact {
        switch member {
        case .code: .text(refusal.code.rawValue)
        case .message: .text(message ?? refusal.code.message)
        case .retryAfter: .of(refusal.retryAfter)
        case .id: .of(refusal.faultID)
        case .status: .number(Int64(status))
        }
    }

    /// What was sent for an input; nothing for a secret.
    private func sent(_ input: InputName) -> Value? {
        guard let route, var contents = context.contents else { return nil }
        return route.value(of: input, &contents)
    }

    private func fact(_ member: Slot.ProblemMember, _ worded: WordedProblem) -> Fact {
        switch member {
        case .code: .text(worded.code)
        case .field: .text(worded.field)
        case .path: .text(worded.location.dropFirst().joined(separator: "."))
        case .loc: .value(.array(worded.location.map(Value.string)))
        case .message: .text(worded.message)
        case .min, .max: .of(worded.problem.bound)
        case .type: .of(worded.problem.expected)
        case .value: Fact.scalar(worded.problem.value) ?? Fact.extra(sent(worded.problem.input))
        case .rule: .text(worded.rule)
        }
    }
}
