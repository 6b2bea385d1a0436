import WatchwordCore

extension Engine {
    /// Enrols a person: account, password, and as the contract has it a session, an API key and a verification
    /// link, all in one transaction. Role, verification and quota come from the terms, never from what was sent.
    func signUp(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        guard terms.accounts.signUpOpen else { return refused(.signupClosed, .signUp, caller, at: now) }
        var inputs = InputReader(submission)
        let applicant = readApplicant(&inputs)
        let password = newPassword(&inputs)
        let name = inputs.text(.name)
        let device = inputs.text(.device)
        let fields = terms.accounts.fields.map { ($0.name, inputs.field($0)) }
        if let refusal = inputs.refusal { return .refused(refusal) }
        if let refusal = admit(.signUp, caller, at: now) { return .refused(refusal) }

        // The contract shows that an identifier is taken, so a duplicate need not cost a hash.
        if let taken = try await store.read({ try applicant.taken(in: $0) }) {
            return refused(taken.refusalCode, .signUp, caller, at: now)
        }
        let hash: String
        switch try await hasher.hash(password) {
        case .refused(let busy): return .refused(busy)
        case .granted(let made): hash = made
        }

        let profile = Profile(
            email: applicant.email, username: applicant.username, name: name,
            fields: Dictionary(fields) { first, _ in first })
        let outcome = try await store.write { transaction in
            try enrol(profile, hash, device, caller, at: now, in: transaction)
        }
        if let code = outcome.refusal?.code { return refused(code, .signUp, caller, at: now) }
        return outcome
    }

    /// What a new account takes from what was sent: nothing else of an account is a stranger's to say.
    private struct Profile: Sendable {
        var email: String?
        var username: String?
        var name: String?
        var fields: [String: Value]
    }

    private struct Applicant: Sendable {
        var email: String?
        var username: String?

        func taken(in reading: any StoreReading) throws -> Identifier.Kind? {
            if let email, try reading.account(Identifier.email(email)) != nil { return .email }
            if let username, try reading.account(Identifier.username(username)) != nil { return .username }
            return nil
        }
    }

    private func readApplicant(_ inputs: inout InputReader) -> Applicant {
        let required = terms.accounts.required
        let email = required.contains(.email) ? inputs.requiredEmail() : inputs.email()
        let username = required.contains(.username) ? inputs.requiredUsername() : inputs.username()
        return Applicant(email: email, username: username)
    }

    private func enrol(
        _ profile: Profile, _ hash: String, _ device: String?, _ caller: Caller, at now: Timestamp,
        in transaction: any StoreTransaction
    ) throws -> Outcome<Grant> {
        let account = Account(
            id: try newID(.account, at: now, in: transaction), email: profile.email, username: profile.username,
            name: profile.name, role: terms.accounts.roles.first, fields: profile.fields,
            usageLimit: terms.apiKeys?.usageLimit, createdAt: now, updatedAt: now)
        if let taken = try transaction.insert(account) { return .refused(taken.refusalCode) }
        let credential = PasswordCredential(accountID: account.id, hash: hash, version: 1, changedAt: now)
        guard try transaction.setPassword(credential, replacing: nil) else {
            throw Fault(.invariant, "a new account already has a password")
        }

        try distrustOldTokens(of: account.id, at: now, in: transaction)

        var grant = Grant()
        grant.user = account
        if terms.accounts.signUpSignsIn {
            grant.show(try openSession(of: account, device: device, caller, at: now, in: transaction))
        }
        if terms.apiKeys?.issueOnSignUp == true {
            grant.apiKey = try makeAPIKey(for: account.id, agent: nil, name: nil, at: now, in: transaction)
        }
        if terms.verify != nil, account.email != nil {
            try enqueueLink(.verify, to: account, at: now, in: transaction)
        }
        try transaction.append(
            event(.signUp, caller, at: now, account: account.id, session: grant.session?.id))
        return .granted(grant)
    }
}

extension Identifier.Kind {
    /// What is said when another account has the identifier.
    var refusalCode: RefusalCode {
        switch self {
        case .email: .emailTaken
        case .username: .usernameTaken
        }
    }
}
