import WatchwordCore

extension Engine {
    /// Where a refresh token comes from that may open something.
    enum RefreshOrigin: Sendable {
        case ours
        /// The old issuer signed it; it may have been shown before.
        case signed(AcceptedClaim)
        /// Import brought it.
        case imported
    }

    /// Where a refresh token comes from. Refuses `invalidRefresh` and `expiredRefresh` for a text that opens nothing,
    /// which is found out without the lock of those who write: a stranger's guess must not take turns with them.
    func recognise(refreshToken text: Secret, at now: Timestamp) async throws -> Outcome<RefreshOrigin> {
        guard let own = terms.refresh?.format else { return .refused(.invalidRefresh) }
        let digest = Self.digest(text)
        var code = RefusalCode.invalidRefresh
        for format in [own] + siblingFormats(beside: own, \.refresh?.format) {
            switch read(text, as: .refresh, format, at: now) {
            case .refused(let refusal): if refusal.code == .expiredToken { code = .expiredRefresh }
            // One that names its session is ours.
            case .granted where !format.isFoundByDigest: return .granted(.ours)
            case .granted:
                let isOurs = try await store.read {
                    try $0.refreshToken(digest) != nil && $0.acceptedToken(digest) == nil
                }
                if isOurs { return .granted(.ours) }
            }
        }
        if let claim = readAccepted(text, as: .refresh, at: now)?.output { return .granted(.signed(claim)) }
        guard let end = terms.accepted.opaqueUntil, now < end else { return .refused(code) }
        let isImported = try await store.read { reading in
            guard try reading.acceptedToken(digest) != nil, let record = try reading.refreshToken(digest)
            else { return false }
            return try reading.session(record.sessionID)?.method == Session.imported
        }
        return isImported ? .granted(.imported) : .refused(code)
    }

    /// After which a token of another system is good no more, whatever its own end.
    func sunset(of origin: RefreshOrigin) -> Timestamp? {
        switch origin {
        case .ours: nil
        case .signed(let claim): claim.rule.until
        case .imported: terms.accepted.opaqueUntil
        }
    }

    /// Makes a refresh token that the old issuer signed a family's current one, so that it is treated like any other:
    /// exchanged once where ours rotate. Does nothing for one that was taken over before, or needs it not. Says
    /// whether the token may go on.
    func takeOver(
        _ origin: RefreshOrigin, _ digest: TokenDigest, _ caller: Caller, at now: Timestamp,
        in transaction: any StoreTransaction
    ) throws -> Bool {
        guard case .signed(let claim) = origin, try transaction.refreshToken(digest) == nil else { return true }
        guard try transaction.accessToken(digest) == nil,
            let opened = try openAccepted(claim, digest, caller, at: now, in: transaction).output
        else { return false }
        try transaction.insert(
            RefreshTokenRecord(digest: digest, sessionID: opened.session.id, expiresAt: opened.tokenEnd))
        return true
    }
}

extension IssuedToken {
    mutating func end(by sunset: Timestamp) { expiresAt = min(expiresAt, sunset) }
}
