import WatchwordCore

/// What differs in terms that show in no route or reply.
extension SectionDifference {
    /// Who may see and list whom.
    mutating func compareSight(_ old: AccountTerms, _ new: AccountTerms) {
        for role in old.administrators where !new.administrators.contains(role) {
            add(.breaking, "users.administrators", "`\(role)` may not see others")
        }
        for role in new.administrators where !old.administrators.contains(role) {
            add(.compatible, "users.administrators", "`\(role)` may see others")
        }
        if old.usersSeeUsers != new.usersSeeUsers {
            add(
                new.usersSeeUsers ? .compatible : .breaking, "users.users_see_users",
                new.usersSeeUsers ? "everybody may see others" : "not everybody may see others")
        }
    }

    mutating func compareLimits(_ old: LimitTerms, _ new: LimitTerms) {
        let limits: [(name: String, member: KeyPath<LimitTerms, LimitTerms.Rate?>)] = [
            ("attempts", \.attempts), ("address", \.address), ("mailbox", \.mailbox), ("api_key", \.apiKey),
        ]
        for limit in limits where old[keyPath: limit.member] != new[keyPath: limit.member] {
            let (before, after) = (Self.words(old[keyPath: limit.member]), Self.words(new[keyPath: limit.member]))
            add(.behaviour, "limits.\(limit.name)", "\(after), was \(before)")
        }
    }

    private static func words(_ rate: LimitTerms.Rate?) -> String {
        rate.map { "\($0.count) in \(TokenDifference.words($0.span))" } ?? "the server's own"
    }

    /// What is taken over from the system before.
    mutating func compareAccepted(_ old: AcceptedTerms, _ new: AcceptedTerms) {
        for token in old.tokens where !new.tokens.contains(token) {
            let isKnown = new.tokens.contains { $0.key == token.key && $0.kind == token.kind }
            add(
                isKnown ? .behaviour : .breaking, "accept.tokens",
                "those under `\(token.key)` are \(isKnown ? "taken on other terms" : "not taken")")
        }
        for token in new.tokens where !old.tokens.contains(where: { $0.key == token.key && $0.kind == token.kind }) {
            add(.compatible, "accept.tokens", "those under `\(token.key)` are taken")
        }
        switch (old.opaqueUntil, new.opaqueUntil) {
        case (_?, nil): add(.breaking, "accept.opaque", "those of before are not taken")
        case (nil, _?): add(.compatible, "accept.opaque", "those of before are taken")
        case (let before?, let after?) where before != after:
            add(after < before ? .breaking : .compatible, "accept.opaque", "until \(CivilTime(after).text())")
        default: break
        }
    }
}
