import WatchwordCore
import WatchwordDialect

extension SampleText {
    /// What an operation grants, every output of its signature that the dialect gives.
    func grant(_ operation: Operation) -> Grant {
        let outputs = operation.signature.outputs
        var grant = Grant()
        // Where a route is signed, more than the signature says can be told of its caller.
        grant.user = account
        if outputs.contains(.users) { grant.users = [account] }
        if outputs.contains(.access) { grant.access = issued(accessToken, terms.access.lifetime) }
        if outputs.contains(.refresh), let refresh = terms.refresh {
            grant.refresh = issued(refreshToken, refresh.lifetime)
        }
        if outputs.contains(.ticket) {
            grant.ticket = issued("8Jc1vVQn0sTzKq3LxWb5Yt7Er2Ua9Pd4Fg6Hh8Mm1Nk", .seconds(30))
        }
        if outputs.contains(.session) { grant.session = session }
        if outputs.contains(.sessions) { grant.sessions = [session] }
        if outputs.contains(.apiKey), terms.apiKeys != nil {
            grant.apiKey = IssuedAPIKey(key: key, secret: Secret(apiKey))
        }
        if outputs.contains(.apiKeys) { grant.apiKeys = [key] }
        if outputs.contains(.agent) { grant.agent = agent }
        if outputs.contains(.agents) { grant.agents = [agent] }
        if outputs.contains(.paging) { grant.paging = Paging(total: 1, limit: 20, offset: 0, count: 1) }
        if outputs.contains(.active) { grant.active = true }
        if outputs.contains(.keySet) { grant.keySet = Self.keySet }
        return grant
    }

    /// What the opening of a socket grants.
    func grant(opening socket: Socket) -> Grant {
        var grant = Grant()
        grant.user = account
        if socket.takes.contains(.access) { grant.session = session }
        if socket.takes.contains(.apiKey), terms.apiKeys != nil {
            grant.apiKey = IssuedAPIKey(key: key, secret: nil)
        }
        if socket.operation == .connectAgent || socket.agentParameter != nil { grant.agent = agent }
        return grant
    }

    /// A refusal with all that its words can name.
    func refusal(_ code: RefusalCode, on route: Route?) -> Refusal {
        var refusal = Refusal(code)
        let isValidation = sequence(first: code, next: \.parent).contains(.validation)
        switch code {
        case .validation:
            if let input = route?.bindings.first(where: { !$0.isConstant })?.input {
                refusal.problems = [InputProblem(input, .required)]
            }
        case .weakPassword: refusal.problems = [InputProblem(.password, .common)]
        case .badJSON: refusal.problems = [InputProblem(.body, .json)]
        case .unsupportedMedia: refusal.problems = [InputProblem(.body, .media)]
        case .tooLarge: refusal.problems = [InputProblem(.body, .size, bound: 65_536)]
        case .rateLimited, .busy: refusal.retryAfter = 30
        case .methodNotAllowed: refusal.allow = ["POST", "OPTIONS"]
        case .internal: refusal.faultID = "01J9Z3K8QW5X7Y2V4B6N8M0P1R"
        default: break
        }
        if !isValidation { refusal.problems = [] }
        return refusal
    }

    private var account: Account {
        var fields: [String: Value] = [:]
        for field in terms.accounts.fields where field.initial != .null { fields[field.name] = field.initial }
        return Account(
            id: Account.ID(id()), email: Self.email, username: Self.username, emailVerified: true, name: Self.name,
            role: terms.accounts.roles.first, fields: fields, usageCount: 5, usageLimit: terms.apiKeys?.usageLimit,
            createdAt: Self.moment, updatedAt: Self.moment)
    }

    private var session: Session {
        Session(
            id: Session.ID("Zs2vKq8hT1mYb4Xc"), accountID: Account.ID(id()), method: "pwd", address: "192.0.2.7",
            userAgent: "curl/8.14.1", device: "laptop", createdAt: Self.moment,
            expiresAt: Self.moment + terms.session.maximum)
    }

    private var key: APIKey {
        APIKey(
            id: APIKey.ID(id(2)), accountID: Account.ID(id()),
            agentID: terms.apiKeys?.boundToAgent == true ? Agent.ID(id(3)) : nil, name: "laptop",
            digest: TokenDigest([UInt8](repeating: 0, count: 32)), hint: String(apiKey.prefix(8)),
            createdAt: Self.moment, lastUsedAt: Self.moment)
    }

    private var agent: Agent {
        Agent(
            id: Agent.ID(id(3)), accountID: Account.ID(id()), name: "laptop", createdAt: Self.moment,
            lastSeenAt: Self.moment, lastAddress: "192.0.2.9", version: "vsay-agent/1.0", connectedAt: Self.moment,
            online: true)
    }

    private func issued(_ text: String, _ lifetime: Lifetime) -> IssuedToken {
        IssuedToken(text: Secret(text), issuedAt: Self.moment, expiresAt: Self.moment + lifetime)
    }

    private static let keySet = Value.array([
        .object([
            .init("kty", .string("EC")), .init("crv", .string("P-256")), .init("kid", .string("2026-03")),
            .init("alg", .string("ES256")), .init("use", .string("sig")),
        ])
    ])
}

extension Binding {
    /// Whether its value is in the file and not in the request.
    var isConstant: Bool { sources.allSatisfy { if case .constant = $0 { true } else { false } } }
}
