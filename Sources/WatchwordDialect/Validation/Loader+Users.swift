import WatchwordCore

extension Loader {
    mutating func readUsers(_ entry: Node.Entry) {
        guard
            let members = members(
                of: entry, unknown: "users key",
                ["id", "login", "require", "fields", "roles", "require_verified", "open"])
        else { return }
        var terms = AccountTerms()
        if let id = members["id"] { terms.idFormat = idFormat(id) ?? terms.idFormat }
        if let login = members["login"] {
            terms.login = identifiers(login)
            terms.required = terms.login
        }
        if let require = members["require"] { terms.required = identifiers(require) }
        if let fields = members["fields"] { terms.fields = self.fields(fields) }
        if let roles = members["roles"] { terms.roles = self.roles(roles) }
        if let flag = members["require_verified"].flatMap({ flag($0) }) { terms.requireVerified = flag }
        if let flag = members["open"].flatMap({ flag($0) }) { terms.signUpOpen = flag }
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
        guard let members = members(of: entry, unknown: "id key", ["alphabet", "length", "prefix"]),
            let alphabet = required("alphabet", of: members, entry).flatMap({ text($0) }),
            let length = required("length", of: members, entry).flatMap({ integer($0, 1...128) })
        else { return nil }
        let prefix = members["prefix"].flatMap { text($0) } ?? ""
        let letters = Array(alphabet.utf8)
        guard letters.count >= 2, Set(letters).count == letters.count,
            letters.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            report.error("`alphabet` is two or more printable ASCII characters, each once", at: entry.value.position)
            return nil
        }
        var combinations: UInt64 = 1
        var overflows = false
        for _ in 0..<length {
            let product = combinations.multipliedReportingOverflow(by: UInt64(letters.count))
            overflows = overflows || product.overflow
            combinations = product.partialValue
        }
        guard overflows else {
            report.error(
                "ids of this `alphabet` and `length` would repeat: they need 64 bits", at: entry.value.position)
            return nil
        }
        return .custom(alphabet: alphabet, length: Int(length), prefix: prefix)
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
            guard let members = members(of: field, unknown: "field key", ["type", "default", "max"]),
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

    /// What becomes of passwords on the list of common ones.
    private enum CommonPasswords: String, CaseIterable { case refuse, allow }

    mutating func readPassword(_ entry: Node.Entry) {
        guard let members = members(of: entry, unknown: "password key", ["min", "max", "common"], later: ["classes"])
        else { return }
        if let minimum = members["min"].flatMap({ integer($0, 1...128) }) {
            dialect.terms.password.minimum = Int(minimum)
        }
        if let maximum = members["max"].flatMap({ integer($0, 1...128) }) {
            dialect.terms.password.maximum = Int(maximum)
        }
        if let common = members["common"] {
            let choice: CommonPasswords? = choice(common)
            dialect.terms.password.refuseCommon = choice != .allow
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

    mutating func readSession(_ entry: Node.Entry) {
        guard let members = members(of: entry, unknown: "session key", ["max"]) else { return }
        if let maximum = members["max"].flatMap({ lifetime($0, orNever: true) }) {
            dialect.terms.session.maximum = maximum
        }
    }
}
