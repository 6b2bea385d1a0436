import WatchwordCore

extension Engine {
    /// Gives a new access token for a refresh token, which lives on (`reuse`) or is exchanged (`rotate`).
    ///
    /// A token exchanged before is a sign of theft, for one of the two who hold it is not its owner: the session
    /// ends with every token of it (RFC 9700 section 4.14.2). Within the grace it gets the same successor again.
    func refresh(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        var inputs = InputReader(submission)
        let text = inputs.requiredSecret(.refreshToken)
        if let refusal = inputs.refusal { return .refused(refusal) }
        if let refusal = admit(.refresh, caller, at: now) { return .refused(refusal) }
        guard let refresh = terms.refresh else { return refused(.invalidRefresh, .refresh, caller, at: now) }
        let origin: RefreshOrigin
        switch try await recognise(refreshToken: text, at: now) {
        case .refused(let refusal): return refused(refusal, .refresh, caller, at: now)
        case .granted(let found): origin = found
        }
        let digest = Self.digest(text)
        let exchange = try await store.write { transaction -> Exchange in
            guard try self.takeOver(origin, digest, caller, at: now, in: transaction) else {
                return .refused(.invalidRefresh, nil)
            }
            return try self.exchange(text, digest, refresh, caller, at: now, in: transaction)
        }
        switch exchange {
        case .granted(var grant):
            if refresh.use == .reuse, let sunset = sunset(of: origin) { grant.refresh?.end(by: sunset) }
            return .granted(grant)
        case .refused(let code, let session):
            return refused(code, .refresh, caller, at: now, account: session?.accountID, session: session?.id)
        case .reused(let session):
            memory.apply([.session(session.id)])
            return .refused(.reusedRefresh)
        }
    }

    private enum Exchange: Sendable {
        case granted(Grant)
        case refused(RefusalCode, Session?)
        /// The family was ended, and that is on record.
        case reused(Session)
    }

    private func exchange(
        _ text: Secret, _ digest: TokenDigest, _ refresh: RefreshTokenTerms, _ caller: Caller, at now: Timestamp,
        in transaction: any StoreTransaction
    ) throws -> Exchange {
        guard let record = try transaction.refreshToken(digest),
            let session = try transaction.session(record.sessionID)
        else { return .refused(.invalidRefresh, nil) }
        guard session.isLive(at: now), let account = try transaction.account(session.accountID), !account.disabled
        else { return .refused(.invalidRefresh, session) }

        var grant = Grant()
        grant.user = shown(account)
        grant.session = session
        if let usedAt = record.usedAt {
            if now <= usedAt + refresh.grace, let pair = openPair(record.successor, of: session) {
                (grant.access, grant.refresh) = pair
                return .granted(grant)
            }
            return try endFamily(session, caller, at: now, in: transaction)
        }
        guard now < record.expiresAt else { return .refused(.expiredRefresh, session) }

        let access = try issueAccess(account, session, at: now, in: transaction)
        grant.access = access
        switch refresh.use {
        case .reuse:
            // Some contracts answer it again, with what is left of its life.
            grant.refresh = IssuedToken(text: text, issuedAt: session.createdAt, expiresAt: record.expiresAt)
        case .rotate:
            let successor = try issueRefresh(account, session, refresh, at: now, in: transaction)
            grant.refresh = successor
            let sealed = refresh.grace > .seconds(0) ? try sealPair(access, successor, of: session) : nil
            guard try transaction.useRefreshToken(digest, at: now, successor: sealed) else {
                throw Fault(.invariant, "a refresh token was used twice in one transaction")
            }
        }
        try transaction.append(event(.refresh, caller, at: now, account: account.id, session: session.id))
        return .granted(grant)
    }

    private func endFamily(
        _ session: Session, _ caller: Caller, at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> Exchange {
        _ = try end(session.id, .refreshReused, at: now, in: transaction)
        var event = event(.refreshReused, caller, at: now, account: session.accountID, session: session.id)
        event.outcome = RefusalCode.reusedRefresh.rawValue
        try transaction.append(event)
        return .reused(session)
    }

    // MARK: The pair that a lost answer held

    private func purpose(_ session: Session) -> String { "refresh_successor \(session.id.text)" }

    private func sealPair(_ access: IssuedToken, _ refresh: IssuedToken, of session: Session) throws -> [UInt8] {
        let lines = [access, refresh].map {
            "\($0.issuedAt.microseconds) \($0.expiresAt.microseconds) \($0.text.revealed)"
        }
        return try sealer.seal(Array(lines.joined(separator: "\n").utf8), purpose: purpose(session))
    }

    private func openPair(_ sealed: [UInt8]?, of session: Session) -> (IssuedToken, IssuedToken)? {
        guard let sealed, let bytes = sealer.open(sealed, purpose: purpose(session)) else { return nil }
        let tokens = bytes.split(separator: UInt8(ascii: "\n")).compactMap { line -> IssuedToken? in
            let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
            guard words.count == 3, let issued = Int64(String(decoding: words[0], as: UTF8.self)),
                let end = Int64(String(decoding: words[1], as: UTF8.self))
            else { return nil }
            return IssuedToken(
                text: Secret(Array(words[2])), issuedAt: Timestamp(microseconds: issued),
                expiresAt: Timestamp(microseconds: end))
        }
        return tokens.count == 2 ? (tokens[0], tokens[1]) : nil
    }
}
