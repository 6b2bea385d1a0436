import WatchwordCore

/// The durable memory of one realm. Every row it reads or writes is that realm's.
///
/// A write's body is one transaction: all of it stays or none, and `write` returns only after it is
/// durable. Bodies are synchronous, so that nothing waits inside a transaction. Both throw `Fault`.
public protocol Store: Sendable {
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreReading) throws -> Result
    ) async throws -> Result
    /// Serialised with every other write. A body that throws leaves nothing behind.
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws -> Result
    ) async throws -> Result
}

/// What can be looked up, within one consistent snapshot.
public protocol StoreReading: AcceptanceReading, ConnectionReading, NetworkReading {
    func account(_ id: Account.ID) throws -> Account?
    func account(_ identifier: Identifier) throws -> Account?
    /// In order of creation.
    func accounts(limit: Int64, offset: Int64) throws -> [Account]
    func accountCount() throws -> Int64
    /// Those whose address, username or name begins with the prefix, as `Identifier.key` writes them; in order of creation.
    func accounts(startingWith prefix: String, limit: Int64, offset: Int64) throws -> [Account]
    func accountCount(startingWith prefix: String) throws -> Int64
    func passwordCredential(of account: Account.ID) throws -> PasswordCredential?

    func session(_ id: Session.ID) throws -> Session?
    /// Those not ended and not past their end, newest first.
    func sessions(of account: Account.ID, liveAt now: Timestamp) throws -> [Session]
    func accessToken(_ digest: TokenDigest) throws -> AccessTokenRecord?
    /// The latest second, not after `second`, in which no access token of the account was issued.
    func freeIssueSecond(of account: Account.ID, notAfter second: Int64) throws -> Int64
    func refreshToken(_ digest: TokenDigest) throws -> RefreshTokenRecord?
    func oneTimeToken(_ digest: TokenDigest) throws -> OneTimeTokenRecord?
    /// The account's newest of the purpose that is not used.
    func oneTimeToken(of account: Account.ID, purpose: OneTimeTokenRecord.Purpose) throws -> OneTimeTokenRecord?

    func apiKey(_ id: APIKey.ID) throws -> APIKey?
    func apiKey(_ digest: TokenDigest) throws -> APIKey?
    /// Without revoked ones, oldest first; of one agent if `agent` is given.
    func apiKeys(of account: Account.ID, agent: Agent.ID?) throws -> [APIKey]

    func agent(_ id: Agent.ID) throws -> Agent?
    /// In order of creation.
    func agents(of account: Account.ID, limit: Int64, offset: Int64) throws -> [Agent]
    func agentCount(of account: Account.ID) throws -> Int64

    /// By name, each name's oldest generation first.
    func signingKeys() throws -> [SigningKeyRecord]

    func mail(_ id: Mail.ID) throws -> Mail?
    /// Newest first.
    func mails(limit: Int64) throws -> [Mail]
    /// Those given up, newest first.
    func deadMails(limit: Int64) throws -> [Mail]
    /// Neither sent nor dead, and due, oldest first.
    func mailsDue(at now: Timestamp, limit: Int64) throws -> [Mail]
    /// Newest first; of one account if `account` is given.
    func auditEvents(of account: Account.ID?, limit: Int64) throws -> [AuditEvent]
    /// What changed after the change of that number, in order.
    func changes(after sequence: Int64) throws -> [(sequence: Int64, change: Change)]
    func lastChange() throws -> Int64
}

/// What can be changed. Each method says what it guarantees; none looks at the clock.
public protocol StoreTransaction: StoreReading, AcceptanceTransaction, ConnectionTransaction, NetworkTransaction {
    /// 1, 2, 3, ...: the ids of realms that count. A number is never kept twice, even after what it named is deleted;
    /// a transaction that fails gives its number back.
    func nextNumber(_ noun: String) throws -> Int64

    /// Adds an account, or says which identifier another account has.
    func insert(_ account: Account) throws -> Identifier.Kind?
    /// Writes all but usage, or says which identifier another account has.
    func update(_ account: Account) throws -> Identifier.Kind?
    /// Removes the account with everything that hangs on it, but not its audit events.
    func delete(_ account: Account.ID) throws
    /// Adds to the uses counted.
    func addUsage(_ count: Int64, to account: Account.ID) throws

    /// Sets the password if its version is still `version` (nil: if there is none); says whether it did.
    func setPassword(_ credential: PasswordCredential, replacing version: Int64?) throws -> Bool

    func insert(_ session: Session) throws
    /// Says whether it was live until now.
    func endSession(_ id: Session.ID, _ end: Session.End) throws -> Bool
    /// Ends every live session of the account but `kept`, and returns those it ended.
    func endSessions(of account: Account.ID, except kept: Session.ID?, _ end: Session.End) throws -> [Session.ID]

    func insert(_ token: AccessTokenRecord) throws
    func insert(_ token: RefreshTokenRecord) throws
    /// Marks the token used if it was not; says whether it did. The compare-and-swap of rotation.
    func useRefreshToken(_ digest: TokenDigest, at now: Timestamp, successor: [UInt8]?) throws -> Bool
    func insert(_ token: OneTimeTokenRecord) throws
    /// Marks every unused token of the account and purpose as used.
    func voidOneTimeTokens(of account: Account.ID, purpose: OneTimeTokenRecord.Purpose, at now: Timestamp) throws
    /// Counts a wrong guess at the account's unused tokens of the purpose, and marks those used that have had `limit`.
    func failOneTimeToken(
        of account: Account.ID, purpose: OneTimeTokenRecord.Purpose, limit: Int64, at now: Timestamp) throws
    /// Marks the token used if it was not; says whether it did.
    func useOneTimeToken(_ digest: TokenDigest, at now: Timestamp) throws -> Bool

    func insert(_ key: APIKey) throws
    /// Says whether it was live until now.
    func revokeAPIKey(_ id: APIKey.ID, at now: Timestamp) throws -> Bool
    /// Notes that a live key without a successor has one now, and is good until `end` or its own end if that is sooner;
    /// says whether it did.
    func supersedeAPIKey(_ id: APIKey.ID, at now: Timestamp, until end: Timestamp) throws -> Bool
    /// Notes the time of the last use; an earlier time than the one stored changes nothing.
    func touchAPIKey(_ id: APIKey.ID, at now: Timestamp) throws

    func insert(_ agent: Agent) throws
    /// Writes its name.
    func update(_ agent: Agent) throws
    func delete(_ agent: Agent.ID) throws

    /// Adds the next generation of a name, or says that another has been first.
    func insert(_ key: SigningKeyRecord) throws -> Bool
    /// Writes from when it signs and until when it verifies.
    func update(_ key: SigningKeyRecord) throws

    func insert(_ mail: Mail) throws
    /// Writes attempts, due time, sent time, last error and death.
    func update(_ mail: Mail) throws
    /// Whether there was one.
    func removeMail(_ id: Mail.ID) throws -> Bool
    func append(_ event: AuditEvent) throws
    /// Tells every process on this database that something cached has changed.
    func announce(_ change: Change) throws

    /// Removes up to `limit` rows that nothing can need after `now`: tokens, tickets, sessions and signing keys past their
    /// end, mails sent and changes announced more than a day before. Returns how many.
    func removeExpired(at now: Timestamp, limit: Int64) throws -> Int
}

/// A fact that caches may hold and that no longer stands.
public enum Change: Hashable, Sendable {
    /// The account itself, or everything that opens it.
    case account(Account.ID)
    case session(Session.ID)
    case apiKey(APIKey.ID)
    /// Who may reach the agent, or that it is there.
    case agent(Agent.ID)
}
