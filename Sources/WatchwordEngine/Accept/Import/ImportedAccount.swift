import WatchwordCore

/// An account as a record of another system has it, every part read by the realm's rules.
struct ImportedAccount: Sendable {
    /// The id there, in the one form that ids of the realm have if it is one; else what stands in for it.
    var source: String
    /// Of the record.
    var digest: TokenDigest
    /// With the id there; of a record without one, empty.
    var account: Account
    /// Whether the record says when the account was made.
    var isDated: Bool
    var passwordHash: Secret?
    var passwordChangedAt: Timestamp?
    var tokens: [ImportedToken] = []
    /// Tokens of the record that have ended, and are left out.
    var endedTokens: Int64 = 0
}

/// An opaque token of another system.
struct ImportedToken: Sendable {
    var digest: TokenDigest
    var kind: PresentedCredential.Kind
    var expiresAt: Timestamp
    /// What is one session there; tokens without this have a session each.
    var session: String?
}

/// How records are read.
public struct ImportOptions: Sendable {
    /// Accounts get ids of this realm; those of the other system stay known, so that its tokens find their accounts.
    public var newIDs: Bool
    /// Everything is checked and nothing is written.
    public var isDry: Bool

    public init(newIDs: Bool = false, isDry: Bool = false) {
        self.newIDs = newIDs
        self.isDry = isDry
    }

    /// The names that a record may use; `fields.NAME` besides, for each of the dialect's fields.
    public static let names = [
        "id", "email", "email_verified", "username", "name", "role", "fields", "password_hash", "password_changed_at",
        "disabled", "usage_count", "usage_limit", "created_at", "updated_at", "tokens",
    ]
}
