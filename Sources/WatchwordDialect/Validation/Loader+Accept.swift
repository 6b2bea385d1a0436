import WatchwordCore

extension Loader {
    /// `{passwords: [bcrypt], tokens: [{key: old, subject: user_id, until: 2027-06-30}], opaque: {until: ...}}`.
    mutating func readAccept(_ entry: Node.Entry) {
        guard let members = members(of: entry, Language.accept) else { return }
        var terms = AcceptedTerms()
        for item in members["passwords"].map({ items($0.value) }) ?? [] {
            guard let format = passwordFormat(item) else { continue }
            if !terms.passwords.contains(format) { terms.passwords.append(format) }
        }
        for item in members["tokens"].map({ items($0.value) }) ?? [] {
            if let token = acceptedToken(item) { terms.tokens.append(token) }
        }
        if let opaque = members["opaque"] {
            let parts = self.members(of: opaque, Language.opaqueTokens)
            terms.opaqueUntil = parts.flatMap { required("until", of: $0, opaque) }.flatMap { date($0) }
        }
        if let place = members["tokens"]?.position { checkKinds(terms.tokens, at: place) }
        dialect.terms.accepted = terms
    }

    /// Names of hash formats as other systems write them.
    private static let passwordAliases: [String: PasswordHashFormat] = [
        "argon2i": .argon2, "argon2id": .argon2, "argon2d": .argon2, "bcrypt_sha256": .bcrypt, "2a": .bcrypt,
        "2b": .bcrypt, "2y": .bcrypt, "pbkdf2_sha256": .pbkdf2, "pbkdf2_sha1": .pbkdf2, "pbkdf2_sha512": .pbkdf2,
        "django": .pbkdf2, "django_pbkdf2": .pbkdf2, "firebase": .firebaseScrypt, "sha512_crypt": .crypt,
        "sha256_crypt": .crypt, "yescrypt": .crypt, "ssha": .saltedSHA, "sha256": .saltedSHA, "sha512": .saltedSHA,
        "salted_sha256": .saltedSHA, "salted_sha512": .saltedSHA,
    ]

    private mutating func passwordFormat(_ node: Node) -> PasswordHashFormat? {
        guard let name = text(node, "passwords") else { return nil }
        var plain = ""
        for character in name.lowercased() { plain.append(character == "-" || character == " " ? "_" : character) }
        let format = PasswordHashFormat(rawValue: plain) ?? Self.passwordAliases[plain]
        if format == nil {
            let known = PasswordHashFormat.allCases.map(\.rawValue)
            report.error(
                message(
                    "`passwords` is none of \(known.map { "`\($0)`" }.joined(separator: ", ")): `\(name)`",
                    meaning: plain, among: known + Self.passwordAliases.keys.sorted()), at: node.position)
        }
        if format == .saltedSHA {
            report.note(
                "one round of a hash is soon undone by whoever has the table: import in good time", at: node.position)
        }
        return format
    }

    private enum AcceptedKind: String, CaseIterable { case access, refresh }

    private mutating func acceptedToken(_ node: Node) -> AcceptedToken? {
        guard let members = members(of: node, "an accepted token", Language.acceptedToken) else { return nil }
        let owner = Node.Entry(key: "tokens", position: node.position, value: node)
        let key = required("key", of: members, owner).flatMap { verifyingKey($0) }
        let until = required("until", of: members, owner).flatMap { date($0) }
        let kind: AcceptedKind = members["kind"].flatMap { choice($0) } ?? .access
        let path = members["subject"].flatMap { entry in
            text(entry).flatMap { bodyPath($0, at: entry.value.position) }
        }
        var requires: [Value.Member] = []
        for claim in members["claims"].flatMap({ self.members(of: $0, unknown: "claim", nil) })?.entries ?? [] {
            requires.append(.init(claim.key, claim.value.value))
        }
        let lifetime = members["ttl"].flatMap { self.lifetime($0) }
        let names = subject(members["names"])
        guard let key, let until else { return nil }
        return AcceptedToken(
            key: key, kind: kind == .access ? .access : .refresh, subject: path ?? ["sub"], names: names,
            requires: requires, lifetime: lifetime, until: until)
    }

    /// A key of the file that holds what the old issuer signed with; one that we made up would verify nothing.
    private mutating func verifyingKey(_ entry: Node.Entry) -> String? {
        guard let name = text(entry) else { return nil }
        guard keyNames.contains(name) else {
            report.error(message("no such key `\(name)`", meaning: name, among: keyNames), at: entry.value.position)
            return nil
        }
        if let key = dialect.keys.first(where: { $0.name == name }), key.verifiesOnly, key.environment == nil {
            report.error(
                "`\(name)` is the old issuer's: it needs `env`, or there is nothing to verify with",
                at: entry.value.position)
        }
        return name
    }

    /// Two kinds of token under one key are told apart by a claim, or one passes as the other.
    private mutating func checkKinds(_ tokens: [AcceptedToken], at place: SourcePosition) {
        var kinds: [String: Set<PresentedCredential.Kind>] = [:]
        for token in tokens { kinds[token.key, default: []].insert(token.kind) }
        if case .jwt(let key, _, _) = dialect.terms.access.format { kinds[key, default: []].insert(.access) }
        if case .jwt(let key, _, _)? = dialect.terms.refresh?.format { kinds[key, default: []].insert(.refresh) }
        for token in tokens where kinds[token.key, default: []].count > 1 {
            let looksAlike = tokens.contains {
                $0.key == token.key && $0.kind != token.kind && Set($0.requires) == Set(token.requires)
            }
            guard token.requires.isEmpty || looksAlike else { continue }
            report.error(
                "access and refresh tokens of `\(token.key)` look the same: `claims` must say what tells them apart",
                at: place)
            return
        }
    }

    /// `2027-06-30`, or a moment.
    private mutating func date(_ entry: Node.Entry) -> Timestamp? {
        guard let text = text(entry) else { return nil }
        guard let moment = Timestamp(reading: text) else {
            report.error("`\(text)` is no date: `2027-06-30`, or `2027-06-30T12:00:00Z`", at: entry.value.position)
            return nil
        }
        return moment
    }
}

extension AcceptedTerms {
    /// As a dialect file writes it; nothing where nothing is accepted.
    var canonical: Value? {
        var members: [Value.Member] = []
        if !passwords.isEmpty { members.append(.init("passwords", .array(passwords.map { .string($0.rawValue) }))) }
        if !tokens.isEmpty { members.append(.init("tokens", .array(tokens.map(\.canonical)))) }
        if let opaqueUntil {
            members.append(.init("opaque", .object([.init("until", .string(opaqueUntil.canonical))])))
        }
        return members.isEmpty ? nil : .object(members)
    }
}

extension AcceptedToken {
    fileprivate var canonical: Value {
        var members: [Value.Member] = [
            .init("key", .string(key)), .init("kind", .string(kind.rawValue)),
            .init("subject", .string(subject.joined(separator: "."))), .init("names", .string(names.rawValue)),
        ]
        if !requires.isEmpty { members.append(.init("claims", .object(requires))) }
        if let lifetime { members.append(.init("ttl", lifetime.canonical)) }
        members.append(.init("until", .string(until.canonical)))
        return .object(members)
    }
}

extension Timestamp {
    fileprivate var canonical: String { CivilTime(self).text(fraction: 6) }
}
