import WatchwordCore

extension Engine {
    /// Begins a session for whoever knows the password.
    ///
    /// An unknown account, one without a password, one that is disabled and a wrong password cost one
    /// verification each. That an account is disabled or not verified is told to those only who know its password.
    func signIn(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        var inputs = InputReader(submission)
        let usual: InputName = terms.accounts.login.first == .username ? .username : .email
        let asked = [InputName.identity, .email, .username, .userID].filter { inputs.expects($0) }
        let name = inputs.accountName(asked.isEmpty ? [usual] : asked, login: terms.accounts.login)
        let password = inputs.requiredSecret(.password)
        let device = inputs.text(.device)
        if let refusal = inputs.refusal { return .refused(refusal) }
        if let refusal = admit(.signIn, caller, at: now) { return .refused(refusal) }
        let key = name?.key ?? ""
        if let refusal = admit(.signIn, caller, attemptAt: key, at: now) { return .refused(refusal) }

        // What was verified may be replaced meanwhile, by a better hash of the same password for one:
        // then the new one is verified. Somebody who is replaced twice in that time may try again.
        for _ in 0..<3 {
            let (account, credential) = try await store.read { try find(name, in: $0) }
            let verdict: PasswordVerdict
            switch try await verify(password, against: credential?.hash) {
            case .refused(let busy):
                throttle.abandoned(key, caller.address.network)
                return .refused(busy)
            case .granted(let given): verdict = given
            }
            guard case .right(let outdated) = verdict, let account, let credential else {
                throttle.failed(key, at: now)
                return refused(.invalidCredentials, .signIn, caller, at: now, account: account?.id)
            }
            throttle.succeeded(key, caller.address.network, at: now)
            // A full queue only puts the better hash off to the next sign-in.
            let better = outdated ? try await hasher.hash(password).output : nil
            let entry = try await store.write { transaction in
                try enter(account.id, credential, better, device, caller, at: now, in: transaction)
            }
            switch entry {
            case .granted(let grant): return .granted(grant)
            case .refused(let code): return refused(code, .signIn, caller, at: now, account: account.id)
            case .replaced: continue
            }
        }
        return refused(.invalidCredentials, .signIn, caller, at: now, detail: "the password kept changing")
    }

    private enum Entry: Sendable {
        case granted(Grant)
        case refused(RefusalCode)
        /// The password verified is no longer the account's.
        case replaced
    }

    private func find(
        _ name: AccountName?, in reading: any StoreReading
    ) throws -> (Account?, PasswordCredential?) {
        guard let account = try name?.find(in: reading) else { return (nil, nil) }
        return (account, try reading.passwordCredential(of: account.id))
    }

    /// One verification, whatever there is to compare with. No password of ours is longer than an input may be.
    func verify(_ password: Secret, against hash: String?) async throws -> Outcome<PasswordVerdict> {
        guard password.bytes.count <= InputReader.maximumBytes else {
            return try await hasher.verify(Secret("too long"), against: nil)
        }
        return try await hasher.verify(password, against: hash)
    }

    private func enter(
        _ id: Account.ID, _ verified: PasswordCredential, _ better: String?, _ device: String?, _ caller: Caller,
        at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> Entry {
        guard let account = try transaction.account(id), let current = try transaction.passwordCredential(of: id),
            current.version == verified.version
        else { return .replaced }
        guard !account.disabled else { return .refused(.accountDisabled) }
        guard account.emailVerified || !terms.accounts.requireVerified else { return .refused(.emailNotVerified) }
        if let better {
            let credential = PasswordCredential(
                accountID: id, hash: better, version: current.version + 1, changedAt: current.changedAt)
            if try transaction.setPassword(credential, replacing: current.version) {
                try transaction.append(event(.passwordRehash, caller, at: now, account: id))
            }
        }
        let opened = try openSession(of: account, device: device, caller, at: now, in: transaction)
        try transaction.append(event(.signIn, caller, at: now, account: id, session: opened.session.id))
        if opened.network == .new {
            var facts: [MailContent.Fact: String] = [:]
            facts[.device] = device
            try notify(.newSignIn, account, facts, by: caller, at: now, in: transaction)
        }
        var grant = Grant()
        grant.user = shown(account)
        grant.show(opened)
        grant.apiKey = try shownKey(of: account, caller, at: now, in: transaction)
        return .granted(grant)
    }
}
