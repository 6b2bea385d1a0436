import WatchwordCore

extension Administration {
    /// What a token is that was taken over from another system; nothing if none was.
    func takenOver(_ text: Secret, at now: Timestamp, in reading: any StoreReading) throws -> TokenInspection? {
        let digest = Engine.digest(text)
        guard try reading.acceptedToken(digest) != nil else { return nil }
        guard let record = try reading.accessToken(digest) else {
            return TokenInspection(kind: .access, refusal: .revokedToken)
        }
        var found = TokenInspection(kind: .access, expiresAt: record.expiresAt)
        try found.look(up: record.sessionID, at: now, in: reading, ended: .revokedToken)
        if found.session?.method == Session.imported {
            found.end(by: engine.terms.accepted.opaqueUntil, at: now)
        } else {
            let claim = engine.readAccepted(text, as: .access, at: now)?.output
            found.issuedAt = claim?.issuedAt
            found.end(by: claim?.rule.until, at: now)
        }
        return found
    }

    /// What a token of the old issuer is that was not shown here yet; nothing if it is none.
    func untaken(_ text: Secret, at now: Timestamp, in reading: any StoreReading) throws -> TokenInspection? {
        for kind in [PresentedCredential.Kind.access, .refresh] {
            guard let read = engine.readAccepted(text, as: kind, at: now) else { continue }
            var found = TokenInspection(kind: kind == .access ? .access : .refresh)
            guard let claim = read.output else {
                found.refusal = read.refusal?.code
                return found
            }
            found.issuedAt = claim.issuedAt
            found.expiresAt = min(claim.expiresAt ?? claim.rule.until, claim.rule.until)
            found.account = try engine.account(named: claim, in: reading)
            if let account = found.account {
                found.refuse(try account.disabled || !engine.stands(by: claim, account, in: reading), .revokedToken)
            } else {
                found.refusal = .invalidToken
            }
            return found
        }
        return nil
    }
}

extension TokenInspection {
    /// Ends it with the sunset; without one it is not accepted any more.
    fileprivate mutating func end(by sunset: Timestamp?, at now: Timestamp) {
        guard let sunset else { return refuse(true, .invalidToken) }
        expiresAt = expiresAt.map { min($0, sunset) }
        refuse(expiresAt.map { $0 <= now } ?? false, .expiredToken)
    }
}
