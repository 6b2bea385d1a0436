import WatchwordCore

extension Engine {
    /// Changes the caller's own account as far as the request says so.
    ///
    /// Another address has yet to be verified: where the contract sends links unasked its owner gets one, and the old
    /// address is told. A new password ends every other session. Where the contract asks for the current password, a new
    /// password and a new address need it (ASVS 5.0 7.5.1), and a wrong one is refused whatever it comes with.
    func updateAccount(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        guard let principal = caller.principal else { return .refused(.missingToken) }
        let id = principal.account.id
        var inputs = InputReader(submission)
        let edit = inputs.accountEdit(terms.accounts)
        let isPasswordGiven = submission[.password] != nil && submission[.password] != .null
        let password = isPasswordGiven ? newPassword(&inputs) : nil
        let edited = edit.applied(to: principal.account)
        let isReaddressed = edited.isReaddressed(from: principal.account)
        let isCurrentNeeded = inputs.expects(.currentPassword) && (isPasswordGiven || isReaddressed)
        let current =
            isCurrentNeeded ? inputs.requiredSecret(.currentPassword) : inputs.secret(.currentPassword)
        if inputs.refusal == nil, !edited.canSignIn(with: terms.accounts.login) {
            inputs.record(InputProblem(submission[.email] == nil ? .username : .email, .required))
        }
        if let refusal = inputs.refusal { return .refused(refusal) }

        if password != nil || current != nil || isReaddressed,
            let refusal = admit(.accountUpdate, caller, at: now)
        {
            return .refused(refusal)
        }
        var verified: PasswordCredential?
        if let current {
            switch try await verifyCurrent(current, of: id, .accountUpdate, caller, at: now) {
            case .refused(let refusal): return .refused(refusal)
            case .granted(let credential): verified = credential
            }
        }
        if isReaddressed, terms.verify?.isSentUnasked == true, let email = edited.email,
            let refusal = admit(.accountUpdate, caller, mailTo: email, at: now)
        {
            return .refused(refusal)
        }
        var hash: String?
        if let password {
            switch try await hasher.hash(password) {
            case .refused(let busy): return .refused(busy)
            case .granted(let made): hash = made
            }
        }

        let outcome = try await store.write { [verified, hash] transaction in
            try update(principal, edit, verified, hash, caller, at: now, in: transaction)
        }
        if let refusal = outcome.refusal { return refused(refusal, .accountUpdate, caller, at: now, account: id) }
        memory.apply([.account(id)])
        return outcome
    }

    private func update(
        _ principal: Principal, _ edit: AccountEdit, _ verified: PasswordCredential?, _ hash: String?,
        _ caller: Caller, at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> Outcome<Grant> {
        guard let old = try standing(principal, at: now, in: transaction) else { return .refused(.revokedToken) }
        if let verified, try transaction.passwordCredential(of: old.id)?.version != verified.version {
            return .refused(.wrongPassword)
        }
        var account = edit.applied(to: old)
        if account != old {
            account.updatedAt = now
            let isReaddressed = account.isReaddressed(from: old)
            if isReaddressed { account.emailVerified = false }
            if let taken = try transaction.update(account) { return .refused(taken.refusalCode) }
            if isReaddressed { try tell(ofReaddressing: old, to: account, caller, at: now, in: transaction) }
            if account.email != old.email || account.username != old.username {
                try distrustOldTokens(of: account.id, at: now, in: transaction)
            }
            try transaction.announce(.account(account.id))
            try transaction.append(
                event(
                    .accountUpdate, caller, at: now, account: account.id,
                    detail: AccountEdit.subjects(old, account)))
        }

        var grant = Grant()
        grant.user = shown(account)
        grant.session = principal.session
        if let hash {
            try replacePassword(of: account.id, with: hash, at: now, in: transaction)
            let opened = try settle(
                afterPasswordOf: account, principal, opensSession: terms.accounts.updateShowsToken, caller, at: now,
                in: transaction)
            if let opened { grant.show(opened) }
        } else if terms.accounts.updateShowsToken, let session = principal.session {
            grant.access = try issueAccess(account, session, at: now, in: transaction)
        }
        return .granted(grant)
    }

    /// What a change of address brings with it: links sent to the old one are void, and both owners are told.
    private func tell(
        ofReaddressing old: Account, to account: Account, _ caller: Caller, at now: Timestamp,
        in transaction: any StoreTransaction
    ) throws {
        for purpose in OneTimeTokenRecord.Purpose.allCases {
            try transaction.voidOneTimeTokens(of: account.id, purpose: purpose, at: now)
        }
        if terms.verify?.isSentUnasked == true {
            try enqueueLink(.verify, to: account, askedBy: caller, at: now, in: transaction)
        }
        try notify(ofReaddressing: old, to: account, by: caller, at: now, in: transaction)
    }

    /// What a new password brings with it: reset links are void, and every other session ends; the caller's too where
    /// the reply shows the tokens of a new one, which is given.
    func settle(
        afterPasswordOf account: Account, _ principal: Principal, opensSession: Bool, _ caller: Caller,
        at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> OpenedSession? {
        // A link asked for under the old password must not undo the new one.
        try transaction.voidOneTimeTokens(of: account.id, purpose: .reset, at: now)
        let kept = opensSession ? nil : principal.session?.id
        let ended = try endSessions(of: account.id, except: kept, .passwordChanged, at: now, in: transaction)
        let opened = opensSession ? try openSession(of: account, caller, at: now, in: transaction) : nil
        try transaction.append(
            event(
                .passwordChange, caller, at: now, account: account.id, session: opened?.session.id ?? kept,
                detail: "sessions ended: \(ended)"))
        try notify(.passwordChanged, account, by: caller, at: now, in: transaction)
        return opened
    }
}
