import WatchwordCore

extension Engine {
    /// Which sessions a caller asks to end.
    private enum Scope: String {
        /// The one that carries the caller's token; also without a scope.
        case local
        /// Every session of the account.
        case all, global
        /// Every session but the caller's.
        case others
    }

    /// Ends the caller's session and with it every token of it, or more of the account's sessions if asked to.
    func signOut(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        guard let principal = caller.principal else { return .refused(.missingToken) }
        guard let session = principal.session else { return .refused(.wrongTokenType) }
        var inputs = InputReader(submission)
        let refreshToken = inputs.secret(.refreshToken)
        let scope = inputs.choice(.scope, Scope.self) ?? .local
        if let refusal = inputs.refusal { return .refused(refusal) }

        let changes = try await store.write { transaction -> [Change]? in
            guard let account = try standing(principal, at: now, in: transaction) else { return nil }
            var changes: [Change] = []
            switch scope {
            case .local:
                _ = try end(session.id, .signedOut, at: now, in: transaction)
                changes.append(.session(session.id))
            case .all, .global:
                try endSessions(of: account.id, .signedOut, at: now, in: transaction)
                changes.append(.account(account.id))
            case .others:
                try endSessions(of: account.id, except: session.id, .signedOut, at: now, in: transaction)
                changes.append(.account(account.id))
            }
            // A refresh token of another session of the same account ends that one as well.
            if let named = try refreshToken.flatMap({ try transaction.refreshToken(Self.digest($0)) }),
                try transaction.session(named.sessionID)?.accountID == account.id
            {
                _ = try end(named.sessionID, .signedOut, at: now, in: transaction)
                changes.append(.session(named.sessionID))
            }
            try transaction.append(
                event(
                    .signOut, caller, at: now, account: account.id, session: session.id, detail: scope.rawValue))
            return changes
        }
        guard let changes else { return .refused(.revokedToken) }
        memory.apply(changes)
        return .granted(Grant())
    }
}
