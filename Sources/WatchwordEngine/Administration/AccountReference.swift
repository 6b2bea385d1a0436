import WatchwordCore

/// How an operator names an account: `id:42`, `email:ann@example.com`, `username:ann`, or any of these bare.
public struct AccountReference: Hashable, Sendable {
    private var id: Account.ID?
    private var identifiers: [Identifier] = []

    public init(_ written: String) {
        if let text = written.suffix(after: "id:") {
            id = Account.ID(text)
        } else if let text = written.suffix(after: "email:") {
            identifiers = [.email(text)]
        } else if let text = written.suffix(after: "username:") {
            identifiers = [.username(text)]
        } else {
            id = Account.ID(written)
            identifiers = [.email(written), .username(written)]
        }
    }

    public init(_ id: Account.ID) { self.id = id }

    /// The account. Refuses `notFound`; and `conflict` where a bare name means two accounts, as when the username
    /// of one is the number of another.
    func find(in reading: any StoreReading) throws -> Outcome<Account> {
        var found: [Account.ID: Account] = [:]
        if let id, let account = try reading.account(id) { found[account.id] = account }
        for identifier in identifiers {
            if let account = try reading.account(identifier) { found[account.id] = account }
        }
        guard let account = found.values.first else { return .refused(.notFound) }
        return found.count == 1 ? .granted(account) : .refused(.conflict)
    }
}

extension String {
    fileprivate func suffix(after prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
