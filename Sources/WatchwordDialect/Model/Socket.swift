import WatchwordCore

/// A path that opens a WebSocket (RFC 6455): who may, what is said, and what ends it.
///
/// A message is a tree like a reply's body. One that is a bare text is sent as that text, any other as JSON.
public struct Socket: Sendable, Equatable {
    public var path: [PathPiece]
    public var operation: Operation
    public var opening: Opening
    /// The parameter of the query that a ticket is in; nothing where none is taken.
    public var ticket: String?
    /// The message by which an open socket is given a new credential of the same principal; nothing for none.
    public var again: MessagePattern?
    /// The parameter of the path that names the agent.
    public var agentParameter: String?
    /// Sent as soon as the socket is open, whoever opened it.
    public var welcome: Tree?
    /// Sent once authenticated.
    public var accepted: Tree?
    public var refused = Refused()
    public var alive = Alive()
    /// What ends it and in which words; nothing for everything in the server's own.
    public var closings: [Closing]?
    public var relay: Relay?
    /// The subprotocols that may be agreed on (RFC 6455 section 1.9), besides those of a relay.
    public var subprotocols: [String] = []
    /// Bytes of the longest message taken from an authenticated client.
    public var maximumMessage = Self.usualMaximum

    public static let usualMaximum = 65_536
    /// The same before authentication, unless `maximumMessage` is less.
    public static let maximumFirst = 4_096

    /// What a socket is opened for. The raw value is its name in a dialect file.
    public enum Operation: String, Sendable, CaseIterable {
        case connectUser = "connect_user"
        case connectAgent = "connect_agent"
    }

    /// When its client says who it is.
    public enum Opening: Sendable, Equatable {
        /// In the request that opens it: each carrier that holds something must hold something good.
        case handshake([Carrier])
        /// In its first message, waited for so long.
        case firstMessage(MessagePattern, within: Lifetime)
    }

    /// The words of a refusal.
    public struct Refused: Sendable, Equatable {
        /// The answer instead of the upgrade, to what does not authenticate; nothing for the dialect's own.
        public var reply: Reply?
        /// The last message of a socket that is open.
        public var message: Tree?
        /// Its close code; nothing for 1008 (RFC 6455 section 7.4.1).
        public var closeCode: Int?

        public init() {}
    }

    /// The signs of life in messages; the frames of RFC 6455 section 5.5.2 are exchanged whatever stands here.
    public struct Alive: Sendable, Equatable {
        /// The client's, and where `every` is given the server's.
        public var ping: MessagePattern?
        public var pong: Tree?
        public var every: Lifetime?

        public init() {}
    }

    /// What ends a socket, by the name a dialect file gives it.
    public enum Event: String, Sendable, CaseIterable {
        case apiKeyRevoked = "api_key_revoked"
        case sessionRevoked = "session_revoked"
        case tokenExpired = "token_expired"
        case accountDisabled = "account_disabled"
        case agentRemoved = "agent_removed"
        case agentOffline = "agent_offline"
        case replaced, silent, unauthenticated
        case tooSlow = "too_slow"
        case tooMany = "too_many"
        case closedByOperator = "closed_by_operator"
        case serverStopping = "server_stopping"
        case `internal`
    }

    public struct Closing: Sendable, Equatable {
        public var event: Event
        /// Nothing for the server's own code.
        public var closeCode: Int?
        /// The last message before the close.
        public var message: Tree?

        public init(_ event: Event, closeCode: Int? = nil, message: Tree? = nil) {
            self.event = event
            self.closeCode = closeCode
            self.message = message
        }
    }

    /// Whom its messages are passed to. The raw value is its name in a dialect file.
    public enum Relay: String, Sendable, CaseIterable {
        /// Of a person's socket.
        case agent
        /// Of an agent's.
        case person = "user"
    }

    public init(path: [PathPiece], operation: Operation, opening: Opening) {
        self.path = path
        self.operation = operation
        self.opening = opening
    }

    /// The path as written: `/api/terminal/{agent_id}/ws`.
    public var pathText: String { path.isEmpty ? "/" : path.map { "/" + $0.text }.joined() }

    /// The carriers of the request that opens it.
    public var carriers: [Carrier] { if case .handshake(let carriers) = opening { carriers } else { [] } }

    /// Whether it is authenticated before it is open.
    public var isHandshake: Bool { if case .handshake = opening { true } else { false } }

    /// Whether the end of the access token ends it too. The session's always does.
    public var closesAtTokenExpiry: Bool { closings?.contains { $0.event == .tokenExpired } ?? true }
}

extension Socket.Event {
    public init(_ end: ConnectionEnd) {
        self =
            switch end {
            case .keyEnded: .apiKeyRevoked
            case .sessionEnded: .sessionRevoked
            case .tokenExpired: .tokenExpired
            case .accountClosed: .accountDisabled
            case .agentRemoved: .agentRemoved
            case .agentOffline: .agentOffline
            case .replaced: .replaced
            case .silent: .silent
            case .authenticationDue: .unauthenticated
            case .tooSlow: .tooSlow
            case .tooMany: .tooMany
            case .operatorClosed: .closedByOperator
            case .serverStopping: .serverStopping
            case .internal: .internal
            }
    }

    /// The end that it is.
    public var end: ConnectionEnd {
        ConnectionEnd.allCases.first { Socket.Event($0) == self } ?? .internal
    }
}
