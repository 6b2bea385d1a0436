import WatchwordCore

extension Engine {
    /// Which sessions a caller asks to end; the words that contracts use for it.
    private enum Scope: String {
        /// The one that carries the caller's token; also without a scope.
        case local, session
        /// Every session of the account.
        case all, global
        /// Every session but the caller's.
        case others
    }

    /// Ends the caller's session and with it every token of it, or more of the account's sessions if asked to.
    ///
    /// Without a principal a refresh token says whose session; one that opens nothing is `invalidRefresh` or
    /// `expiredRefresh`. With one, a refresh token is a second session of the same account that ends too.
    func signOut(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        var inputs = InputReader(submission)
        guard let principal = caller.principal else {
            guard inputs.expects(.refreshToken) else { return .refused(.missingToken) }
            let token = inputs.requiredSecret(.refreshToken)
            let scope = inputs.choice(.scope, Scope.self) ?? .local
            if let refusal = inputs.refusal { return .refused(refusal) }
            return try await signOut(by: token, scope, caller, at: now)
        }
        guard let session = principal.session else { return .refused(.wrongTokenType) }
        let refreshToken = inputs.secret(.refreshToken)
        let scope = inputs.choice(.scope, Scope.self) ?? .local
        if let refusal = inputs.refusal { return .refused(refusal) }

        let signedOut = try await store.write { transaction -> SignedOut? in
            guard let account = try standing(principal, at: now, in: transaction) else { return nil }
            var changes = try end(scope, of: session, at: now, in: transaction)
            // A refresh token of another session of the same account ends that one as well.
            if let named = try refreshToken.flatMap({ try transaction.refreshToken(Self.digest($0)) }),
                try transaction.session(named.sessionID)?.accountID == account.id
            {
                _ = try end(named.sessionID, .signedOut, at: now, in: transaction)
                changes.append(.session(named.sessionID))
            }
            return try finish(account, session, scope, changes, caller, at: now, in: transaction)
        }
        guard let signedOut else { return .refused(.revokedToken) }
        memory.apply(signedOut.changes)
        return .granted(signedOut.grant)
    }

    private struct SignedOut: Sendable {
        var grant: Grant
        var changes: [Change]
    }

    /// A token that was exchanged before still names its session, which ends as it would on the way of `refresh`.
    private func signOut(
        by token: Secret, _ scope: Scope, _ caller: Caller, at now: Timestamp
    ) async throws -> Outcome<Grant> {
        if let refusal = admit(.signOut, caller, at: now) { return .refused(refusal) }
        let origin: RefreshOrigin
        switch try await recognise(refreshToken: token, at: now) {
        case .refused(let refusal): return refused(refusal, .signOut, caller, at: now)
        case .granted(let found): origin = found
        }
        let digest = Self.digest(token)
        let outcome: Outcome<SignedOut> = try await store.write { transaction in
            guard try self.takeOver(origin, digest, caller, at: now, in: transaction),
                let record = try transaction.refreshToken(digest),
                let session = try transaction.session(record.sessionID), session.isLive(at: now),
                let account = try transaction.account(session.accountID), !account.disabled
            else { return .refused(.invalidRefresh) }
            guard now < record.expiresAt else { return .refused(.expiredRefresh) }
            let changes = try end(scope, of: session, at: now, in: transaction)
            return .granted(try finish(account, session, scope, changes, caller, at: now, in: transaction))
        }
        switch outcome {
        case .refused(let refusal): return refused(refusal, .signOut, caller, at: now)
        case .granted(let signedOut):
            memory.apply(signedOut.changes)
            return .granted(signedOut.grant)
        }
    }

    private func end(
        _ scope: Scope, of session: Session, at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> [Change] {
        switch scope {
        case .local, .session:
            _ = try end(session.id, .signedOut, at: now, in: transaction)
            return [.session(session.id)]
        case .all, .global:
            try endSessions(of: session.accountID, .signedOut, at: now, in: transaction)
        case .others:
            try endSessions(of: session.accountID, except: session.id, .signedOut, at: now, in: transaction)
        }
        return [.account(session.accountID)]
    }

    private func finish(
        _ account: Account, _ session: Session, _ scope: Scope, _ changes: [Change], _ caller: Caller,
        at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> SignedOut {
        try transaction.append(
            event(.signOut, caller, at: now, account: account.id, session: session.id, detail: scope.rawValue))
        var grant = Grant()
        grant.user = shown(account)
        grant.session = session
        return SignedOut(grant: grant, changes: changes)
    }
}
