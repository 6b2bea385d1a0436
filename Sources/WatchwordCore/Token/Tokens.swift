/// A token just made: its text leaves once, in the answer, and only a digest or a name of it stays.
public struct IssuedToken: Sendable, Equatable {
    public var text: Secret
    public var issuedAt: Timestamp
    public var expiresAt: Timestamp

    public init(text: Secret, issuedAt: Timestamp, expiresAt: Timestamp) {
        self.text = text
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }
}

/// An access token found by its digest, where the contract's claims leave no room for a `jti`.
public struct AccessTokenRecord: Hashable, Sendable {
    public var digest: TokenDigest
    public var sessionID: Session.ID
    public var accountID: Account.ID
    /// Whole seconds: the `iat` claim, unique for the account, so that no two tokens are equal.
    public var issuedSecond: Int64
    public var expiresAt: Timestamp

    public init(
        digest: TokenDigest, sessionID: Session.ID, accountID: Account.ID, issuedSecond: Int64, expiresAt: Timestamp
    ) {
        self.digest = digest
        self.sessionID = sessionID
        self.accountID = accountID
        self.issuedSecond = issuedSecond
        self.expiresAt = expiresAt
    }
}

/// A refresh token, stored as its digest. All of a session are one family (RFC 9700 section 4.14.2).
public struct RefreshTokenRecord: Hashable, Sendable {
    public var digest: TokenDigest
    public var sessionID: Session.ID
    public var expiresAt: Timestamp
    /// When it was exchanged for a successor; nothing while it is the family's current one.
    public var usedAt: Timestamp?
    /// The pair it was exchanged for, sealed, kept only where a grace is set so that a lost answer can be repeated.
    public var successor: [UInt8]?

    public init(
        digest: TokenDigest, sessionID: Session.ID, expiresAt: Timestamp, usedAt: Timestamp? = nil,
        successor: [UInt8]? = nil
    ) {
        self.digest = digest
        self.sessionID = sessionID
        self.expiresAt = expiresAt
        self.usedAt = usedAt
        self.successor = successor
    }
}

/// A ticket, stored as its digest: it opens one socket, once, for the session that asked for it.
public struct SocketTicketRecord: Hashable, Sendable {
    public var digest: TokenDigest
    public var sessionID: Session.ID
    /// The socket's path, as the client opens it.
    public var path: String
    /// The `Origin` of the request that asked; what opens the socket has the same, or none as well.
    public var origin: String?
    /// The end of the access token that asked: what the ticket opens is open by that token.
    public var tokenExpiresAt: Timestamp?
    public var expiresAt: Timestamp
    public var usedAt: Timestamp?

    public init(
        digest: TokenDigest, sessionID: Session.ID, path: String, origin: String?,
        tokenExpiresAt: Timestamp? = nil, expiresAt: Timestamp, usedAt: Timestamp? = nil
    ) {
        self.digest = digest
        self.sessionID = sessionID
        self.path = path
        self.origin = origin
        self.tokenExpiresAt = tokenExpiresAt
        self.expiresAt = expiresAt
        self.usedAt = usedAt
    }
}

/// A single-use token that travels by mail.
public struct OneTimeTokenRecord: Hashable, Sendable {
    public var digest: TokenDigest
    public var purpose: Purpose
    public var accountID: Account.ID
    /// The address it was sent to: it proves that mailbox and no later one.
    public var email: String
    public var createdAt: Timestamp
    public var expiresAt: Timestamp
    public var usedAt: Timestamp?

    public enum Purpose: String, Hashable, Sendable, CaseIterable { case verify, reset }

    public init(
        digest: TokenDigest, purpose: Purpose, accountID: Account.ID, email: String, createdAt: Timestamp,
        expiresAt: Timestamp, usedAt: Timestamp? = nil
    ) {
        self.digest = digest
        self.purpose = purpose
        self.accountID = accountID
        self.email = email
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.usedAt = usedAt
    }
}
