import WatchwordCore

/// A session that has just begun, with its first tokens.
struct OpenedSession: Sendable {
    var session: Session
    var access: IssuedToken
    var refresh: IssuedToken?
    /// Whether the account was opened from there before.
    var network: NetworkStanding
}

extension Engine {
    /// Characters kept of what a client calls itself.
    private static let userAgentLength = 256

    /// Begins a session and issues its first tokens.
    ///
    /// `method` is a word of RFC 8176 for how it was proved whose it is, `device` what the client calls itself.
    /// Its absolute end is the realm's, or sooner that of a refresh token which is never replaced.
    func openSession(
        of account: Account, method: String = "pwd", device: String? = nil, _ caller: Caller, at now: Timestamp,
        in transaction: any StoreTransaction
    ) throws -> OpenedSession {
        var span = terms.session.maximum
        if let refresh = terms.refresh, refresh.use == .reuse { span = min(span, refresh.lifetime) }
        let session = Session(
            id: newSessionID(), accountID: account.id, method: method, address: caller.address.text,
            userAgent: keptUserAgent(caller), device: device, createdAt: now, expiresAt: now + span)
        try transaction.insert(session)
        let access = try issueAccess(account, session, at: now, in: transaction)
        let refresh = try terms.refresh.map { try issueRefresh(account, session, $0, at: now, in: transaction) }
        let network = try noteNetwork(of: account.id, caller, at: now, in: transaction)
        return OpenedSession(session: session, access: access, refresh: refresh, network: network)
    }

    /// What is kept of the name that a client gives itself.
    func keptUserAgent(_ caller: Caller) -> String? {
        caller.userAgent.map { String($0.prefix(Self.userAgentLength)) }
    }

    /// The account as an answer shows it: with the uses that are counted but not yet written.
    func shown(_ account: Account) -> Account {
        guard terms.apiKeys?.usageLimit != nil else { return account }
        var account = account
        account.usageCount = memory.uses.total(of: account)
        return account
    }
}

extension Grant {
    mutating func show(_ opened: OpenedSession) {
        session = opened.session
        access = opened.access
        refresh = opened.refresh
    }
}
