import WatchwordCore

/// What a client wants to open.
public struct ConnectionOpening: Sendable {
    /// `connect_user` opens a person's socket, `connect_agent` an agent's.
    public var role: ConnectionRecord.Role
    /// The path of the socket in the dialect, for records.
    public var route: String
    /// The path as the client opens it, for tickets; without its query.
    public var path: String
    /// Which agent, as the client wrote it, where the path says so.
    public var agentID: String?

    public init(role: ConnectionRecord.Role, route: String, path: String, agentID: String? = nil) {
        self.role = role
        self.route = route
        self.path = path
        self.agentID = agentID
    }
}

/// What a client shows for it.
public enum SocketProof: Sendable {
    case presented([PresentedCredential])
    case ticket(Secret)
}

/// An open socket, and what its dialect's words can say of it: `user`, `agent`, `session`, `api_key`.
public struct ConnectionGrant: Sendable {
    public var grant: Grant
    public var record: ConnectionRecord
}
