import WatchwordCore

extension Engine {
    /// Uses a ticket up: the principal of the session that asked for it.
    ///
    /// One that is unknown, used, past its end, of a session that has ended, for another path or another origin is alike
    /// `invalidToken`. One that is refused stays as it was.
    func redeem(_ text: Secret, path: String, _ caller: Caller) async throws -> Outcome<Principal> {
        let now = clock.now()
        guard TextEncoding.base64url.decode(text.bytes, count: Self.ticketBytes) != nil
        else { return .refused(.invalidToken) }
        let digest = Self.digest(text)
        // Looked at before the store is asked to write: guesses must not hold up those who do.
        let isGood = try await store.read { try principal(of: digest, path: path, caller, at: now, in: $0) != nil }
        guard isGood else { return .refused(.invalidToken) }
        return try await store.write { transaction in
            guard let principal = try principal(of: digest, path: path, caller, at: now, in: transaction),
                try transaction.useSocketTicket(digest, at: now)
            else { return .refused(.invalidToken) }
            return .granted(principal)
        }
    }

    private func principal(
        of digest: TokenDigest, path: String, _ caller: Caller, at now: Timestamp, in reading: any StoreReading
    ) throws -> Principal? {
        guard let ticket = try reading.socketTicket(digest), ticket.usedAt == nil, now < ticket.expiresAt,
            ticket.path == path, ticket.origin == caller.origin,
            let session = try reading.session(ticket.sessionID), session.isLive(at: now),
            let account = try reading.account(session.accountID), !account.disabled
        else { return nil }
        return Principal(account: account, proof: .session(session), expiresAt: ticket.tokenExpiresAt)
    }
}
