/// Why the server ends an open socket. The raw value is its name in records and metrics.
///
/// Each has a close code of the private range (RFC 6455 section 7.4.2) or one that the RFC defines. Codes are
/// permanent: clients act on them.
public enum ConnectionEnd: String, Hashable, Sendable, CaseIterable {
    /// The server goes down or is restarted: come back.
    case serverStopping = "server_stopping"
    /// The session has ended: signed out, revoked, or its password was changed.
    case sessionEnded = "session_ended"
    /// The access token is past its end and no new one was given in band.
    case tokenExpired = "token_expired"
    /// The API key was revoked, or is past its end.
    case keyEnded = "key_ended"
    /// The account is disabled or deleted.
    case accountClosed = "account_closed"
    /// The agent was removed, or is no longer shared with who is connected.
    case agentRemoved = "agent_removed"
    /// A newer connection of the same agent has taken the place of this one.
    case replaced
    /// The agent of a terminal is not connected, or no longer.
    case agentOffline = "agent_offline"
    /// Nothing that authenticates came in time.
    case authenticationDue = "authentication_due"
    /// No sign of life in time.
    case silent
    /// What was sent was not taken in time.
    case tooSlow = "too_slow"
    /// By the operator, or by the owner of the agent on a page.
    case operatorClosed = "operator_closed"
    /// As many as are allowed are connected.
    case tooMany = "too_many"
    /// A fault of ours.
    case `internal`

    public var closeCode: Int {
        switch self {
        case .serverStopping: 1_012
        case .internal: 1_011
        case .tooMany: 1_013
        case .sessionEnded: 4_001
        case .tokenExpired: 4_002
        case .keyEnded: 4_003
        case .accountClosed: 4_004
        case .agentRemoved: 4_005
        case .replaced: 4_006
        case .agentOffline: 4_007
        case .authenticationDue: 4_008
        case .silent: 4_009
        case .operatorClosed: 4_010
        case .tooSlow: 4_011
        }
    }

    /// The reason in the close frame, for people: at most 123 bytes.
    public var reason: String {
        switch self {
        case .serverStopping: "The server is restarting"
        case .sessionEnded: "The session has ended"
        case .tokenExpired: "The token has expired"
        case .keyEnded: "The API key is no longer valid"
        case .accountClosed: "The account is closed"
        case .agentRemoved: "The agent was removed"
        case .replaced: "Replaced by a newer connection"
        case .agentOffline: "The agent is not connected"
        case .authenticationDue: "Not authenticated in time"
        case .silent: "No sign of life"
        case .tooSlow: "Too slow to receive"
        case .operatorClosed: "Closed by the operator"
        case .tooMany: "Too many connections"
        case .internal: "Internal error"
        }
    }
}
