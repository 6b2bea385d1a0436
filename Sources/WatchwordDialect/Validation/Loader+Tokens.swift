import WatchwordCore

extension Loader {
    mutating func readTokens(_ entry: Node.Entry) {
        guard let members = members(of: entry, Language.tokens) else { return }
        if let access = members["access"] {
            if let (format, lifetime, _) = bearer(access, Language.access) {
                dialect.terms.access.format = format
                dialect.terms.access.lifetime = lifetime
            }
        }
        if let refresh = members["refresh"] {
            // There even with a mistake in it: what names `$refresh` is no second mistake.
            dialect.terms.refresh = RefreshTokenTerms(
                format: .opaque(OpaqueFormat()), lifetime: .days(1), use: .rotate)
            if let (format, lifetime, members) = bearer(refresh, Language.refresh),
                let use: RefreshTokenTerms.Use = required("use", of: members, refresh).flatMap({ choice($0) })
            {
                var terms = RefreshTokenTerms(format: format, lifetime: lifetime, use: use)
                if let grace = members["reuse_grace"] {
                    terms.grace = self.lifetime(grace, orZero: true) ?? terms.grace
                    if use == .reuse {
                        report.error("`reuse_grace` is of `use: rotate` only", at: grace.position)
                    } else if terms.grace > .minutes(5) {
                        report.error("`reuse_grace` is for lost answers: at most 5 minutes", at: grace.value.position)
                    }
                }
                dialect.terms.refresh = terms
            }
        }
        if case .jwt(let accessKey, let accessClaims, _) = dialect.terms.access.format,
            case .jwt(let refreshKey, let refreshClaims, _)? = dialect.terms.refresh?.format,
            accessKey == refreshKey, accessClaims == refreshClaims, let place = members["refresh"]?.position
        {
            report.note(
                "access and refresh tokens have the same claims: whoever else verifies them cannot tell which is which",
                at: place)
        }
        dialect.terms.verify = members["verify"].map { oneTime($0) }
        dialect.terms.reset = members["reset"].map { oneTime($0) }
    }

    private enum TokenKind: String, CaseIterable { case jwt, opaque }

    /// An access or refresh token's section.
    private mutating func bearer(
        _ entry: Node.Entry, _ table: LanguageTable
    ) -> (TokenFormat, Lifetime, Members)? {
        guard let members = members(of: entry, table) else { return nil }
        let lifetime = lifetimeOfToken(members, entry)
        guard let kind: TokenKind = required("kind", of: members, entry).flatMap({ choice($0) }) else { return nil }
        let format: TokenFormat? =
            switch kind {
            case .jwt: jwt(members, entry)
            case .opaque: opaque(members, entry)
            }
        guard let format, let lifetime else { return nil }
        return (format, lifetime, members)
    }

    private mutating func lifetimeOfToken(_ members: Members, _ owner: Node.Entry) -> Lifetime? {
        guard let ttl = members["ttl"] else {
            report.error("`\(owner.key)` needs `ttl`; write `never` if it is to last for ever", at: members.position)
            return nil
        }
        let lifetime = lifetime(ttl, orNever: true)
        if ttl.value.string == "never" {
            report.note("this token lasts until its session ends", at: ttl.value.position)
        }
        return lifetime
    }

    private mutating func jwt(_ members: Members, _ owner: Node.Entry) -> TokenFormat? {
        for key in Self.opaqueKeys {
            if let entry = members[key] { report.error("`\(key)` is of opaque tokens only", at: entry.position) }
        }
        let key = required("key", of: members, owner).flatMap { signingKey($0) }
        guard let entry = required("claims", of: members, owner) else { return nil }
        let isClosed = members["closed"].flatMap { flag($0) } ?? false
        guard let claims = claims(entry) else { return nil }
        checkClaims(claims, isClosed: isClosed, entry, members)
        return key.map { .jwt(key: $0, claims: claims, closed: isClosed) }
    }

    private mutating func signingKey(_ entry: Node.Entry) -> String? {
        guard let name = text(entry) else { return nil }
        guard keyNames.contains(name) else {
            report.error(message("no such key `\(name)`", meaning: name, among: keyNames), at: entry.value.position)
            return nil
        }
        return name
    }

    private mutating func checkClaims(
        _ claims: [ClaimMember], isClosed: Bool, _ entry: Node.Entry, _ members: Members
    ) {
        func states(_ source: ClaimSource) -> Bool { claims.contains { $0.template == .source(source) } }
        if !states(.expiresAt), members["ttl"]?.value.string != "never" {
            report.error(
                "`claims` needs `exp: $exp`, or the token's readers cannot tell its end", at: entry.value.position)
        }
        if isClosed, !states(.tokenID), !states(.issuedAt) {
            report.error(
                "closed `claims` need `iat: $iat` or `jti: $jti`: two tokens of one second would be the same",
                at: entry.value.position)
        }
    }

    private mutating func opaque(_ members: Members, _ owner: Node.Entry) -> TokenFormat? {
        for key in ["key", "claims", "closed"] {
            if let entry = members[key] { report.error("`\(key)` is of `kind: jwt` only", at: entry.position) }
        }
        guard let format = randomText(members, owner) else { return nil }
        if format.isGuessable {
            report.error(
                "a token of \(format.bits) bits can be guessed: it needs 112",
                at: members["length"]?.position ?? owner.position)
        }
        return .opaque(format)
    }

    mutating func prefix(_ entry: Node.Entry) -> String? {
        guard let text = text(entry) else { return nil }
        // What stands in header fields, cookies and URLs without more ado.
        let fits = text.utf8.allSatisfy { isWordByte($0) || "-._~:|!+=".utf8.contains($0) }
        guard fits, text.utf8.count <= 32 else {
            report.error("`prefix` is up to 32 letters, digits and `-._~:|!+=`", at: entry.value.position)
            return nil
        }
        return text
    }

    /// When a verification link is mailed.
    private enum Occasion: String, CaseIterable {
        case atSignUp = "at_signup"
        case onRequest = "on_request"
    }

    private mutating func oneTime(_ entry: Node.Entry) -> OneTimeTokenTerms {
        let standing = OneTimeTokenTerms(lifetime: .hours(1), link: [.token])
        let table = entry.key == "verify" ? Language.verify : Language.reset
        guard let members = members(of: entry, table) else { return standing }
        let kind: TokenKind? = members["kind"].flatMap { choice($0) }
        if kind == .jwt, let place = members["kind"]?.value.position {
            report.error("a mailed token is opaque, so that it never passes as another kind", at: place)
        }
        guard let ttl = members["ttl"] else {
            report.error("`\(entry.key)` needs `ttl`", at: members.position)
            return standing
        }
        var terms = OneTimeTokenTerms(lifetime: lifetime(ttl) ?? standing.lifetime, link: [.token])
        if let send = members["send"] {
            let occasion: Occasion? = choice(send)
            terms.isSentUnasked = occasion != .onRequest
        }
        guard let format = randomText(members, entry) else { return terms }
        terms.format = format
        let place = members["length"]?.position ?? entry.position
        if format.bits < 19 {
            report.error(
                "a code of \(format.bits) bits is soon guessed: six digits have 19, and that is the least", at: place)
        } else if format.isGuessable {
            report.note(
                "a code of \(format.bits) bits is kept from being guessed by the throttle alone: let it end within minutes",
                at: place)
        }
        return terms
    }

    /// `verify: {link: "${request.base_url}/verify?token={token}"}`. Without a link the mail holds the bare token.
    mutating func readMail(_ entry: Node.Entry) {
        guard let members = members(of: entry, Language.mail) else { return }
        for mail in members.entries {
            guard let link = self.members(of: mail, Language.letter)?["link"] else { continue }
            guard sections["tokens"]?.value[mail.key] != nil else {
                report.error("there is no token `\(mail.key)` for this mail", at: mail.position)
                continue
            }
            guard let pieces = self.link(link) else { continue }
            if mail.key == "verify" {
                dialect.terms.verify?.link = pieces
            } else {
                dialect.terms.reset?.link = pieces
            }
        }
    }

    private mutating func link(_ entry: Node.Entry) -> [LinkPiece]? {
        guard let text = text(entry) else { return nil }
        let place = entry.value.position
        var pieces: [LinkPiece] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{") {
            let isDollar = open > rest.startIndex && rest[rest.index(before: open)] == "$"
            let before = rest[..<(isDollar ? rest.index(before: open) : open)]
            if !before.isEmpty { pieces.append(.text(String(before))) }
            guard let close = rest[open...].firstIndex(of: "}") else {
                report.error("`{` is not closed in this link", at: place)
                return nil
            }
            let name = rest[rest.index(after: open)..<close]
            switch (isDollar, name) {
            case (true, "request.base_url"), (false, "base_url"): pieces.append(.publicURL)
            case (_, "token"): pieces.append(.token)
            case (_, "uid"), (true, "user.id"): pieces.append(.accountID)
            case (_, "email"), (true, "user.email"): pieces.append(.email)
            default:
                let known = ["token", "uid", "email", "request.base_url"]
                report.error(
                    message(
                        "a link knows `{token}`, `{uid}`, `{email}` and `${request.base_url}`, not `\(isDollar ? "$" : ""){\(name)}`",
                        meaning: String(name), among: known), at: place)
                return nil
            }
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        if pieces.filter({ $0 == .token }).count != 1 {
            report.error("a link needs `{token}` in it, once", at: place)
        }
        if text.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value >= 0x7F }) {
            report.error("a link holds no spaces or other characters that a URL must encode", at: place)
        }
        return pieces
    }
}
