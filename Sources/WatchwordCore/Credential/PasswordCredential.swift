/// The enrolled password of an account: a PHC string, and a version by which replacing it is a compare-and-swap.
public struct PasswordCredential: Hashable, Sendable {
    public var accountID: Account.ID
    /// `$argon2id$v=19$m=...`: salted and slow, but still never logged.
    public var hash: String
    /// Grows by one at each change.
    public var version: Int64
    public var changedAt: Timestamp

    public init(accountID: Account.ID, hash: String, version: Int64, changedAt: Timestamp) {
        self.accountID = accountID
        self.hash = hash
        self.version = version
        self.changedAt = changedAt
    }
}
