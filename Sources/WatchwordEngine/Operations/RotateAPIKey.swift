import WatchwordCore

extension Engine {
    /// How long a key can stay good beside its successor.
    private static let longestOverlap = Lifetime.days(30)

    /// Makes a successor of one of the caller's API keys, with its name, its agent and a life as long as its own was.
    /// The old one stays good for `overlap` seconds, or as the contract says, 30 days at most; without any it ends at once.
    ///
    /// A key that is unknown, ended, another account's, or has a successor already is alike `notFound`.
    func rotateAPIKey(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        guard let principal = caller.principal else { return .refused(.missingToken) }
        guard let terms = terms.apiKeys else { return .refused(.notFound) }
        var inputs = InputReader(submission)
        let id = inputs.requiredID(.id, of: APIKey.self)
        let asked = inputs.span(.overlap, in: 0...Self.longestOverlap.seconds)
        if let refusal = inputs.refusal { return .refused(refusal) }
        if let refusal = admit(.keyRotate, caller, at: now) { return .refused(refusal) }
        let overlap = min(asked ?? terms.overlap, Self.longestOverlap)

        let outcome: Outcome<Grant> = try await store.write { transaction in
            guard let account = try standing(principal, at: now, in: transaction) else {
                return .refused(.revokedToken)
            }
            guard let key = try transaction.apiKey(id), key.accountID == account.id,
                let issued = try replace(key, overlap: overlap, at: now, in: transaction)
            else { return .refused(.notFound) }
            try transaction.append(
                event(
                    .keyRotate, caller, at: now, account: account.id,
                    detail: "key \(id), then \(issued.key.id), overlap \(overlap.seconds) s"))
            try notify(.keyRotated, account, key: issued.key, by: caller, at: now, in: transaction)
            var grant = Grant()
            grant.user = shown(account)
            grant.apiKey = issued
            return .granted(grant)
        }
        if let refusal = outcome.refusal {
            return refused(refusal, .keyRotate, caller, at: now, account: principal.account.id)
        }
        memory.apply([.apiKey(id)])
        return outcome
    }

    /// The successor of a key, which ends after the overlap; nothing for a key that is not live or has one already.
    ///
    /// After the commit, apply `.apiKey(id)` to `memory` before anyone is answered.
    func replace(
        _ key: APIKey, overlap: Lifetime, at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> IssuedAPIKey? {
        guard key.isLive(at: now), key.rotatedAt == nil else { return nil }
        let lifetime = key.expiresAt.map {
            Lifetime.seconds(($0.microseconds - key.createdAt.microseconds) / 1_000_000)
        }
        // Before the old one ends, so that a derived key counts on from its generation.
        let issued = try makeAPIKey(
            for: key.accountID, agent: key.agentID, name: key.name, lifetime: lifetime, at: now, in: transaction)
        let isDone =
            overlap > .seconds(0)
            ? try transaction.supersedeAPIKey(key.id, at: now, until: now + overlap)
            : try transaction.revokeAPIKey(key.id, at: now)
        guard isDone else { throw Fault(.invariant, "a key ended within the transaction that found it live") }
        try transaction.announce(.apiKey(key.id))
        return issued
    }
}
