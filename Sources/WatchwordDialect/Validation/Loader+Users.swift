import WatchwordCore

extension Loader {
    mutating func readUsers(_ entry: Node.Entry) {
        guard let members = members(of: entry, Language.users) else { return }
        var terms = AccountTerms()
        if let id = members["id"] { terms.idFormat = idFormat(id) ?? terms.idFormat }
        if let login = members["login"] {
            terms.login = identifiers(login)
            terms.required = Array(terms.login.prefix(1))
        }
        if let require = members["require"] { terms.required = identifiers(require) }
        if let fields = members["fields"] { terms.fields = self.fields(fields) }
        if let roles = members["roles"] { terms.roles = self.roles(roles) }
        if let flag = members["require_verified"].flatMap({ flag($0) }) { terms.requireVerified = flag }
        if let flag = members["open"].flatMap({ flag($0) }) { terms.signUpOpen = flag }
        if let flag = members["hide_taken"].flatMap({ flag($0) }) { terms.hidesTaken = flag }
        if let flag = members["users_see_users"].flatMap({ flag($0) }) {
            terms.usersSeeUsers = flag
            if flag, let place = members["users_see_users"]?.position {
                report.note("everybody signed in sees every other account, as far as replies show one", at: place)
            }
        }
        if let entry = members["administrators"] { terms.administrators = administrators(entry, of: terms.roles) }
        if terms.requireVerified, sections["tokens"]?.value["verify"] == nil {
            report.error(
                "`require_verified` needs `tokens: {verify: ...}`, or nobody could sign in",
                at: members["require_verified"]?.position ?? entry.position)
        }
        if Set(terms.login).isDisjoint(with: terms.required) {
            report.error(
                "`require` must name at least one of `login`", at: members["require"]?.position ?? entry.position)
        }
        dialect.terms.accounts = terms
    }

    private mutating func idFormat(_ entry: Node.Entry) -> IDFormat? {
        let formats: [String: IDFormat] = [
            "int": .integer, "uuid": .uuid, "cuid": .cuid, "objectid": .objectID, "hex32": .hex32,
        ]
        if let name = entry.value.string {
            if let format = formats[name] { return format }
            report.error(
                message(
                    "`id` is none of `int`, `uuid`, `cuid`, `objectid`, `hex32`, {alphabet, length, prefix}: `\(name)`",
                    meaning: name, among: formats.keys.sorted()), at: entry.value.position)
            return nil
        }
        guard let members = members(of: entry, Language.id),
            let alphabet = required("alphabet", of: members, entry).flatMap({ self.alphabet($0) }),
            let length = required("length", of: members, entry).flatMap({ integer($0, 1...128) })
        else { return nil }
        let prefix = members["prefix"].flatMap { text($0) } ?? ""
        if let place = members["prefix"]?.value.position,
            !prefix.utf8.allSatisfy({ isWordByte($0) || "-.~:".utf8.contains($0) }) || prefix.utf8.count > 32
        {
            report.error("`prefix` is up to 32 letters, digits and `-._~:`, since ids stand in paths", at: place)
        }
        let bits = OpaqueFormat(.letters(alphabet: alphabet, length: Int(length))).bits
        if bits < 40 {
            report.error(
                "ids of this `alphabet` and `length` would soon repeat: they need 40 bits, and have \(bits)",
                at: entry.value.position)
            return nil
        }
        if bits < 64 {
            report.note(
                "ids of \(bits) bits may repeat after some \(bits < 52 ? "hundred thousand" : "ten million") accounts: a sign-up that meets one fails",
                at: entry.value.position)
        }
        return .custom(alphabet: alphabet, length: Int(length), prefix: prefix)
    }

    /// The characters of an id or a token: printable ASCII, each once.
    mutating func alphabet(_ entry: Node.Entry) -> String? {
        guard let text = text(entry) else { return nil }
        let letters = Array(text.utf8)
        guard letters.count >= 2, Set(letters).count == letters.count,
            letters.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            report.error("`alphabet` is two or more printable ASCII characters, each once", at: entry.value.position)
            return nil
        }
        return text
    }

    /// `[username, email]`, each once, at least one.
    private mutating func identifiers(_ entry: Node.Entry) -> [Identifier.Kind] {
        var kinds: [Identifier.Kind] = []
        for item in items(entry.value) {
            guard let kind: Identifier.Kind = choice(item, entry.key) else { continue }
            if kinds.contains(kind) {
                report.error("`\(kind.rawValue)` is there twice", at: item.position)
            } else {
                kinds.append(kind)
            }
        }
        if entry.value.items?.isEmpty == true {
            report.error("`\(entry.key)` needs at least one of `email`, `username`", at: entry.value.position)
        }
        return kinds.isEmpty ? [.email] : kinds
    }

    private mutating func fields(_ entry: Node.Entry) -> [FieldTerms] {
        var fields: [FieldTerms] = []
        for field in members(of: entry, unknown: "field", nil)?.entries ?? [] {
            if !isWord(field.key) {
                report.error("`\(field.key)` cannot name a field: letters, digits and `_`", at: field.position)
            }
            if Slot.AccountMember.standing.contains(where: { $0.text == field.key }) {
                report.error("every account has `\(field.key)`: a field needs another name", at: field.position)
            }
            guard let members = members(of: field, Language.field),
                let type: FieldType = required("type", of: members, field).flatMap({ choice($0) })
            else {
                // Known by name all the same.
                fields.append(FieldTerms(name: field.key, type: .json))
                continue
            }
            var terms = FieldTerms(name: field.key, type: type)
            if let initial = members["default"] { terms.initial = self.initial(initial, type) }
            if let maximum = members["max"] {
                if type != .string { report.error("only a string has a `max`", at: maximum.position) }
                if let maximum = integer(maximum, 1...65_536) { terms.maximum = Int(maximum) }
            }
            if let text = terms.initial.string, text.count > terms.maximum {
                report.error("`default` is longer than `max`", at: members["default"]?.value.position ?? field.position)
            }
            fields.append(terms)
        }
        return fields
    }

    private mutating func initial(_ entry: Node.Entry, _ type: FieldType) -> Value {
        let value = entry.value.value
        let fits =
            switch (type, value) {
            case (_, .null), (.json, _), (.string, .string), (.int, .int), (.bool, .bool): true
            default: false
            }
        if !fits, !entry.value.isUnreadable {
            report.error("`default` must be \(type.rawValue), not \(value.typeName)", at: entry.value.position)
        }
        return value
    }

    private mutating func roles(_ entry: Node.Entry) -> [String] {
        var roles: [String] = []
        for item in items(entry.value) {
            guard let role = text(item, entry.key) else { continue }
            if role.isEmpty || roles.contains(role) {
                report.error("roles are texts, each once: `\(role)`", at: item.position)
            } else {
                roles.append(role)
            }
        }
        return roles
    }

    /// Which of the roles may see and list other accounts.
    private mutating func administrators(_ entry: Node.Entry, of roles: [String]) -> [String] {
        var names: [String] = []
        for item in items(entry.value) {
            guard let role = text(item, entry.key) else { continue }
            if !roles.contains(role) {
                report.error(message("`roles` has no `\(role)`", meaning: role, among: roles), at: item.position)
            } else if role == roles.first {
                report.error("`\(role)` is the role that everybody is given at sign-up", at: item.position)
            } else if names.contains(role) {
                report.error("`\(role)` is there twice", at: item.position)
            } else {
                names.append(role)
            }
        }
        return names
    }

    /// What becomes of passwords on the list of common ones.
    private enum CommonPasswords: String, CaseIterable { case refuse, allow }

    mutating func readPassword(_ entry: Node.Entry) {
        guard let members = members(of: entry, Language.password) else { return }
        if let minimum = members["min"].flatMap({ integer($0, 1...128) }) {
            dialect.terms.password.minimum = Int(minimum)
        }
        if let maximum = members["max"].flatMap({ integer($0, 1...1_024) }) {
            dialect.terms.password.maximum = Int(maximum)
        }
        if let common = members["common"] {
            let choice: CommonPasswords? = choice(common)
            dialect.terms.password.refuseCommon = choice != .allow
        }
        if let classes = members["classes"], classes.value.scalar?.int != nil {
            dialect.terms.password.leastClasses = integer(classes, 1...4).map(Int.init) ?? 0
        } else if let classes = members["classes"] {
            dialect.terms.password.classes = self.classes(classes)
        }
        if dialect.terms.password.minimum > dialect.terms.password.maximum {
            report.error("`min` is more than `max`", at: entry.position)
        }
        if dialect.terms.password.minimum < 8, let place = members["min"]?.value.position {
            report.note("passwords under 8 characters are guessed within the throttle's allowance", at: place)
        }
        if !dialect.terms.password.refuseCommon, let place = members["common"]?.value.position {
            report.note("passwords on the list of common ones are accepted", at: place)
        }
    }

    private mutating func classes(_ entry: Node.Entry) -> [PasswordClass] {
        var classes: [PasswordClass] = []
        for item in items(entry.value) {
            guard let written: PasswordClass = choice(item, entry.key) else { continue }
            if classes.contains(written) { report.error("`\(written.rawValue)` is there twice", at: item.position) }
            classes.append(written)
        }
        return classes
    }

    mutating func readSession(_ entry: Node.Entry) {
        guard let members = members(of: entry, Language.session) else { return }
        if let maximum = members["max"].flatMap({ lifetime($0, orNever: true) }) {
            dialect.terms.session.maximum = maximum
        }
    }
}
