/// The inputs that operations know; a dialect says where in a request each is found.
public enum InputName: Hashable, Sendable {
    case email, username, identity
    /// Whose: of `login` an account's id; of what acts for its caller, the caller's own id or `me`.
    case userID
    case password, confirm, currentPassword
    case name
    case role
    case token, refreshToken, uid
    case id, agentID
    case scope
    /// A one-time code of a second factor; read and, where no account has one, not asked for.
    case otp
    /// What the client calls itself: kept with the session.
    case device
    /// How long what is made is to last, in seconds.
    case ttl
    /// How long a rotated key stays good beside its successor, in seconds.
    case overlap
    case search
    /// The path of a socket, as a client will open it.
    case socket
    case limit, offset, page, perPage
    /// The number of a page, from 0.
    case pageIndex
    /// The request body as a whole, of which a problem can speak; no input of an operation.
    case body
    /// One of the dialect's typed extras.
    case field(String)

    /// How part of a list is asked for: by `limit` and `offset`, or by `page` (from 1) or `page_index` (from 0) and
    /// `per_page`.
    public static let paging: [InputName] = [.limit, .offset, .page, .pageIndex, .perPage]

    /// The name in a dialect file.
    public var text: String {
        switch self {
        case .email: "email"
        case .username: "username"
        case .identity: "identity"
        case .userID: "user_id"
        case .password: "password"
        case .confirm: "confirm"
        case .currentPassword: "current_password"
        case .name: "name"
        case .token: "token"
        case .refreshToken: "refresh_token"
        case .id: "id"
        case .agentID: "agent_id"
        case .role: "role"
        case .uid: "uid"
        case .scope: "scope"
        case .otp: "otp"
        case .device: "device"
        case .ttl: "ttl"
        case .overlap: "overlap"
        case .search: "search"
        case .socket: "socket"
        case .limit: "limit"
        case .offset: "offset"
        case .page: "page"
        case .pageIndex: "page_index"
        case .perPage: "per_page"
        case .body: "body"
        case .field(let name): "fields.\(name)"
        }
    }

    /// Whether what it holds must never be echoed or logged.
    public var isSecret: Bool {
        switch self {
        case .password, .confirm, .currentPassword, .token, .refreshToken, .otp: true
        default: false
        }
    }
}

/// What one request said, by input. A missing input is absent; an explicit null is `.null`.
public struct Submission: Sendable, Equatable {
    public private(set) var entries: [(name: InputName, value: Value)] = []
    /// What the route binds, in its order: of these an operation can say that they are missing.
    public var bound: [InputName] = []

    public init() {}
    public init(_ entries: [InputName: Value]) {
        for (name, value) in entries { self[name] = value }
    }

    public subscript(name: InputName) -> Value? {
        get { entries.first { $0.name == name }?.value }
        set {
            entries.removeAll { $0.name == name }
            if let newValue { entries.append((name, newValue)) }
        }
    }

    public static func == (left: Submission, right: Submission) -> Bool {
        left.bound == right.bound && left.entries.count == right.entries.count
            && left.entries.allSatisfy { right[$0.name] == $0.value }
    }
}
