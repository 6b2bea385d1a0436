/// One thing the engine does. The raw value is its name in a dialect file.
public enum Operation: String, Hashable, Sendable, CaseIterable {
    case signUp = "register"
    case signIn = "login"
    case refresh
    case renew
    case whoAmI = "me"
    case changePassword = "change_password"
    case signOut = "logout"
    case verifyEmail = "verify_email"
    case requestVerification = "request_verify"
    case requestReset = "request_reset"
    case resetPassword = "reset_password"
    case createAPIKey = "create_api_key"
    case listAPIKeys = "list_api_keys"
    case revokeAPIKey = "revoke_api_key"
    case registerAgent = "register_agent"
    case listAgents = "list_agents"
    /// Answers the same to everybody: a version, a list of sign-in methods, a sign of life.
    case `static`

    /// What it takes, gives and refuses: everything a dialect is checked against.
    public var signature: OperationSignature {
        switch self {
        case .signUp:
            OperationSignature(
                required: [.password], optional: [.email, .username, .confirm, .name], takesFields: true,
                outputs: [.user, .access, .refresh, .apiKey, .session],
                refusals: [.validation, .weakPassword, .emailTaken, .usernameTaken, .signupClosed, .rateLimited, .busy])
        case .signIn:
            OperationSignature(
                required: [.password], optional: [.identity, .email, .username], oneOf: [.identity, .email, .username],
                outputs: [.user, .access, .refresh, .apiKey, .session],
                refusals: [
                    .validation, .invalidCredentials, .emailNotVerified, .accountDisabled, .rateLimited, .busy,
                ])
        case .refresh:
            OperationSignature(
                required: [.refreshToken], outputs: [.user, .access, .refresh, .session],
                refusals: [.validation, .invalidRefresh, .expiredRefresh, .reusedRefresh, .rateLimited])
        case .renew:
            OperationSignature(acts: true, outputs: [.user, .access, .session], refusals: [])
        case .whoAmI:
            OperationSignature(acts: true, outputs: [.user], refusals: [])
        case .changePassword:
            OperationSignature(
                acts: true, required: [.currentPassword, .password], optional: [.confirm],
                outputs: [.user, .access, .refresh, .session],
                refusals: [.validation, .weakPassword, .wrongPassword, .rateLimited, .busy])
        case .signOut:
            OperationSignature(
                acts: true, optional: [.refreshToken, .scope], outputs: [], refusals: [.validation])
        case .verifyEmail:
            OperationSignature(
                required: [.token], outputs: [.user],
                refusals: [.validation, .invalidLink, .expiredLink, .alreadyVerified, .rateLimited])
        case .requestVerification, .requestReset:
            OperationSignature(required: [.email], outputs: [], refusals: [.validation, .rateLimited])
        case .resetPassword:
            OperationSignature(
                required: [.token, .password], optional: [.confirm], outputs: [.user],
                refusals: [.validation, .weakPassword, .invalidLink, .expiredLink, .rateLimited, .busy])
        case .createAPIKey:
            OperationSignature(
                acts: true, optional: [.name, .agentID], outputs: [.apiKey], refusals: [.validation, .notFound])
        case .listAPIKeys:
            OperationSignature(
                acts: true, optional: [.agentID, .limit, .offset], outputs: [.apiKeys, .total],
                refusals: [.validation, .notFound])
        case .revokeAPIKey:
            OperationSignature(acts: true, required: [.id], outputs: [], refusals: [.validation, .notFound])
        case .registerAgent:
            OperationSignature(
                acts: true, required: [.name], optional: [.id], outputs: [.agent], refusals: [.validation, .conflict])
        case .listAgents:
            OperationSignature(
                acts: true, optional: [.limit, .offset], outputs: [.agents, .total], refusals: [.validation])
        case .static: OperationSignature(outputs: [], refusals: [])
        }
    }
}

/// What an operation takes, gives and can refuse.
public struct OperationSignature: Sendable {
    /// Whether it acts for a principal, so that its route needs `auth:`.
    public var acts: Bool
    public var required: [InputName]
    public var optional: [InputName]
    /// Of these a route must bind at least one; empty for no such rule.
    public var oneOf: [InputName]
    /// Whether it takes `fields.NAME` as well.
    public var takesFields: Bool
    public var outputs: Set<OutputName>
    /// Without those of authentication, transport and faults, which every route can meet.
    public var refusals: [RefusalCode]

    init(
        acts: Bool = false, required: [InputName] = [], optional: [InputName] = [], oneOf: [InputName] = [],
        takesFields: Bool = false, outputs: Set<OutputName>, refusals: [RefusalCode]
    ) {
        self.acts = acts
        self.required = required
        self.optional = optional
        self.oneOf = oneOf
        self.takesFields = takesFields
        self.outputs = outputs
        self.refusals = refusals
    }

    /// What any route can answer whatever it does.
    public static let everywhere: [RefusalCode] = [
        .badJSON, .unsupportedMedia, .tooLarge, .badRequest, .headersTooLarge, .requestTimeout, .notFound,
        .methodNotAllowed, .insecureTransport, .rateLimited, .busy, .internal,
    ]

    /// What a route with `auth:` can answer besides.
    public static let authentication: [RefusalCode] = [
        .unauthorized, .missingToken, .invalidToken, .expiredToken, .revokedToken, .wrongTokenType, .quotaExceeded,
    ]
}

/// What a reply may mention, by its name in a dialect file.
public enum OutputName: String, Hashable, Sendable, CaseIterable {
    case user, access, refresh, session, agent, agents, total
    case apiKey = "api_key"
    case apiKeys = "api_keys"
}

/// What an operation granted: the outputs of its signature, no more.
public struct Grant: Sendable, Equatable {
    public var user: Account?
    public var access: IssuedToken?
    public var refresh: IssuedToken?
    public var session: Session?
    public var apiKey: IssuedAPIKey?
    public var apiKeys: [APIKey] = []
    public var agent: Agent?
    public var agents: [Agent] = []
    public var total: Int64?

    public init() {}
}
