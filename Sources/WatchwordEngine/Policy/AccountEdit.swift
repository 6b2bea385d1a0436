import WatchwordCore

/// What a request changes of its caller's account: nothing that it does not mention.
struct AccountEdit: Sendable {
    enum Part<Content: Sendable>: Sendable {
        case kept
        case set(Content)

        func applied(to old: Content) -> Content {
            switch self {
            case .kept: old
            case .set(let new): new
            }
        }
    }

    var email = Part<String?>.kept
    var username = Part<String?>.kept
    var name = Part<String?>.kept
    var fields: [String: Value] = [:]

    func applied(to old: Account) -> Account {
        var account = old
        account.email = email.applied(to: old.email)
        account.username = username.applied(to: old.username)
        account.name = name.applied(to: old.name)
        account.fields.merge(fields) { _, new in new }
        return account
    }

    /// What differs, for the record, which holds no values.
    static func subjects(_ old: Account, _ new: Account) -> String {
        var subjects: [String] = []
        if old.email != new.email { subjects.append("email") }
        if old.username != new.username { subjects.append("username") }
        if old.name != new.name { subjects.append("name") }
        return (subjects + new.fields.keys.sorted().filter { old.fields[$0] != new.fields[$0] })
            .joined(separator: " ")
    }
}

extension InputReader {
    /// What is to change. Null and an empty text clear what the contract lets be empty; a typed extra gets its
    /// initial value back.
    mutating func accountEdit(_ terms: AccountTerms) -> AccountEdit {
        var edit = AccountEdit()
        if submission[.email] != nil {
            edit.email = .set(terms.required.contains(.email) ? requiredEmail() : email())
        }
        if submission[.username] != nil {
            edit.username = .set(terms.required.contains(.username) ? requiredUsername() : username())
        }
        if submission[.name] != nil { edit.name = .set(text(.name)) }
        for field in terms.fields where submission[.field(field.name)] != nil {
            edit.fields[field.name] = self.field(field)
        }
        return edit
    }
}

extension Account {
    /// Whether the address is another one, and not only written otherwise.
    func isReaddressed(from old: Account) -> Bool {
        email.map(Identifier.key) != old.email.map(Identifier.key)
    }

    /// Whether it has a handle of a kind to sign in with.
    func canSignIn(with kinds: [Identifier.Kind]) -> Bool {
        kinds.contains { kind in
            switch kind {
            case .email: email != nil
            case .username: username != nil
            }
        }
    }
}
