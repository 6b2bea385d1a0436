import WatchwordCore
import WatchwordEngine

/// Every call of a reading, counted.
struct FaultingReading: StoreReading {
    let base: any StoreReading
    let plan: FaultPlan

    func account(_ id: Account.ID) throws -> Account? { try plan.pass { try base.account(id) } }
    func account(_ identifier: Identifier) throws -> Account? { try plan.pass { try base.account(identifier) } }
    func accounts(limit: Int64, offset: Int64) throws -> [Account] {
        try plan.pass { try base.accounts(limit: limit, offset: offset) }
    }
    func accountCount() throws -> Int64 { try plan.pass { try base.accountCount() } }
    func accounts(startingWith prefix: String, limit: Int64, offset: Int64) throws -> [Account] {
        try plan.pass { try base.accounts(startingWith: prefix, limit: limit, offset: offset) }
    }
    func accountCount(startingWith prefix: String) throws -> Int64 {
        try plan.pass { try base.accountCount(startingWith: prefix) }
    }
    func passwordCredential(of account: Account.ID) throws -> PasswordCredential? {
        try plan.pass { try base.passwordCredential(of: account) }
    }
    func session(_ id: Session.ID) throws -> Session? { try plan.pass { try base.session(id) } }
    func sessions(of account: Account.ID, liveAt now: Timestamp) throws -> [Session] {
        try plan.pass { try base.sessions(of: account, liveAt: now) }
    }
    func accessToken(_ digest: TokenDigest) throws -> AccessTokenRecord? {
        try plan.pass { try base.accessToken(digest) }
    }
    func freeIssueSecond(of account: Account.ID, notAfter second: Int64) throws -> Int64 {
        try plan.pass { try base.freeIssueSecond(of: account, notAfter: second) }
    }
    func refreshToken(_ digest: TokenDigest) throws -> RefreshTokenRecord? {
        try plan.pass { try base.refreshToken(digest) }
    }
    func oneTimeToken(_ digest: TokenDigest) throws -> OneTimeTokenRecord? {
        try plan.pass { try base.oneTimeToken(digest) }
    }
    func oneTimeToken(of account: Account.ID, purpose: OneTimeTokenRecord.Purpose) throws -> OneTimeTokenRecord? {
        try plan.pass { try base.oneTimeToken(of: account, purpose: purpose) }
    }
    func apiKey(_ id: APIKey.ID) throws -> APIKey? { try plan.pass { try base.apiKey(id) } }
    func apiKey(_ digest: TokenDigest) throws -> APIKey? { try plan.pass { try base.apiKey(digest) } }
    func apiKeys(of account: Account.ID, agent: Agent.ID?) throws -> [APIKey] {
        try plan.pass { try base.apiKeys(of: account, agent: agent) }
    }
    func agent(_ id: Agent.ID) throws -> Agent? { try plan.pass { try base.agent(id) } }
    func agents(of account: Account.ID, limit: Int64, offset: Int64) throws -> [Agent] {
        try plan.pass { try base.agents(of: account, limit: limit, offset: offset) }
    }
    func agentCount(of account: Account.ID) throws -> Int64 { try plan.pass { try base.agentCount(of: account) } }
    func signingKeys() throws -> [SigningKeyRecord] { try plan.pass { try base.signingKeys() } }
    func mail(_ id: Mail.ID) throws -> Mail? { try plan.pass { try base.mail(id) } }
    func mails(limit: Int64) throws -> [Mail] { try plan.pass { try base.mails(limit: limit) } }
    func deadMails(limit: Int64) throws -> [Mail] { try plan.pass { try base.deadMails(limit: limit) } }
    func mailsDue(at now: Timestamp, limit: Int64) throws -> [Mail] {
        try plan.pass { try base.mailsDue(at: now, limit: limit) }
    }
    func auditEvents(of account: Account.ID?, limit: Int64) throws -> [AuditEvent] {
        try plan.pass { try base.auditEvents(of: account, limit: limit) }
    }
    func changes(after sequence: Int64) throws -> [(sequence: Int64, change: Change)] {
        try plan.pass { try base.changes(after: sequence) }
    }
    func lastChange() throws -> Int64 { try plan.pass { try base.lastChange() } }
}
