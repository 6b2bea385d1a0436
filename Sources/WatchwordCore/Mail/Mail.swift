/// A message in the durable outbox. Its body is sealed at rest, for it may hold a link that opens an account.
public struct Mail: Hashable, Sendable {
    public typealias ID = WatchwordCore.ID<Mail>

    public var id: ID
    public var kind: Kind
    public var recipient: String
    public var accountID: Account.ID?
    /// The sealed content of the message (`MailContent.encoded`); its realm's sealer opens it.
    public var sealed: [UInt8]
    public var createdAt: Timestamp
    public var attempts: Int64
    /// When it is next tried.
    public var dueAt: Timestamp
    public var sentAt: Timestamp?
    /// Why the last attempt failed, without secrets.
    public var lastError: String?
    /// Given up after the last attempt allowed; an operator can see it.
    public var dead: Bool

    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case verify, reset
        /// To the address that an account had until now, and to the one it has instead.
        case addressChanged = "address_changed"
        /// To the owner of an address with which somebody signed up once more.
        case signUpAttempt = "sign_up_attempt"
        /// Changed, reset, or set by an operator.
        case passwordChanged = "password_changed"
        /// From a network that the account was not opened from before.
        case newSignIn = "new_sign_in"
        case keyCreated = "key_created"
        /// A key has a successor, which has its name.
        case keyRotated = "key_rotated"
        case keyRevoked = "key_revoked"

        /// Those that tell an account's owner of something that has happened, which a realm may leave out.
        public static let notices: Set<Kind> = [
            .addressChanged, .passwordChanged, .newSignIn, .keyCreated, .keyRotated, .keyRevoked,
        ]
    }

    public init(
        id: ID, kind: Kind, recipient: String, accountID: Account.ID?, sealed: [UInt8], createdAt: Timestamp,
        attempts: Int64 = 0, dueAt: Timestamp, sentAt: Timestamp? = nil, lastError: String? = nil, dead: Bool = false
    ) {
        self.id = id
        self.kind = kind
        self.recipient = recipient
        self.accountID = accountID
        self.sealed = sealed
        self.createdAt = createdAt
        self.attempts = attempts
        self.dueAt = dueAt
        self.sentAt = sentAt
        self.lastError = lastError
        self.dead = dead
    }
}
