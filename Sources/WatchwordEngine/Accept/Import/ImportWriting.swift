import WatchwordCore

extension Engine {
    /// Writes an account that was read, with its password, its tokens and its place among what is imported. A record
    /// that is refused writes nothing.
    func write(
        _ imported: ImportedAccount, _ options: ImportOptions, at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> ImportVerdict {
        if let entry = try transaction.importEntry(imported.source) {
            guard entry.digest == imported.digest else { return .refused([.differs]) }
            return try transaction.account(entry.accountID) == nil ? .refused([.deleted]) : .present
        }
        for (index, token) in imported.tokens.enumerated() {
            let isKnown =
                try transaction.accessToken(token.digest) != nil || transaction.refreshToken(token.digest) != nil
                || transaction.acceptedToken(token.digest) != nil
            if isKnown { return .refused([.token(index, .taken)]) }
        }
        var account = imported.account
        if options.newIDs {
            if let taken = try taken(by: account, in: transaction) { return .refused([taken]) }
            account.id = try newID(.account, at: now, in: transaction)
        } else if try transaction.account(account.id) != nil {
            return .refused([.idTaken])
        }
        switch try transaction.insert(account) {
        case .email?: return .refused([.emailTaken])
        case .username?: return .refused([.usernameTaken])
        case nil: break
        }
        if let hash = imported.passwordHash {
            // A moment that nobody knows is long ago: the old issuer's tokens are older than any change made here.
            let changedAt = imported.passwordChangedAt ?? (imported.isDated ? account.createdAt : Timestamp(seconds: 0))
            let credential = PasswordCredential(
                accountID: account.id, hash: hash.revealed, version: 1, changedAt: changedAt)
            guard try transaction.setPassword(credential, replacing: nil) else {
                throw Fault(.invariant, "a new account already has a password")
            }
        }
        try write(imported.tokens, of: account, at: now, in: transaction)
        try transaction.insert(
            ImportEntry(source: imported.source, digest: imported.digest, accountID: account.id))
        try transaction.append(event(.accountImport, Administration.caller, at: now, account: account.id))
        return .imported
    }

    /// Asked before a number is drawn for the account, for a refused record must not use one up.
    private func taken(by account: Account, in reading: any StoreReading) throws -> ImportReason? {
        if let email = account.email, try reading.account(.email(email)) != nil { return .emailTaken }
        if let username = account.username, try reading.account(.username(username)) != nil { return .usernameTaken }
        return nil
    }

    /// A session for each token, or for those that were one session there.
    private func write(
        _ tokens: [ImportedToken], of account: Account, at now: Timestamp, in transaction: any StoreTransaction
    ) throws {
        var sessions: [String: Session.ID] = [:]
        for token in tokens {
            let kin = tokens.filter { token.session != nil && $0.session == token.session }
            let end = kin.map(\.expiresAt).max() ?? token.expiresAt
            let id: Session.ID
            if let known = token.session.flatMap({ sessions[$0] }) {
                id = known
            } else {
                id = newSessionID()
                try transaction.insert(
                    Session(
                        id: id, accountID: account.id, method: Session.imported, address: nil, userAgent: nil,
                        createdAt: now, expiresAt: max(now + terms.session.maximum, end)))
                if let name = token.session { sessions[name] = id }
            }
            _ = try transaction.acceptToken(token.digest, rememberedUntil: token.expiresAt + .days(1))
            if token.kind == .refresh {
                try transaction.insert(
                    RefreshTokenRecord(digest: token.digest, sessionID: id, expiresAt: token.expiresAt))
            } else {
                try transaction.insert(
                    AccessTokenRecord(
                        digest: token.digest, sessionID: id, accountID: account.id, issuedSecond: 0,
                        expiresAt: token.expiresAt))
            }
        }
    }
}
