/// One thing the engine does. The raw value is its name in a dialect file.
public enum Operation: String, Hashable, Sendable, CaseIterable {
    case signUp = "register"
    case signIn = "login"
    case refresh
    case renew
    case whoAmI = "me"
    case updateAccount = "update_me"
    case deleteAccount = "delete_me"
    case getUser = "get_user"
    case listUsers = "list_users"
    case changePassword = "change_password"
    case signOut = "logout"
    case listSessions = "list_sessions"
    case revokeSession = "revoke_session"
    case verifyEmail = "verify_email"
    case requestVerification = "request_verify"
    case requestReset = "request_reset"
    case resetPassword = "reset_password"
    case createAPIKey = "create_api_key"
    case listAPIKeys = "list_api_keys"
    case rotateAPIKey = "rotate_api_key"
    case revokeAPIKey = "revoke_api_key"
    case registerAgent = "register_agent"
    case listAgents = "list_agents"
    case getAgent = "get_agent"
    case removeAgent = "remove_agent"
    case updateAgent = "update_agent"
    case shareAgent = "share_agent"
    case unshareAgent = "unshare_agent"
    case createTicket = "create_ticket"
    case introspect
    case keySet = "jwks"
    /// Answers the same to everybody: a version, a list of sign-in methods, a sign of life.
    case `static`

    /// What it takes, gives and refuses: everything a dialect is checked against.
    public var signature: OperationSignature {
        switch self {
        case .signUp:
            OperationSignature(
                required: [.password], optional: [.email, .username, .confirm, .name, .role, .device],
                takesFields: true,
                outputs: [.user, .access, .refresh, .apiKey, .session],
                refusals: [.validation, .weakPassword, .emailTaken, .usernameTaken, .signupClosed, .rateLimited, .busy])
        case .signIn:
            OperationSignature(
                required: [.password], optional: [.identity, .email, .username, .userID, .otp, .device],
                oneOf: [.identity, .email, .username, .userID],
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
            OperationSignature(acts: true, outputs: [.user, .session], refusals: [])
        case .updateAccount:
            OperationSignature(
                acts: true, optional: [.userID, .email, .username, .name, .currentPassword, .password, .confirm],
                takesFields: true, outputs: [.user, .access, .refresh, .session],
                refusals: [
                    .validation, .weakPassword, .emailTaken, .usernameTaken, .wrongPassword, .forbidden, .rateLimited,
                    .busy,
                ])
        case .deleteAccount:
            OperationSignature(
                acts: true, optional: [.userID, .currentPassword], outputs: [.user],
                refusals: [.validation, .wrongPassword, .forbidden, .rateLimited, .busy])
        case .getUser:
            OperationSignature(
                acts: true, optional: [.id, .username, .email], oneOf: [.id, .username, .email], outputs: [.user],
                refusals: [.validation, .notFound, .forbidden])
        case .listUsers:
            OperationSignature(
                acts: true, optional: InputName.paging + [.search], outputs: [.users, .paging],
                refusals: [.validation, .forbidden])
        case .changePassword:
            OperationSignature(
                acts: true, required: [.currentPassword, .password], optional: [.userID, .confirm],
                outputs: [.user, .access, .refresh, .session],
                refusals: [.validation, .weakPassword, .wrongPassword, .forbidden, .rateLimited, .busy])
        case .signOut:
            OperationSignature(
                acts: true, actsOr: .refreshToken, optional: [.userID, .refreshToken, .scope],
                outputs: [.user, .session],
                refusals: [.validation, .invalidRefresh, .expiredRefresh, .forbidden, .rateLimited])
        case .listSessions:
            OperationSignature(
                acts: true, optional: [.userID] + InputName.paging, outputs: [.user, .sessions, .session, .paging],
                refusals: [.validation, .forbidden])
        case .revokeSession:
            OperationSignature(
                acts: true, required: [.id], optional: [.userID], outputs: [.user, .session],
                refusals: [.validation, .notFound, .forbidden])
        case .verifyEmail:
            OperationSignature(
                required: [.token], optional: [.uid, .email, .username, .identity],
                outputs: [.user, .access, .refresh, .session],
                refusals: [.validation, .invalidLink, .expiredLink, .alreadyVerified, .rateLimited])
        case .requestVerification, .requestReset:
            OperationSignature(
                optional: [.email, .username, .identity], oneOf: [.email, .username, .identity], callerIsEnough: true,
                outputs: [.user],
                refusals: [.validation, .unknownAccount, .alreadyVerified, .rateLimited])
        case .resetPassword:
            OperationSignature(
                required: [.token, .password], optional: [.uid, .email, .username, .identity, .confirm],
                outputs: [.user, .access, .refresh, .session],
                refusals: [.validation, .weakPassword, .invalidLink, .expiredLink, .rateLimited, .busy])
        case .createAPIKey:
            OperationSignature(
                acts: true, optional: [.userID, .name, .agentID, .ttl], outputs: [.user, .apiKey],
                refusals: [.validation, .notFound, .forbidden, .rateLimited])
        case .listAPIKeys:
            OperationSignature(
                acts: true, optional: [.userID, .agentID] + InputName.paging, outputs: [.user, .apiKeys, .paging],
                refusals: [.validation, .notFound, .forbidden])
        case .rotateAPIKey:
            OperationSignature(
                acts: true, required: [.id], optional: [.userID, .overlap], outputs: [.user, .apiKey],
                refusals: [.validation, .notFound, .forbidden, .rateLimited])
        case .revokeAPIKey:
            OperationSignature(
                acts: true, required: [.id], optional: [.userID], outputs: [.user, .apiKey],
                refusals: [.validation, .notFound, .forbidden])
        case .registerAgent:
            OperationSignature(
                acts: true, required: [.name], optional: [.id], outputs: [.user, .agent],
                refusals: [.validation, .conflict])
        case .listAgents:
            OperationSignature(
                acts: true, optional: InputName.paging, outputs: [.user, .agents, .paging], refusals: [.validation])
        case .getAgent, .removeAgent:
            OperationSignature(
                acts: true, required: [.id], outputs: [.user, .agent], refusals: [.validation, .notFound])
        case .updateAgent:
            OperationSignature(
                acts: true, required: [.id, .name], outputs: [.user, .agent], refusals: [.validation, .notFound])
        case .shareAgent, .unshareAgent:
            OperationSignature(
                acts: true, required: [.id], optional: [.identity, .email, .username, .uid],
                oneOf: [.identity, .email, .username, .uid],
                outputs: [.user, .agent], refusals: [.validation, .notFound, .rateLimited])
        case .createTicket:
            OperationSignature(
                acts: true, required: [.socket], outputs: [.user, .session, .ticket],
                refusals: [.validation, .rateLimited])
        case .introspect:
            OperationSignature(
                acts: true, actsOr: .token, required: [.token],
                outputs: [.active, .user, .access, .session, .apiKey],
                refusals: [.validation, .invalidToken, .expiredToken, .revokedToken, .rateLimited])
        case .keySet: OperationSignature(outputs: [.keySet], refusals: [])
        case .static: OperationSignature(outputs: [], refusals: [])
        }
    }
}

/// What an operation takes, gives and can refuse.
public struct OperationSignature: Sendable {
    /// Whether it acts for a principal, so that its route needs `auth:`.
    public var acts: Bool
    /// An input that can stand in for the principal: a route that binds it needs no `auth:`.
    public var actsOr: InputName?
    public var required: [InputName]
    public var optional: [InputName]
    /// Of these a route must bind at least one; empty for no such rule.
    public var oneOf: [InputName]
    /// Whether a route with `auth:` needs none of them, for it then means the caller's own account.
    public var callerIsEnough: Bool
    /// Whether it takes `fields.NAME` as well.
    public var takesFields: Bool
    public var outputs: Set<OutputName>
    /// Without those of authentication, transport and faults, which every route can meet.
    public var refusals: [RefusalCode]

    init(
        acts: Bool = false, actsOr: InputName? = nil, required: [InputName] = [], optional: [InputName] = [],
        oneOf: [InputName] = [], callerIsEnough: Bool = false, takesFields: Bool = false, outputs: Set<OutputName>,
        refusals: [RefusalCode]
    ) {
        self.acts = acts
        self.actsOr = actsOr
        self.required = required
        self.optional = optional
        self.oneOf = oneOf
        self.callerIsEnough = callerIsEnough
        self.takesFields = takesFields
        self.outputs = outputs
        self.refusals = refusals
    }

    /// What any route can answer whatever it does.
    public static let everywhere: [RefusalCode] = [
        .badJSON, .unsupportedMedia, .tooLarge, .unmatchedCase, .badRequest, .headersTooLarge, .requestTimeout,
        .notFound,
        .methodNotAllowed, .insecureTransport, .rateLimited, .busy, .internal,
    ]

    /// What a route with `auth:` can answer besides.
    public static let authentication: [RefusalCode] = [
        .unauthorized, .missingToken, .invalidToken, .expiredToken, .revokedToken, .wrongTokenType, .quotaExceeded,
    ]
}

/// What a reply may mention, by its name in a dialect file.
public enum OutputName: String, Hashable, Sendable, CaseIterable {
    case user, users, access, refresh, session, sessions, agent, agents, paging, active, ticket
    case apiKey = "api_key"
    case apiKeys = "api_keys"
    case keySet = "keys"
}
