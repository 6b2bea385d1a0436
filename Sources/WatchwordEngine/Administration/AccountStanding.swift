import WatchwordCore

extension Administration {
    /// Shuts an account out: its sessions end, and no credential of it is accepted until it is enabled.
    /// Disabling a disabled account changes nothing.
    public func disable(_ reference: AccountReference) async throws -> Outcome<Account> {
        try await change(reference) { account, now, transaction in
            guard !account.disabled else { return .granted(account) }
            var account = account
            account.disabled = true
            account.updatedAt = now
            try engine.save(account, in: transaction)
            let ended = try engine.endSessions(of: account.id, .accountDisabled, at: now, in: transaction)
            try transaction.append(
                event(.accountDisable, at: now, account: account.id, detail: "sessions ended: \(ended)"))
            return .granted(account)
        }
    }

    /// Lets a disabled account in again; its API keys work as before, its sessions stay ended.
    public func enable(_ reference: AccountReference) async throws -> Outcome<Account> {
        try await change(reference) { account, now, transaction in
            guard account.disabled else { return .granted(account) }
            var account = account
            account.disabled = false
            account.updatedAt = now
            try engine.save(account, in: transaction)
            try transaction.append(event(.accountEnable, at: now, account: account.id))
            return .granted(account)
        }
    }

    /// Removes an account with everything that hangs on it but its record.
    public func delete(_ reference: AccountReference) async throws -> Outcome<Account> {
        try await change(reference) { account, now, transaction in
            try transaction.delete(account.id)
            try transaction.announce(.account(account.id))
            try transaction.append(event(.accountDelete, at: now, account: account.id))
            return .granted(account)
        }
    }

    /// Sets a password by the rules of sign-up. Every session ends and reset links are void.
    ///
    /// Refuses `notFound`, `conflict`, `validation`, `weakPassword`, `busy`.
    public func setPassword(_ password: Secret, of reference: AccountReference) async throws -> Outcome<Account> {
        var rules = AccountRules(engine.terms)
        rules.password(password, engine.commonPasswords)
        if let refusal = rules.refusal { return .refused(refusal) }
        let hash: String
        switch try await engine.hasher.hash(password) {
        case .refused(let busy): return .refused(busy)
        case .granted(let made): hash = made
        }
        return try await change(reference) { account, now, transaction in
            try engine.replacePassword(of: account.id, with: hash, at: now, in: transaction)
            try transaction.voidOneTimeTokens(of: account.id, purpose: .reset, at: now)
            let ended = try engine.endSessions(of: account.id, .passwordChanged, at: now, in: transaction)
            try transaction.append(
                event(.passwordChange, at: now, account: account.id, detail: "sessions ended: \(ended)"))
            try engine.notify(.passwordChanged, account, by: nil, at: now, in: transaction)
            return .granted(account)
        }
    }
}
