import WatchwordCore

extension Loader {
    private enum Bearer: String, CaseIterable { case agent, user }

    mutating func readAPIKeys(_ entry: Node.Entry) {
        var terms = APIKeyTerms()
        defer { dialect.terms.apiKeys = terms }
        guard let members = members(of: entry, Language.apiKeys) else { return }
        if let prefix = members["prefix"].flatMap({ prefix($0) }) { terms.prefix = prefix }
        if let bytes = members["bytes"].flatMap({ integer($0, 20...256) }) { terms.bytes = Int(bytes) }
        if let encoding: TextEncoding = members["encoding"].flatMap({ choice($0) }) { terms.encoding = encoding }
        if case .some(.some(let letters)) = letters(members, entry) {
            terms.letters = letters
            let bits = OpaqueFormat(.letters(alphabet: letters.alphabet, length: letters.length)).bits
            if bits < 112 {
                report.error(
                    "a key of \(bits) bits can be guessed: it needs 112",
                    at: members["length"]?.position ?? entry.position)
            }
        }
        if let ttl = members["ttl"], ttl.value.string != "never" { terms.lifetime = lifetime(ttl) }
        if let overlap = members["overlap"].flatMap({ lifetime($0, orZero: true) }) { terms.overlap = overlap }
        if let shown = members["shown"] {
            terms.shown = choice(shown) ?? .once
            if terms.shown == .always {
                report.note(
                    "the API key is shown again whenever asked: it is derived from a realm secret, and passes through every client that signs in",
                    at: shown.value.position)
            }
        }
        if let issue = members["issue_on_signup"].flatMap({ flag($0) }) { terms.issueOnSignUp = issue }
        if let bind = members["bind"] {
            let bearer: Bearer? = choice(bind)
            terms.boundToAgent = bearer == .agent
        }
        if let limit = members["usage_limit"] {
            // There even with a mistake in it: what names it is no second mistake.
            terms.usageLimit = integer(limit, 1...Int64(Int32.max)) ?? 1
        }
        if let bare = members["accept_bare"] {
            terms.acceptBare = flag(bare) ?? false
            if terms.acceptBare, terms.prefix.isEmpty {
                report.error("`accept_bare` needs a `prefix` that keys can lack", at: bare.position)
            }
        }
        if terms.boundToAgent, terms.issueOnSignUp || terms.shown == .always {
            report.error(
                "a key bound to an agent can be neither issued at sign-up nor shown always: there is no agent then",
                at: members["bind"]?.position ?? entry.position)
        }
    }
}
