import WatchwordCore

extension Administration {
    /// The account's live sessions, newest first.
    public func sessions(of reference: AccountReference) async throws -> Outcome<[Session]> {
        let now = engine.clock.now()
        return try await engine.store.read { reading in
            try reference.find(in: reading).map { try reading.sessions(of: $0.id, liveAt: now) }
        }
    }

    /// Ends a session with all its tokens. Refuses `notFound` if there is none or it has ended.
    public func revokeSession(_ id: Session.ID) async throws -> Outcome<Session> {
        let now = engine.clock.now()
        let outcome: Outcome<Session> = try await engine.store.write { transaction in
            guard let session = try transaction.session(id), session.isLive(at: now),
                try engine.end(id, .revoked, at: now, in: transaction)
            else { return .refused(.notFound) }
            try transaction.append(event(.sessionRevoke, at: now, account: session.accountID, session: id))
            return .granted(session)
        }
        engine.memory.apply([.session(id)])
        return outcome
    }

    /// Ends every session of an account; gives how many there were.
    public func revokeSessions(of reference: AccountReference) async throws -> Outcome<Int> {
        try await change(reference) { account, now, transaction in
            let ended = try engine.endSessions(of: account.id, .revoked, at: now, in: transaction)
            try transaction.append(
                event(.sessionRevoke, at: now, account: account.id, detail: "sessions ended: \(ended)"))
            return .granted(ended)
        }
    }
}
