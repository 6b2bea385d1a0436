import WatchwordCore

/// The terms that the five documents come to, as far as the engine's tests need them.
enum Contract {
    /// Claims that the document closes; a key at sign-up; mails; uses counted.
    static var closed: Terms {
        var terms = Terms()
        terms.accounts.idFormat = .cuid
        terms.accounts.signUpSignsIn = true
        terms.accounts.fields = [FieldTerms(name: "plan", type: .string, initial: .string("free"))]
        terms.access = access(
            [("userId", .source(.accountID)), ("email", .source(.email))] + times, lifetime: .days(7), closed: true)
        terms.verify = OneTimeTokenTerms(lifetime: .hours(24))
        terms.reset = OneTimeTokenTerms(lifetime: .hours(1))
        var keys = APIKeyTerms()
        keys.prefix = "aethermind_"
        keys.issueOnSignUp = true
        keys.usageLimit = 100
        terms.apiKeys = keys
        return terms
    }

    /// A pair whose refresh token lives to its own end; usernames and addresses to sign in with.
    static var reuse: Terms {
        var terms = Terms()
        terms.accounts.login = [.username, .email]
        terms.accounts.required = [.email, .username]
        terms.accounts.signUpSignsIn = true
        terms.access = access(
            [("sub", .source(.accountID)), ("exp", .source(.expiresAt)), ("type", .literal(.string("access")))],
            lifetime: .minutes(30))
        terms.refresh = RefreshTokenTerms(
            format: jwt([
                ("sub", .source(.accountID)), ("exp", .source(.expiresAt)), ("type", .literal(.string("refresh"))),
            ]), lifetime: .days(7), use: .reuse)
        return terms
    }

    /// A pair that rotates; integer ids.
    static var rotate: Terms {
        var terms = Terms()
        terms.accounts.idFormat = .integer
        terms.accounts.required = [.email, .username]
        terms.accounts.fields = [FieldTerms(name: "is_premium", type: .bool, initial: .bool(false))]
        terms.access = access(
            [("sub", .text(.accountID)), ("type", .literal(.string("access")))] + times, lifetime: .minutes(30))
        terms.refresh = RefreshTokenTerms(
            format: jwt(
                [("sub", .text(.accountID)), ("type", .literal(.string("refresh")))] + times
                    + [("jti", .source(.tokenID))]),
            lifetime: .days(7), use: .rotate)
        return terms
    }

    /// One renewable token, and a key shown at every sign-in.
    static var renew: Terms {
        var terms = Terms()
        terms.accounts.idFormat = .objectID
        terms.accounts.required = [.username, .email]
        terms.password.minimum = 6
        terms.access = access([("user_id", .source(.accountID))] + times, lifetime: .hours(24))
        terms.session.maximum = .days(30)
        var keys = APIKeyTerms()
        keys.shown = .always
        keys.issueOnSignUp = true
        terms.apiKeys = keys
        return terms
    }

    /// One token of an hour; roles; passwords that change.
    static var plain: Terms {
        var terms = Terms()
        terms.accounts.roles = ["user", "admin"]
        terms.access = access([("sub", .source(.accountID))] + times, lifetime: .hours(1))
        terms.verify = OneTimeTokenTerms(lifetime: .hours(24))
        return terms
    }

    static var all: [(name: String, terms: Terms)] {
        [("closed", closed), ("reuse", reuse), ("rotate", rotate), ("renew", renew), ("plain", plain)]
    }

    private static let times: [(String, ClaimTemplate)] = [("iat", .source(.issuedAt)), ("exp", .source(.expiresAt))]

    static func jwt(_ claims: [(String, ClaimTemplate)], closed: Bool = false) -> TokenFormat {
        .jwt(key: "main", claims: claims.map { ClaimMember($0.0, $0.1) }, closed: closed)
    }

    private static func access(
        _ claims: [(String, ClaimTemplate)], lifetime: Lifetime, closed: Bool = false
    ) -> AccessTokenTerms {
        var terms = AccessTokenTerms()
        terms.format = jwt(claims, closed: closed)
        terms.lifetime = lifetime
        return terms
    }
}
