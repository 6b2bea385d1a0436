import WatchwordCore

/// How a request names an account: by its id, by one of its identifiers, or by a text that may be any of them.
enum AccountName: Hashable, Sendable {
    case id(Account.ID)
    case identifier(Identifier)
    /// An id before it is an address or a username.
    case any(String)

    /// What is throttled as one name.
    var key: String {
        switch self {
        case .id(let id): id.text
        case .identifier(let identifier): identifier.key
        case .any(let text): Identifier.key(text)
        }
    }

    func find(in reading: any StoreReading) throws -> Account? {
        switch self {
        case .id(let id): try reading.account(id)
        case .identifier(let identifier): try reading.account(identifier)
        case .any(let text):
            try reading.account(Account.ID(text)) ?? reading.account(.email(text)) ?? reading.account(.username(text))
        }
    }

    func names(_ account: Account) -> Bool {
        switch self {
        case .id(let id): id == account.id
        case .identifier(.email(let text)): account.email.map(Identifier.key) == Identifier.key(text)
        case .identifier(.username(let text)): account.username.map(Identifier.key) == Identifier.key(text)
        case .any(let text):
            text == account.id.text
                || [account.email, account.username].contains { $0.map(Identifier.key) == Identifier.key(text) }
        }
    }
}

extension InputReader {
    /// The account that the first given of these inputs names; where none is given, the first that the route binds is
    /// missing. Nothing for a text that can be nobody's: that is no mistake of form, for saying so would tell which
    /// names are possible. `login` says what an `identity` can be.
    mutating func accountName(_ names: [InputName], login: [Identifier.Kind]) -> AccountName? {
        let given = names.first { submission[$0].map { $0 != .null && $0 != .string("") } ?? false }
        guard let name = given ?? names.first(where: { expects($0) }) ?? names.first else { return nil }
        switch name {
        case .email: return AccountName(email: requiredString(.email))
        case .username: return AccountName(username: requiredString(.username))
        case .identity:
            return AccountName(identity: requiredString(.identity), login: login)
        case .uid:
            let text = requiredID(.uid, of: Account.self).text
            return text.isEmpty ? nil : .any(text)
        default:
            let id = requiredID(name, of: Account.self)
            return id.text.isEmpty ? nil : .id(id)
        }
    }
}

extension AccountName {
    /// What one signs in with. No username holds `@`, so it can be one of the two only.
    init?(identity: String, login: [Identifier.Kind]) {
        if login.contains(.username), let name = AccountName(username: identity) {
            self = name
        } else if login.contains(.email), let name = AccountName(email: identity) {
            self = name
        } else {
            return nil
        }
    }

    init?(email: String) {
        let text = Identifier.trimmed(email)
        guard Identifier.isEmail(text) else { return nil }
        self = .identifier(.email(text))
    }

    init?(username: String) {
        let text = Identifier.trimmed(username)
        guard Identifier.isUsername(text) else { return nil }
        self = .identifier(.username(text))
    }
}
