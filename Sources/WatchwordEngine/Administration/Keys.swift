import WatchwordCore

extension Administration {
    /// The account's live API keys, oldest first.
    public func keys(of reference: AccountReference) async throws -> Outcome<[APIKey]> {
        let now = engine.clock.now()
        return try await engine.store.read { reading in
            try reference.find(in: reading).map { account in
                try reading.apiKeys(of: account.id, agent: nil).filter { $0.isLive(at: now) }
            }
        }
    }

    /// Makes an API key; its secret is in this answer only, unless the contract shows keys always.
    ///
    /// Refuses `notFound` for an unknown account, an agent that is not the account's, and a realm without API keys;
    /// `validation` where keys hang on agents and none is named.
    public func createKey(
        of reference: AccountReference, agent: Agent.ID? = nil, name: String? = nil
    ) async throws -> Outcome<IssuedAPIKey> {
        guard let terms = engine.terms.apiKeys else { return .refused(.notFound) }
        if terms.boundToAgent, agent == nil {
            return .refused(Refusal(.validation, problems: [InputProblem(.agentID, .required)]))
        }
        var rules = AccountRules(engine.terms)
        let name = rules.name(name)
        if let refusal = rules.refusal { return .refused(refusal) }
        return try await change(reference) { account, now, transaction in
            if let agent, try transaction.agent(agent)?.accountID != account.id { return .refused(.notFound) }
            let issued = try engine.makeAPIKey(for: account.id, agent: agent, name: name, at: now, in: transaction)
            try transaction.append(event(.keyCreate, at: now, account: account.id, detail: "key \(issued.key.id)"))
            try engine.notify(.keyCreated, account, key: issued.key, by: nil, at: now, in: transaction)
            return .granted(issued)
        }
    }

    /// Ends an API key. Refuses `notFound` if there is none or it has ended.
    public func revokeKey(_ id: APIKey.ID) async throws -> Outcome<APIKey> {
        let now = engine.clock.now()
        let outcome: Outcome<APIKey> = try await engine.store.write { transaction in
            guard let key = try transaction.apiKey(id), key.isLive(at: now),
                try transaction.revokeAPIKey(id, at: now)
            else { return .refused(.notFound) }
            try transaction.announce(.apiKey(id))
            try transaction.append(event(.keyRevoke, at: now, account: key.accountID, detail: "key \(id)"))
            if let owner = try transaction.account(key.accountID) {
                try engine.notify(.keyRevoked, owner, key: key, by: nil, at: now, in: transaction)
            }
            return .granted(key)
        }
        engine.memory.apply([.apiKey(id)])
        return outcome
    }

    /// Makes another API key with the same owner and name, of a derived key the next generation, and ends the old one
    /// after `overlap`. Refuses `notFound` if there is none, or it has ended or has a successor.
    public func rotateKey(_ id: APIKey.ID, overlap: Lifetime = .seconds(0)) async throws -> Outcome<IssuedAPIKey> {
        guard engine.terms.apiKeys != nil else { return .refused(.notFound) }
        let now = engine.clock.now()
        let outcome: Outcome<IssuedAPIKey> = try await engine.store.write { transaction in
            guard let key = try transaction.apiKey(id),
                let issued = try engine.replace(key, overlap: overlap, at: now, in: transaction)
            else { return .refused(.notFound) }
            try transaction.append(event(.keyRotate, at: now, account: key.accountID, detail: "key \(id)"))
            if let owner = try transaction.account(key.accountID) {
                try engine.notify(.keyRotated, owner, key: issued.key, by: nil, at: now, in: transaction)
            }
            return .granted(issued)
        }
        engine.memory.apply([.apiKey(id)])
        return outcome
    }
}
