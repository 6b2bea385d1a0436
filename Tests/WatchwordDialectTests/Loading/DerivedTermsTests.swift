import Testing
import WatchwordCore
import WatchwordDialect

/// What the engine does because a reply shows it, or because a refusal has words.
@Suite("Terms that follow from replies")
struct DerivedTermsTests {
    private static let sections =
        "tokens: {access: {kind: opaque, ttl: 1h}, refresh: {kind: opaque, ttl: 1d, use: reuse}, verify: {ttl: 1h}, reset: {ttl: 1h}}"

    private func terms(_ routes: String...) throws -> Terms {
        try Tiny.dialect(Self.sections, routes: routes.joined(separator: "\n")).terms
    }

    private static let up = "POST /up: {do: register, take: json, in: {email: e, password: p}, reply: REPLY}"
    private static let update = "PATCH /me: {do: update_me, auth: user, take: json, in: {name: n}, reply: REPLY}"
    private static let verify = "POST /v: {do: verify_email, take: json, in: {token: t}, reply: REPLY}"
    private static let reset = "POST /r: {do: reset_password, take: json, in: {token: t, password: p}, reply: REPLY}"
    private static let change =
        "POST /p: {do: change_password, auth: user, take: json, in: {current_password: a, password: b}, reply: REPLY}"

    /// Replies, and whether each shows a token and whether a session.
    private static let replies: [(written: String, token: Bool, session: Bool)] = [
        ("{status: 200}", false, false), ("{status: 200, body: {id: $user.id}}", false, false),
        ("{status: 200, body: $access.token}", true, false), ("{status: 200, body: {t: $refresh.token}}", true, false),
        ("{status: 200, body: {in: $access.expires_in}}", true, false),
        ("{status: 200, body: [\"Bearer ${access.token}\"]}", true, false),
        ("{status: 200, body: {$if: $access.token, then: 1}}", true, false),
        ("{status: 200, body: {s: $session.id}}", false, true),
        ("{status: 200, headers: {X-Token: $access.token}}", true, false),
        ("{status: 200, cookies: {t: $access.token}}", true, false),
        ("[{when: {query.a: b}, status: 200, body: $access.token}, {status: 204}]", true, false),
        ("[{when: {query.a: b}, status: 204}, {status: 200, body: $access.token}]", true, false),
    ]

    @Test("a reply that shows a token or a session begins one", arguments: replies.indices)
    func shown(index: Int) throws {
        let (written, token, session) = Self.replies[index]
        func with(_ route: String) throws -> Terms { try terms(route.replacing("REPLY", with: written)) }
        #expect(try with(Self.up).accounts.signUpSignsIn == (token || session))
        #expect(try with(Self.verify).verify?.signsIn == (token || session))
        #expect(try with(Self.reset).reset?.signsIn == (token || session))
        #expect(try with(Self.change).password.changeSignsIn == (token || session))
        // Who changes a name stays in the session that there is; a token is a new one.
        #expect(try with(Self.update).accounts.updateShowsToken == token)
    }

    @Test("what an operation does not show, no other one shows for it")
    func apart() throws {
        let shown = try terms(Self.up.replacing("REPLY", with: "{status: 200, body: $access.token}"))
        #expect(shown.accounts.signUpSignsIn)
        #expect(!shown.accounts.updateShowsToken)
        #expect(shown.verify?.signsIn == false && shown.reset?.signsIn == false)
        #expect(shown.password.changeSignsIn, "where nothing changes a password, pages may")
        let none = try terms(Self.change.replacing("REPLY", with: "{status: 204}"))
        #expect(!none.accounts.signUpSignsIn && !none.password.changeSignsIn)
    }

    private static let askReset =
        "POST /ar: {do: request_reset, take: json, in: {email: e}, reply: {status: 202}ERRORS}"
    private static let askVerify =
        "POST /av: {do: request_verify, take: json, in: {email: e}, reply: {status: 202}ERRORS}"

    @Test("who asks for a mail is told of an unknown address only where the route has words of its own for it")
    func unknown() throws {
        func asked(_ errors: String) throws -> (reset: Bool?, verify: Bool?) {
            let reset = try terms(Self.askReset.replacing("ERRORS", with: errors)).reset?.tellsUnknown
            return (reset, try terms(Self.askVerify.replacing("ERRORS", with: errors)).verify?.tellsUnknown)
        }
        #expect(try asked("") == (false, false))
        #expect(try asked(", errors: {unknown_account: {status: 404}}") == (true, true))
        #expect(try asked(", errors: {already_verified: {status: 409}}") == (false, true))
        #expect(try asked(", errors: {validation: {status: 422}}") == (false, false))
        let elsewhere = try Tiny.dialect(
            Self.sections + "\nerrors: {error: {status: 400}, unknown_account: {status: 404}}",
            routes: Self.askReset.replacing("ERRORS", with: ""))
        #expect(elsewhere.terms.reset?.tellsUnknown == false, "words for the whole file tell nobody")
    }

    @Test(
        "the next key is published a week before it signs, or for half its life",
        arguments: [("90d", 604_800), ("14d", 604_800), ("13d", 561_600), ("2d", 86_400), ("1h", 1_800)]
            as [(String, Int64)])
    func overlap(every: String, seconds: Int64) throws {
        let key = try Tiny.dialect("keys: {k: {alg: EdDSA, rotate: {every: \(every)}}}").keys.first
        #expect(key?.rotation?.overlap == .seconds(seconds))
    }

    @Test("an overlap is shorter than the life of a key, and may be nothing")
    func overlaps() {
        func told(_ overlap: String) -> [String] {
            Tiny.messages("keys: {k: {alg: EdDSA, rotate: {every: 10d, overlap: \(overlap)}}}")
        }
        let long = ["`overlap` is shorter than `every`: the next key is published while this one signs"]
        #expect(told("0s") == [] && told("863999s") == [])
        #expect(told("864000s") == long && told("11d") == long)
    }

    @Test("a used refresh token is good for five minutes more at most")
    func grace() {
        func told(_ grace: String) -> [String] {
            Tiny.messages(
                "tokens: {access: {kind: opaque, ttl: 1h}, refresh: {kind: opaque, ttl: 1d, use: rotate, reuse_grace: \(grace)}}"
            )
        }
        #expect(told("0s") == [] && told("1s") == [] && told("5m") == [])
        #expect(told("301s") == ["`reuse_grace` is for lost answers: at most 5 minutes"])
    }

    @Test("claims tell the token's end, unless it has none, and a closed set tells two tokens of one second apart")
    func claims() {
        func told(_ claims: String, ttl: String = "1h", closed: Bool = false) -> [String] {
            Tiny.messages(
                "keys: {k: {alg: EdDSA}}\ntokens: {access: {kind: jwt, key: k, ttl: \(ttl), closed: \(closed), claims: {\(claims)}}}"
            )
        }
        let end = "`claims` needs `exp: $exp`, or the token's readers cannot tell its end"
        let same = "closed `claims` need `iat: $iat` or `jti: $jti`: two tokens of one second would be the same"
        #expect(told("exp: $exp") == [] && told("until: $exp") == [])
        #expect(told("sub: $user.id") == [end])
        #expect(told("exp: $iat") == [end])
        #expect(told("sub: $user.id", ttl: "never") == [])
        #expect(told("exp: $exp", closed: true) == [same])
        #expect(told("exp: $exp, iat: $iat", closed: true) == [] && told("exp: $exp, jti: $jti", closed: true) == [])
        #expect(told("sub: $user.id", closed: true) == [end, same])
    }
}
