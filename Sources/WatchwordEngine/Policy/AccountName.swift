import WatchwordCore

/// How a request names an account: by its id, or by one of its identifiers.
enum AccountName: Hashable, Sendable {
    case id(Account.ID)
    case identifier(Identifier)

    /// What is throttled as one name.
    var key: String {
        switch self {
        case .id(let id): id.text
        case .identifier(let identifier): identifier.key
        }
    }

    func find(in reading: any StoreReading) throws -> Account? {
        switch self {
        case .id(let id): try reading.account(id)
        case .identifier(let identifier): try reading.account(identifier)
        }
    }

    func names(_ account: Account) -> Bool {
        switch self {
        case .id(let id): id == account.id
        case .identifier(.email(let text)): account.email.map(Identifier.key) == Identifier.key(text)
        case .identifier(.username(let text)): account.username.map(Identifier.key) == Identifier.key(text)
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
            // No username holds `@`, so what is given can be one of the two only.
            let text = requiredString(.identity)
            return (login.contains(.username) ? AccountName(username: text) : nil)
                ?? (login.contains(.email) ? AccountName(email: text) : nil)
        default:
            let id = requiredID(name, of: Account.self)
            return id.text.isEmpty ? nil : .id(id)
        }
    }
}

extension AccountName {
    fileprivate init?(email: String) {
        let text = Identifier.trimmed(email)
        guard Identifier.isEmail(text) else { return nil }
        self = .identifier(.email(text))
    }

    fileprivate init?(username: String) {
        let text = Identifier.trimmed(username)
        guard Identifier.isUsername(text) else { return nil }
        self = .identifier(.username(text))
    }
}
