import WatchwordCore

/// An account as an operator enrols it.
public struct NewAccount: Sendable {
    public var email: String?
    public var username: String?
    public var name: String?
    /// Nothing for an account that nobody can sign in to until a password is set or reset.
    public var password: Secret?
    /// One of the realm's roles; the first where nothing is said.
    public var role: String?
    public var emailVerified: Bool
    /// Typed extras by name; each not named has its initial value.
    public var fields: [String: Value]

    public init(
        email: String? = nil, username: String? = nil, name: String? = nil, password: Secret? = nil,
        role: String? = nil, emailVerified: Bool = false, fields: [String: Value] = [:]
    ) {
        self.email = email
        self.username = username
        self.name = name
        self.password = password
        self.role = role
        self.emailVerified = emailVerified
        self.fields = fields
    }
}

extension Administration {
    /// Enrols an account by the rules of sign-up, whether or not sign-up is open. Sends no mail and begins no session;
    /// gives the account's API key where the contract issues one at sign-up.
    ///
    /// Refuses `validation`, `weakPassword`, `emailTaken`, `usernameTaken`, `busy`.
    public func create(_ new: NewAccount) async throws -> Outcome<(account: Account, apiKey: IssuedAPIKey?)> {
        let now = engine.clock.now()
        var rules = AccountRules(engine.terms)
        let email = rules.identifier(.email, new.email)
        let username = rules.identifier(.username, new.username)
        let name = rules.name(new.name)
        let role = new.role.map { rules.role($0) } ?? engine.terms.accounts.roles.first
        let fields = rules.fields(new.fields)
        if let password = new.password { rules.password(password, engine.commonPasswords) }
        if let refusal = rules.refusal { return .refused(refusal) }

        var hash: String?
        if let password = new.password {
            switch try await engine.hasher.hash(password) {
            case .refused(let busy): return .refused(busy)
            case .granted(let made): hash = made
            }
        }
        return try await engine.store.write { [hash] transaction in
            let account = Account(
                id: try engine.newID(.account, at: now, in: transaction), email: email, username: username,
                emailVerified: new.emailVerified, name: name, role: role, fields: fields,
                usageLimit: engine.terms.apiKeys?.usageLimit, createdAt: now, updatedAt: now)
            if let taken = try transaction.insert(account) { return .refused(taken.refusalCode) }
            try engine.distrustOldTokens(of: account.id, at: now, in: transaction)
            if let hash { try engine.replacePassword(of: account.id, with: hash, at: now, in: transaction) }
            var key: IssuedAPIKey?
            if engine.terms.apiKeys?.issueOnSignUp == true {
                key = try engine.makeAPIKey(for: account.id, agent: nil, name: nil, at: now, in: transaction)
            }
            try transaction.append(event(.accountCreate, at: now, account: account.id))
            return .granted((account, key))
        }
    }
}
