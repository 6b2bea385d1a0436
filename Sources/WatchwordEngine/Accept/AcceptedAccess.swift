import WatchwordCore

extension Engine {
    /// Whose access token this is, of those that another system made; `refusal` is what our own reading came to, and
    /// the answer where it is none of those.
    ///
    /// At its first sight a token of the old issuer becomes one of a session of ours, in silence. From then on, like
    /// one that import brought, it is found by its digest: whatever ends the session ends it.
    func believeAccepted(
        _ text: Secret, _ refusal: Refusal, _ caller: Caller, at now: Timestamp
    ) async throws -> Outcome<Belief> {
        var claim: AcceptedClaim?
        switch readAccepted(text, as: .access, at: now) {
        case nil: break
        case .refused(let refusal): return refusedAccepted(refusal, caller, at: now)
        case .granted(let read): claim = read
        }
        let digest = Self.digest(text)
        guard let claim else {
            guard let sunset = terms.accepted.opaqueUntil, now < sunset else { return .refused(refusal) }
            let known = try await store.read { reading in
                try self.takenOver(digest, Session.imported, until: sunset, at: now, in: reading)
            }
            return known ?? .refused(refusal)
        }
        let sunset = claim.rule.until
        let known = try await store.read { reading in
            try self.takenOver(digest, Session.accepted, until: sunset, at: now, in: reading)
        }
        if let known { return known }
        let outcome: Outcome<Belief> = try await store.write { transaction in
            // Another request with the same token may have been first.
            if let known = try self.takenOver(digest, Session.accepted, until: sunset, at: now, in: transaction) {
                return known
            }
            let opening = try self.openAccepted(claim, digest, caller, at: now, in: transaction)
            guard let opened = opening.output else { return .refused(opening.refusal ?? refusal) }
            try transaction.insert(
                AccessTokenRecord(
                    digest: digest, sessionID: opened.session.id, accountID: opened.account.id,
                    issuedSecond: claim.issuedAt?.seconds ?? 0, expiresAt: opened.tokenEnd))
            return .granted(
                Belief(
                    opened.account, opened.session,
                    expiresAt: min(opened.tokenEnd, sunset, opened.session.expiresAt)))
        }
        if let refusal = outcome.refusal { return refusedAccepted(refusal, caller, at: now) }
        return outcome
    }

    /// What a token that was taken over opens now, in a session that began so; nothing if it was not taken over.
    private func takenOver(
        _ digest: TokenDigest, _ method: String, until sunset: Timestamp, at now: Timestamp,
        in reading: any StoreReading
    ) throws -> Outcome<Belief>? {
        if try reading.refreshToken(digest) != nil { return .refused(.wrongTokenType) }
        guard try reading.acceptedToken(digest) != nil else {
            // One of ours that is found by its digest was judged before this was asked.
            return try reading.accessToken(digest) == nil ? nil : .refused(.invalidToken)
        }
        guard let record = try reading.accessToken(digest), let session = try reading.session(record.sessionID),
            session.ended == nil, session.method == method, let account = try reading.account(session.accountID),
            !account.disabled
        else { return .refused(.revokedToken) }
        let end = min(record.expiresAt, sunset, session.expiresAt)
        guard now < end else { return .refused(.expiredToken) }
        return .granted(Belief(account, session, expiresAt: end))
    }

    /// Whether a token that reads like one of ours was taken over: then `believeAccepted` knows its sunset.
    func isForeign(_ digest: TokenDigest, in session: Session, _ reading: any StoreReading) throws -> Bool {
        guard session.method == Session.accepted || session.method == Session.imported else { return false }
        return try reading.acceptedToken(digest) != nil
    }
}
