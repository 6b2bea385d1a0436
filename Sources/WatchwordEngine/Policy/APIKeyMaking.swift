import WatchwordCore

extension Engine {
    /// Makes and inserts a key of the account, or of one of its agents; its secret is in the answer only.
    ///
    /// It lasts for `lifetime`, or where nothing is said for as long as the contract says, which can be for ever.
    /// Where the contract shows keys always, the key is derived from the realm's secret, the owner and a generation
    /// one beyond the last; elsewhere it is random. Announces nothing: no cache can hold a key that is new.
    func makeAPIKey(
        for account: Account.ID, agent: Agent.ID?, name: String?, lifetime: Lifetime? = nil,
        at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> IssuedAPIKey {
        guard let terms = terms.apiKeys else { throw Fault(.invariant, "the realm's terms have no API keys") }
        var generation: Int64?
        var secret = Secret("")
        switch terms.shown {
        case .once:
            secret = APIKeyText(terms).random(random)
        case .always:
            let live = try transaction.apiKeys(of: account, agent: agent).filter { $0.agentID == agent }
            var next = (live.compactMap(\.generation).max() ?? 0) + 1
            secret = derivedKey(of: account, agent, next, terms)
            // Generations that were revoked are not listed, and must not come back.
            while try transaction.apiKey(Self.digest(secret)) != nil {
                next += 1
                secret = derivedKey(of: account, agent, next, terms)
            }
            generation = next
        }
        let key = APIKey(
            id: try newID(.apiKey, at: now, in: transaction), accountID: account, agentID: agent, name: name,
            digest: Self.digest(secret), hint: String(secret.revealed.prefix(terms.prefix.count + 4)),
            generation: generation, createdAt: now, expiresAt: (lifetime ?? terms.lifetime).map { now + $0 })
        try transaction.insert(key)
        return IssuedAPIKey(key: key, secret: secret)
    }

    /// The key that a contract showing keys always shows at sign-in: the account's newest, or the next one if its owner
    /// revoked that or the realm's secret has changed, which the owner is told. Nothing where keys are not issued unasked.
    func shownKey(
        of account: Account, _ caller: Caller, at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> IssuedAPIKey? {
        if let shown = try shownKey(of: account.id, in: transaction) { return shown }
        guard let terms = terms.apiKeys, terms.shown == .always, terms.issueOnSignUp else { return nil }
        let issued = try makeAPIKey(for: account.id, agent: nil, name: nil, at: now, in: transaction)
        try transaction.append(event(.keyCreate, caller, at: now, account: account.id, detail: "key \(issued.key.id)"))
        try notify(.keyCreated, account, key: issued.key, by: caller, at: now, in: transaction)
        return issued
    }

    /// The account's newest derived key with its secret, made again; nothing if it has none, or if the realm's
    /// secret is no longer the one the key was derived from.
    func shownKey(of account: Account.ID, in reading: any StoreReading) throws -> IssuedAPIKey? {
        guard terms.apiKeys?.shown == .always else { return nil }
        let derived = try reading.apiKeys(of: account, agent: nil).filter { $0.agentID == nil && $0.generation != nil }
        guard let key = derived.max(by: { ($0.generation ?? 0) < ($1.generation ?? 0) }), let secret = secret(of: key)
        else { return nil }
        return IssuedAPIKey(key: key, secret: secret)
    }

    /// The secret of a key that is derived, made again, where the contract shows keys always; nothing for any other, and
    /// if the realm's secret is no longer the one the key was derived from. For the key's owner only.
    public func secret(of key: APIKey) -> Secret? {
        guard let terms = terms.apiKeys, terms.shown == .always, let generation = key.generation else { return nil }
        let secret = derivedKey(of: key.accountID, key.agentID, generation, terms)
        return Self.digest(secret) == key.digest ? secret : nil
    }

    /// The digest under which a key of this form is stored; nothing if prefix, length, an encoding's character or
    /// the checksum is wrong, which no key of this realm is.
    func readAPIKey(_ text: Secret) -> TokenDigest? {
        if let digest = terms.apiKeys.flatMap({ readAPIKey(text, $0) }) { return digest }
        for sibling in realm.siblings {
            if let digest = sibling.apiKeys.flatMap({ readAPIKey(text, $0) }) { return digest }
        }
        return nil
    }

    private func readAPIKey(_ text: Secret, _ terms: APIKeyTerms) -> TokenDigest? {
        let form = APIKeyText(terms)
        let prefix = Array(terms.prefix.utf8)
        if text.bytes.starts(with: prefix), form.canHaveMade(text.bytes.dropFirst(prefix.count)) {
            return Self.digest(text)
        }
        guard terms.acceptBare, form.canHaveMade(text.bytes[...]) else { return nil }
        return Self.digest(Secret(prefix + text.bytes))
    }

    private func derivedKey(
        of account: Account.ID, _ agent: Agent.ID?, _ generation: Int64, _ terms: APIKeyTerms
    ) -> Secret {
        // Each part with its length: no two owners can spell one label.
        let parts = [realm.id.text, account.text, agent?.text ?? "", String(generation)]
        let label = "api-key" + parts.map { "/\($0.utf8.count):\($0)" }.joined()
        return APIKeyText(terms).text(DerivedBytes(sealer: sealer, label: label))
    }
}
