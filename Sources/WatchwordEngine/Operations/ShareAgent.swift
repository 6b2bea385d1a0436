import WatchwordCore

extension Engine {
    /// Lets another account see one of the caller's agents and open its terminal. Sharing it twice, or with its owner,
    /// changes nothing.
    ///
    /// An agent that is unknown or another account's is `notFound`; so is an account that is unknown, except where the
    /// contract tells nobody which addresses have accounts: there it is granted, and nothing happens.
    func shareAgent(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let hidesAccounts = terms.accounts.hidesTaken
        return try await changeSharing(.agentShare, submission, caller) { agent, other, now, transaction in
            guard let other, !other.disabled else { return hidesAccounts }
            guard other.id != agent.accountID, try transaction.share(agent.id, with: other.id, at: now)
            else { return true }
            try transaction.append(
                event(
                    .agentShare, caller, at: now, account: agent.accountID,
                    detail: "agent \(agent.id), account \(other.id)"))
            return true
        }
    }

    /// Ends that, and with it the terminals that are open by it.
    ///
    /// An account that it is not shared with is `notFound`, known or not.
    func unshareAgent(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        try await changeSharing(.agentUnshare, submission, caller) { agent, other, now, transaction in
            guard let other, try transaction.unshare(agent.id, with: other.id) else { return false }
            try transaction.announce(.agent(agent.id))
            try transaction.append(
                event(
                    .agentUnshare, caller, at: now, account: agent.accountID,
                    detail: "agent \(agent.id), account \(other.id)"))
            return true
        }
    }

    /// Does `body` with one of the caller's own agents and the account that is named; `notFound` where it says no.
    private func changeSharing(
        _ kind: AuditEvent.Kind, _ submission: Submission, _ caller: Caller,
        _ body: @escaping @Sendable (Agent, Account?, Timestamp, any StoreTransaction) throws -> Bool
    ) async throws -> Outcome<Grant> {
        let now = clock.now()
        guard let principal = caller.principal else { return .refused(.missingToken) }
        var inputs = InputReader(submission)
        let id = inputs.requiredID(.id, of: Agent.self)
        let name = inputs.accountName([.identity, .email, .username, .uid], login: [.username, .email])
        if let refusal = inputs.refusal { return .refused(refusal) }
        // Names can be tried here; not faster than at a sign-in.
        if let refusal = admit(kind, caller, at: now) { return .refused(refusal) }

        let outcome: Outcome<Grant> = try await store.write { transaction in
            guard let account = try standing(principal, at: now, in: transaction) else {
                return .refused(.revokedToken)
            }
            guard let agent = try transaction.agent(id), agent.accountID == account.id,
                try body(agent, try name?.find(in: transaction), now, transaction)
            else { return .refused(.notFound) }
            var grant = Grant()
            grant.user = shown(account)
            grant.agent = try present(agent, to: account.id, at: now, in: transaction)
            return .granted(grant)
        }
        if let refusal = outcome.refusal {
            return refused(refusal, kind, caller, at: now, account: principal.account.id)
        }
        if kind == .agentUnshare { memory.apply([.agent(id)]) }
        return outcome
    }
}
