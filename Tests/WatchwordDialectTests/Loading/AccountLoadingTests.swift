import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Accounts, passwords, settings, limits and what was there before")
struct AccountLoadingTests {
    @Test(
        "ids have every form",
        arguments: [
            ("int", .integer), ("uuid", .uuid), ("cuid", .cuid), ("objectid", .objectID), ("hex32", .hex32),
            (
                "{alphabet: abcdefghijklmnop, length: 10, prefix: u_}",
                .custom(alphabet: "abcdefghijklmnop", length: 10, prefix: "u_")
            ),
        ] as [(String, IDFormat)])
    func ids(written: String, format: IDFormat) throws {
        #expect(try Tiny.dialect("users: {id: \(written)}").terms.accounts.idFormat == format)
    }

    @Test("one of several ways to sign in is enough at sign-up, unless more are required")
    func required() throws {
        #expect(try Tiny.dialect("users: {login: [email, username]}").terms.accounts.required == [.email])
        #expect(
            try Tiny.dialect("users: {login: [email, username], require: [username, email]}").terms.accounts.required
                == [.username, .email])
    }

    @Test("who may see others is a role's or everybody's")
    func seeing() throws {
        let terms = try Tiny.dialect("users: {roles: [user, admin], administrators: admin, users_see_users: true}")
            .terms.accounts
        #expect(terms.administrators == ["admin"])
        #expect(terms.usersSeeUsers)
    }

    @Test("a hidden sign-up shows nothing that only a new account has")
    func hiding() throws {
        let users = "users: {hide_taken: true}"
        let route =
            "POST /up: {do: register, take: json, in: {email: email, password: password}, reply: {status: 200, body: $user.email}}"
        #expect(try Tiny.dialect(users, routes: route).terms.accounts.hidesTaken)
        #expect(
            Tiny.messages(users, routes: route.replacing("$user.email", with: "$access.token")) == [
                "`hide_taken` cannot hold: the reply shows a token, a session or a key, which a taken address has none of"
            ])
    }

    @Test("passwords have classes, by name or by number")
    func classes() throws {
        #expect(try Tiny.dialect("password: {classes: [lower, digit]}").terms.password.classes == [.lower, .digit])
        #expect(try Tiny.dialect("password: {classes: 3, max: 256}").terms.password.leastClasses == 3)
    }

    @Test("a changed password begins a session where the reply shows one")
    func changing() throws {
        let route =
            "POST /p: {do: change_password, auth: user, take: json, in: {current_password: a, password: b}, reply: {status: 200, body: BODY}}"
        #expect(try !Tiny.dialect(routes: route.replacing("BODY", with: "{}")).terms.password.changeSignsIn)
        #expect(try Tiny.dialect(routes: route.replacing("BODY", with: "$access.token")).terms.password.changeSignsIn)
    }

    @Test("settings are lifetimes, numbers, flags and texts, by the default or by the environment")
    func settings() throws {
        let text = """
            settings:
              ttl: {env: TTL, default: 15m}
              old: {env: OLD, unit: h, default: 2}
              least: {env: LEAST, default: 10}
              is_open: {env: OPEN, type: bool, default: true}
            users: {open: $is_open}
            password: {min: $least}
            tokens: {access: {kind: opaque, ttl: $ttl}, refresh: {kind: opaque, ttl: $settings.old, use: reuse}}
            """
        let standing = try Tiny.dialect(text).terms
        #expect(standing.access.lifetime == .minutes(15) && standing.refresh?.lifetime == .hours(2))
        #expect(standing.password.minimum == 10 && standing.accounts.signUpOpen)
        let set = try Tiny.dialect(text, environment: ["TTL": "90", "OLD": "3d", "LEAST": "12", "OPEN": "false"]).terms
        #expect(set.access.lifetime == .seconds(90) && set.refresh?.lifetime == .days(3))
        #expect(set.password.minimum == 12 && !set.accounts.signUpOpen)
        #expect(
            Tiny.messages(text, environment: ["LEAST": "many"]) == [
                "the environment has LEAST=many: it must be a whole number"
            ])
        #expect(Tiny.messages(text, environment: ["LEAST": "999"]) == ["`min` must be 1 to 128, not 999"])
    }

    @Test("limits are so many in a span")
    func limits() throws {
        let terms = try Tiny.dialect("limits: {attempts: 5/10m, address: 60/m, mailbox: {count: 2, per: 1h}}").terms
            .limits
        #expect(terms.attempts == .init(5, in: .minutes(10)))
        #expect(terms.address == .init(60, in: .minutes(1)))
        #expect(Tiny.messages("limits: {attempts: often}") == ["`often` is no rate: `10/5m` is 10 in 5 minutes"])
    }

    @Test("what is taken over: hashes by many names, tokens with their sunset, opaque ones")
    func accepted() throws {
        let terms = try Tiny.dialect(
            """
            keys: {old: {alg: HS256, env: OLD, min_bytes: 8}}
            accept:
              passwords: [argon2id, bcrypt, PBKDF2-SHA256, django, sha512_crypt]
              tokens: {key: old, subject: user.id, names: user_id, claims: {token_use: access}, until: 2027-06-30}
              opaque: {until: "2027-06-30T12:00:00+02:00"}
            """
        )
        #expect(terms.terms.accepted.passwords == [.argon2, .bcrypt, .pbkdf2, .crypt])
        let until = try #require(Timestamp(reading: "2027-06-30"))
        #expect(
            terms.terms.accepted.tokens == [
                AcceptedToken(
                    key: "old", subject: ["user", "id"], names: .id,
                    requires: [.init("token_use", .string("access"))], until: until)
            ])
        #expect(terms.terms.accepted.opaqueUntil == Timestamp(reading: "2027-06-30T10:00:00Z"))
        #expect(terms.keys.first?.verifiesOnly == true && terms.keys.first?.minimumBytes == 8)
    }
}
