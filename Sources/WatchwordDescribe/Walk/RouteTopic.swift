import WatchwordCore
import WatchwordDialect

/// What routes are about: the parts in which they are shown.
public enum RouteTopic: String, CaseIterable, Sendable {
    case signingIn = "Signing up and in"
    case account = "The account"
    case links = "Links by mail"
    case sessions = "Sessions"
    case keys = "API keys"
    case agents = "Agents"
    case people = "Other accounts"
    case programs = "For programs"

    public init(_ operation: Operation) {
        switch operation {
        case .signUp, .signIn, .refresh, .renew, .signOut: self = .signingIn
        case .whoAmI, .updateAccount, .deleteAccount, .changePassword: self = .account
        case .verifyEmail, .requestVerification, .requestReset, .resetPassword: self = .links
        case .listSessions, .revokeSession, .createTicket: self = .sessions
        case .createAPIKey, .listAPIKeys, .rotateAPIKey, .revokeAPIKey: self = .keys
        case .registerAgent, .listAgents, .getAgent, .removeAgent, .updateAgent, .shareAgent, .unshareAgent:
            self = .agents
        case .getUser, .listUsers: self = .people
        case .introspect, .keySet, .static: self = .programs
        }
    }
}
