import WatchwordCore

/// What a token of the old issuer says of itself, after its signature, its claims and its times were found good.
struct AcceptedClaim: Sendable {
    /// The rule by which it is accepted.
    var rule: AcceptedToken
    /// What names the account.
    var subject: String
    /// When it was issued, as far as it says or its end lets us reckon.
    var issuedAt: Timestamp?
    /// Its own end; nothing where it states none.
    var expiresAt: Timestamp?
}

extension Engine {
    /// Reads a token by the rules under which the old issuer's are accepted, without asking the store. Nothing where
    /// it is none of them: signed otherwise, with other claims, past the sunset, or a token of ours.
    ///
    /// Refuses `expiredToken`, and `invalidToken` before its time or without an account's name.
    func readAccepted(
        _ text: Secret, as kind: PresentedCredential.Kind, at now: Timestamp
    ) -> Outcome<AcceptedClaim>? {
        guard (1...Self.maximumTokenBytes).contains(text.bytes.count) else { return nil }
        for rule in terms.accepted.tokens where rule.kind == kind && now < rule.until {
            guard let claims = signer.verify(text, with: rule.key).map(Value.object), !isMarkedOurs(claims),
                rule.isMet(by: claims)
            else { continue }
            return judge(claims, rule, at: now)
        }
        return nil
    }

    private func judge(_ claims: Value, _ rule: AcceptedToken, at now: Timestamp) -> Outcome<AcceptedClaim> {
        guard let subject = claims.text(at: rule.subject) else { return .refused(.invalidToken) }
        var claim = AcceptedClaim(rule: rule, subject: subject)
        for name in ["nbf", "iat"] where claims[name] != nil {
            guard let moment = claims.moment(name), moment <= now + .seconds(Self.clockLeeway)
            else { return .refused(.invalidToken) }
        }
        if claims["exp"] != nil {
            guard let end = claims.moment("exp") else { return .refused(.invalidToken) }
            guard now < end else { return .refused(.expiredToken) }
            claim.expiresAt = end
        }
        claim.issuedAt = claims.moment("iat")
        if claim.issuedAt == nil, let end = claim.expiresAt, let lifetime = rule.lifetime {
            claim.issuedAt = end - lifetime
        }
        return .granted(claim)
    }

    /// Whether a token bears the name that only ours have. Where the old system and ours sign with one key, no refresh
    /// token of ours may come in as an access token of theirs.
    private func isMarkedOurs(_ claims: Value) -> Bool {
        ([terms] + realm.siblings).flatMap { [$0.access.format, $0.refresh?.format] }.contains { format in
            guard case .jwt(_, let members, let closed) = format,
                let name = ClaimLayout(members, closed: closed).tokenIDName
            else { return false }
            return claims[name]?.string.flatMap(TokenName.init) != nil
        }
    }
}

extension AcceptedToken {
    /// Whether a token has every claim that the rule asks for. One with an audience is only for those it names
    /// (RFC 7519 section 4.1.3), so a rule that names none does not take it.
    func isMet(by claims: Value) -> Bool {
        if claims["aud"] != nil, !requires.contains(where: { $0.name == "aud" }) { return false }
        return requires.allSatisfy { required in
            guard required.name == "aud" else { return claims[required.name] == required.value }
            return !Set(required.value.texts).isDisjoint(with: claims["aud"]?.texts ?? [])
        }
    }
}

extension Value {
    /// A text, or every text of a list.
    fileprivate var texts: [String] {
        switch self {
        case .string(let text): [text]
        case .array(let items): items.compactMap(\.string)
        default: []
        }
    }

    /// The text or whole number at the end of that path; nothing if there is another thing, or an empty text.
    fileprivate func text(at path: [String]) -> String? {
        var value: Value? = self
        for name in path { value = value?[name] }
        switch value {
        case .string(let text) where !text.isEmpty: return text
        case .int(let number): return String(number)
        default: return nil
        }
    }

    /// A NumericDate (RFC 7519 section 2), its fraction cut; nothing if it is none, or beyond the year 9999.
    fileprivate func moment(_ name: String) -> Timestamp? {
        let seconds: Int64
        switch self[name] {
        case .int(let number): seconds = number
        case .double(let number) where abs(number) < 1e12: seconds = Int64(number.rounded(.down))
        default: return nil
        }
        return (0...253_402_300_799).contains(seconds) ? Timestamp(seconds: seconds) : nil
    }
}
