import WatchwordCore

extension Engine {
    /// With whom the caller shares one of its own agents, in the order in which it began to, a thousand at most: their
    /// ids, and what they are known by, which is a username where they have one and else their address.
    ///
    /// An agent that is unknown and one that is another account's, shared or not, are alike `notFound`.
    public func accounts(sharingAgent id: Agent.ID, _ caller: Caller) async throws -> Outcome<[Account]> {
        let now = clock.now()
        guard let principal = caller.principal else { return .refused(.missingToken) }
        return try await store.read { reading in
            guard let account = try standing(principal, at: now, in: reading) else { return .refused(.revokedToken) }
            guard let agent = try reading.agent(id), agent.accountID == account.id else { return .refused(.notFound) }
            return .granted(try reading.accounts(sharing: id, limit: 1_000).map(known))
        }
    }

    /// What one account is told of another: no name, and no address beside a username.
    func known(_ account: Account) -> Account {
        Account(
            id: account.id, email: account.username == nil ? account.email : nil, username: account.username,
            createdAt: account.createdAt, updatedAt: account.createdAt)
    }
}
