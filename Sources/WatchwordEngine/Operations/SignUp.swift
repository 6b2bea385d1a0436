import WatchwordCore

extension Engine {
    /// How long signing up takes where nobody may read off a clock that an address is taken: longer than the work.
    private static let hidingPace = Duration.milliseconds(150)

    /// Enrols a person: account, password, and as the contract has it a session, an API key and a verification
    /// link, all in one transaction. Verification and quota come from the terms, never from what was sent, and no role
    /// of power is among those that a contract may let people choose.
    ///
    /// Where the contract hides that an address is taken, the answer and the work are those of success, and the address's
    /// owner is told by mail. A username is no secret: that one is taken is always told.
    func signUp(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        guard terms.accounts.signUpOpen else { return refused(.signupClosed, .signUp, caller, at: now) }
        var inputs = InputReader(submission)
        var applicant = readApplicant(&inputs)
        let password = newPassword(&inputs)
        readProfile(of: &applicant, &inputs)
        if let refusal = inputs.refusal { return .refused(refusal) }
        if let refusal = admit(.signUp, caller, at: now) { return .refused(refusal) }
        guard hidesTaken else { return try await signUp(applicant, password, caller, at: now) }
        return try await evenly(Self.hidingPace, by: ContinuousClock()) { [applicant] in
            try await signUp(applicant, password, caller, at: now)
        }
    }

    /// What a new account takes from what was sent: nothing else of an account is a stranger's to say.
    private struct Applicant: Sendable {
        var email: String?
        var username: String?
        var name: String?
        var role: String?
        var fields: [String: Value] = [:]
        var device: String?
    }

    /// Whether a taken address is answered like a free one: not where the answer holds what only a real account has.
    private var hidesTaken: Bool {
        terms.accounts.hidesTaken && !terms.accounts.signUpSignsIn && terms.apiKeys?.issueOnSignUp != true
    }

    private func readApplicant(_ inputs: inout InputReader) -> Applicant {
        let required = terms.accounts.required
        var applicant = Applicant()
        applicant.email = required.contains(.email) ? inputs.requiredEmail() : inputs.email()
        applicant.username = required.contains(.username) ? inputs.requiredUsername() : inputs.username()
        return applicant
    }

    private func readProfile(of applicant: inout Applicant, _ inputs: inout InputReader) {
        applicant.name = inputs.text(.name)
        applicant.role = inputs.role(terms.accounts)
        for field in terms.accounts.fields { applicant.fields[field.name] = inputs.field(field) }
        applicant.device = inputs.text(.device)
    }

    private func signUp(
        _ applicant: Applicant, _ password: Secret, _ caller: Caller, at now: Timestamp
    ) async throws -> Outcome<Grant> {
        // Where the contract shows that an identifier is taken, a duplicate need not cost a hash.
        if let taken = try await store.read({ try taken(by: applicant, in: $0) }) {
            return refused(taken.refusalCode, .signUp, caller, at: now)
        }
        let hash: String
        switch try await hasher.hash(password) {
        case .refused(let busy): return .refused(busy)
        case .granted(let made): hash = made
        }
        let outcome: Outcome<Grant> = try await store.write { transaction in
            if let taken = try taken(by: applicant, in: transaction) { return .refused(taken.refusalCode) }
            let account = try account(of: applicant, at: now, in: transaction)
            if hidesTaken, let owner = try applicant.email.flatMap({ try transaction.account(.email($0)) }) {
                return .granted(try pretend(account, owner, caller, at: now, in: transaction))
            }
            return .granted(try enrol(account, hash, applicant.device, caller, at: now, in: transaction))
        }
        if let code = outcome.refusal?.code { return refused(code, .signUp, caller, at: now) }
        return outcome
    }

    /// The identifier that another account has and that the applicant is told of.
    private func taken(by applicant: Applicant, in reading: any StoreReading) throws -> Identifier.Kind? {
        if !hidesTaken, let email = applicant.email, try reading.account(.email(email)) != nil { return .email }
        if let username = applicant.username, try reading.account(.username(username)) != nil { return .username }
        return nil
    }

    private func account(
        of applicant: Applicant, at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> Account {
        Account(
            id: try newID(.account, at: now, in: transaction), email: applicant.email, username: applicant.username,
            name: applicant.name, role: applicant.role, fields: applicant.fields,
            usageLimit: terms.apiKeys?.usageLimit, createdAt: now, updatedAt: now)
    }

    private func enrol(
        _ account: Account, _ hash: String, _ device: String?, _ caller: Caller, at now: Timestamp,
        in transaction: any StoreTransaction
    ) throws -> Grant {
        guard try transaction.insert(account) == nil else {
            throw Fault(.invariant, "an identifier was taken within a transaction that found it free")
        }
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
        if terms.verify?.isSentUnasked == true {
            try enqueueLink(.verify, to: account, at: now, in: transaction)
        }
        try transaction.append(
            event(.signUp, caller, at: now, account: account.id, session: grant.session?.id))
        return grant
    }

    /// The answer of success for an account that is never stored: its address's owner learns of it instead.
    private func pretend(
        _ account: Account, _ owner: Account, _ caller: Caller, at now: Timestamp,
        in transaction: any StoreTransaction
    ) throws -> Grant {
        if let email = owner.email, !owner.disabled, admit(.signUp, caller, mailTo: email, at: now) == nil {
            let content = MailContent(.signUpAttempt, facts: occasion(caller, at: now))
            try enqueue(content, to: email, of: owner.id, at: now, in: transaction)
        }
        var event = event(.signUp, caller, at: now, account: owner.id)
        event.outcome = RefusalCode.emailTaken.rawValue
        try transaction.append(event)
        var grant = Grant()
        grant.user = account
        return grant
    }
}

extension InputReader {
    /// What somebody says to be when signing up: one of the contract's roles that gives no power over others; the first
    /// of all where nothing is said.
    fileprivate mutating func role(_ terms: AccountTerms) -> String? {
        guard let role = text(.role) else { return terms.roles.first }
        if !terms.roles.contains(role) || terms.administrators.contains(role) {
            record(InputProblem(.role, .choice))
        }
        return role
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
