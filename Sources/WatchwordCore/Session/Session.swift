/// Continuity after sign-in: which account, since when, from where, how authenticated.
public struct Session: Hashable, Sendable {
    public typealias ID = WatchwordCore.ID<Session>

    public var id: ID
    public var accountID: Account.ID
    /// How it began; RFC 8176 words: `pwd`, later `otp`, `hwk`.
    public var method: String
    public var address: String?
    public var userAgent: String?
    /// What the client called itself at sign-in.
    public var device: String?
    public var createdAt: Timestamp
    /// The absolute end, past any renewal or rotation.
    public var expiresAt: Timestamp
    public var ended: End?

    /// Why and when a session ended before its time.
    public struct End: Hashable, Sendable {
        public var at: Timestamp
        public var reason: Reason

        public init(at: Timestamp, reason: Reason) {
            self.at = at
            self.reason = reason
        }
    }

    public enum Reason: String, Hashable, Sendable, CaseIterable {
        case signedOut = "signed_out"
        case passwordChanged = "password_changed"
        case passwordReset = "password_reset"
        case refreshReused = "refresh_reused"
        case accountDisabled = "account_disabled"
        case revoked
    }

    public init(
        id: ID, accountID: Account.ID, method: String, address: String?, userAgent: String?, device: String? = nil,
        createdAt: Timestamp, expiresAt: Timestamp, ended: End? = nil
    ) {
        self.id = id
        self.accountID = accountID
        self.method = method
        self.address = address
        self.userAgent = userAgent
        self.device = device
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.ended = ended
    }

    /// Whether the session still carries its tokens at `now`.
    public func isLive(at now: Timestamp) -> Bool { ended == nil && now < expiresAt }
}
