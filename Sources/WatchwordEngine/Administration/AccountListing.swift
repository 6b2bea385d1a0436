import WatchwordCore

/// An account with what hangs on it, in numbers.
public struct AccountSummary: Hashable, Sendable {
    public var account: Account
    /// When the password was last set; nothing if there is none.
    public var passwordChangedAt: Timestamp?
    public var liveSessions: Int
    public var liveAPIKeys: Int
    public var agents: Int64
}

extension Administration {
    /// Refuses `notFound`; and `conflict` where a bare name means two accounts.
    public func find(_ reference: AccountReference) async throws -> Outcome<Account> {
        try await engine.store.read { try reference.find(in: $0) }
    }

    /// In order of creation, with how many there are in all.
    public func list(limit: Int64, offset: Int64) async throws -> (accounts: [Account], total: Int64) {
        try await engine.store.read { reading in
            (try reading.accounts(limit: limit, offset: offset), try reading.accountCount())
        }
    }

    public func show(_ reference: AccountReference) async throws -> Outcome<AccountSummary> {
        let now = engine.clock.now()
        return try await engine.store.read { reading in
            try reference.find(in: reading).map { account in
                AccountSummary(
                    account: account,
                    passwordChangedAt: try reading.passwordCredential(of: account.id)?.changedAt,
                    liveSessions: try reading.sessions(of: account.id, liveAt: now).count,
                    liveAPIKeys: try reading.apiKeys(of: account.id, agent: nil).count { $0.isLive(at: now) },
                    agents: try reading.agentCount(of: account.id))
            }
        }
    }
}
