import WatchwordCore
import WatchwordEngine

/// Every call of a transaction, counted.
struct FaultingTransaction: StoreTransaction {
    let base: any StoreTransaction
    let plan: FaultPlan

    func nextNumber(_ noun: String) throws -> Int64 { try plan.pass { try base.nextNumber(noun) } }

    func insert(_ account: Account) throws -> Identifier.Kind? { try plan.pass { try base.insert(account) } }
    func update(_ account: Account) throws -> Identifier.Kind? { try plan.pass { try base.update(account) } }
    func delete(_ account: Account.ID) throws { try plan.pass { try base.delete(account) } }
    func addUsage(_ count: Int64, to account: Account.ID) throws {
        try plan.pass { try base.addUsage(count, to: account) }
    }
    func setPassword(_ credential: PasswordCredential, replacing version: Int64?) throws -> Bool {
        try plan.pass { try base.setPassword(credential, replacing: version) }
    }

    func insert(_ session: Session) throws { try plan.pass { try base.insert(session) } }
    func endSession(_ id: Session.ID, _ end: Session.End) throws -> Bool {
        try plan.pass { try base.endSession(id, end) }
    }
    func endSessions(of account: Account.ID, except kept: Session.ID?, _ end: Session.End) throws -> [Session.ID] {
        try plan.pass { try base.endSessions(of: account, except: kept, end) }
    }

    func insert(_ token: AccessTokenRecord) throws { try plan.pass { try base.insert(token) } }
    func insert(_ token: RefreshTokenRecord) throws { try plan.pass { try base.insert(token) } }
    func useRefreshToken(_ digest: TokenDigest, at now: Timestamp, successor: [UInt8]?) throws -> Bool {
        try plan.pass { try base.useRefreshToken(digest, at: now, successor: successor) }
    }
    func insert(_ token: OneTimeTokenRecord) throws { try plan.pass { try base.insert(token) } }
    func voidOneTimeTokens(of account: Account.ID, purpose: OneTimeTokenRecord.Purpose, at now: Timestamp) throws {
        try plan.pass { try base.voidOneTimeTokens(of: account, purpose: purpose, at: now) }
    }
    func failOneTimeToken(
        of account: Account.ID, purpose: OneTimeTokenRecord.Purpose, limit: Int64, at now: Timestamp
    ) throws {
        try plan.pass { try base.failOneTimeToken(of: account, purpose: purpose, limit: limit, at: now) }
    }
    func useOneTimeToken(_ digest: TokenDigest, at now: Timestamp) throws -> Bool {
        try plan.pass { try base.useOneTimeToken(digest, at: now) }
    }

    func insert(_ key: APIKey) throws { try plan.pass { try base.insert(key) } }
    func revokeAPIKey(_ id: APIKey.ID, at now: Timestamp) throws -> Bool {
        try plan.pass { try base.revokeAPIKey(id, at: now) }
    }
    func supersedeAPIKey(_ id: APIKey.ID, at now: Timestamp, until end: Timestamp) throws -> Bool {
        try plan.pass { try base.supersedeAPIKey(id, at: now, until: end) }
    }
    func touchAPIKey(_ id: APIKey.ID, at now: Timestamp) throws { try plan.pass { try base.touchAPIKey(id, at: now) } }

    func insert(_ agent: Agent) throws { try plan.pass { try base.insert(agent) } }
    func update(_ agent: Agent) throws { try plan.pass { try base.update(agent) } }
    func delete(_ agent: Agent.ID) throws { try plan.pass { try base.delete(agent) } }

    func insert(_ key: SigningKeyRecord) throws -> Bool { try plan.pass { try base.insert(key) } }
    func update(_ key: SigningKeyRecord) throws { try plan.pass { try base.update(key) } }

    func insert(_ mail: Mail) throws { try plan.pass { try base.insert(mail) } }
    func update(_ mail: Mail) throws { try plan.pass { try base.update(mail) } }
    func removeMail(_ id: Mail.ID) throws -> Bool { try plan.pass { try base.removeMail(id) } }
    func append(_ event: AuditEvent) throws { try plan.pass { try base.append(event) } }
    func announce(_ change: Change) throws { try plan.pass { try base.announce(change) } }
    func removeExpired(at now: Timestamp, limit: Int64) throws -> Int {
        try plan.pass { try base.removeExpired(at: now, limit: limit) }
    }
}

/// What a transaction reads.
extension FaultingTransaction {
    private var reading: FaultingReading { FaultingReading(base: base, plan: plan) }

    func account(_ id: Account.ID) throws -> Account? { try reading.account(id) }
    func account(_ identifier: Identifier) throws -> Account? { try reading.account(identifier) }
    func accounts(limit: Int64, offset: Int64) throws -> [Account] {
        try reading.accounts(limit: limit, offset: offset)
    }
    func accountCount() throws -> Int64 { try reading.accountCount() }
    func accounts(startingWith prefix: String, limit: Int64, offset: Int64) throws -> [Account] {
        try reading.accounts(startingWith: prefix, limit: limit, offset: offset)
    }
    func accountCount(startingWith prefix: String) throws -> Int64 {
        try reading.accountCount(startingWith: prefix)
    }
    func passwordCredential(of account: Account.ID) throws -> PasswordCredential? {
        try reading.passwordCredential(of: account)
    }
    func session(_ id: Session.ID) throws -> Session? { try reading.session(id) }
    func sessions(of account: Account.ID, liveAt now: Timestamp) throws -> [Session] {
        try reading.sessions(of: account, liveAt: now)
    }
    func accessToken(_ digest: TokenDigest) throws -> AccessTokenRecord? {
        try reading.accessToken(digest)
    }
    func freeIssueSecond(of account: Account.ID, notAfter second: Int64) throws -> Int64 {
        try reading.freeIssueSecond(of: account, notAfter: second)
    }
    func refreshToken(_ digest: TokenDigest) throws -> RefreshTokenRecord? {
        try reading.refreshToken(digest)
    }
    func oneTimeToken(_ digest: TokenDigest) throws -> OneTimeTokenRecord? {
        try reading.oneTimeToken(digest)
    }
    func oneTimeToken(of account: Account.ID, purpose: OneTimeTokenRecord.Purpose) throws -> OneTimeTokenRecord? {
        try reading.oneTimeToken(of: account, purpose: purpose)
    }
    func apiKey(_ id: APIKey.ID) throws -> APIKey? { try reading.apiKey(id) }
    func apiKey(_ digest: TokenDigest) throws -> APIKey? { try reading.apiKey(digest) }
    func apiKeys(of account: Account.ID, agent: Agent.ID?) throws -> [APIKey] {
        try reading.apiKeys(of: account, agent: agent)
    }
    func agent(_ id: Agent.ID) throws -> Agent? { try reading.agent(id) }
    func agents(of account: Account.ID, limit: Int64, offset: Int64) throws -> [Agent] {
        try reading.agents(of: account, limit: limit, offset: offset)
    }
    func agentCount(of account: Account.ID) throws -> Int64 { try reading.agentCount(of: account) }
    func signingKeys() throws -> [SigningKeyRecord] { try reading.signingKeys() }
    func mail(_ id: Mail.ID) throws -> Mail? { try reading.mail(id) }
    func mails(limit: Int64) throws -> [Mail] { try reading.mails(limit: limit) }
    func deadMails(limit: Int64) throws -> [Mail] { try reading.deadMails(limit: limit) }
    func mailsDue(at now: Timestamp, limit: Int64) throws -> [Mail] {
        try reading.mailsDue(at: now, limit: limit)
    }
    func auditEvents(of account: Account.ID?, limit: Int64) throws -> [AuditEvent] {
        try reading.auditEvents(of: account, limit: limit)
    }
    func changes(after sequence: Int64) throws -> [(sequence: Int64, change: Change)] {
        try reading.changes(after: sequence)
    }
    func lastChange() throws -> Int64 { try reading.lastChange() }
}
