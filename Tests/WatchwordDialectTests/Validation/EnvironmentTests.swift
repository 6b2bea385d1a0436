import Testing
import WatchwordCore
import WatchwordDialect

@Suite("The environment of a dialect")
struct EnvironmentTests {
    @Test("lifetimes and the algorithm come from the variables the document names")
    func values() throws {
        let dialect = try Shipped.dialect(
            "stratify",
            environment: [
                "JWT_ACCESS_TOKEN_EXPIRE_MINUTES": "5", "JWT_REFRESH_TOKEN_EXPIRE_DAYS": "2", "JWT_ALGORITHM": "HS512",
            ])
        #expect(dialect.terms.access.lifetime == .minutes(5))
        #expect(dialect.terms.refresh?.lifetime == .days(2))
        #expect(dialect.keys.first?.algorithm == .hs512)
        #expect(dialect.keys.first?.minimumBytes == 64)
    }

    @Test("without them the document's defaults stand")
    func defaults() throws {
        let dialect = try Shipped.dialect("stratify")
        #expect(dialect.terms.access.lifetime == .minutes(30))
        #expect(dialect.terms.refresh?.lifetime == .days(7))
        #expect(dialect.keys.first?.algorithm == .hs256)
    }

    @Test(
        "a value that cannot be used is a mistake that names the variable",
        arguments: [
            ("JWT_ALGORITHM", "RS256"), ("JWT_ALGORITHM", "none"), ("JWT_ALGORITHM", ""), ("JWT_ALGORITHM", "hs256"),
            ("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "0"), ("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "-5"),
            ("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "1.5"), ("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", " 5"),
            ("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "soon"), ("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "99999999999999999999"),
            ("JWT_REFRESH_TOKEN_EXPIRE_DAYS", "36501"),
        ])
    func refused(variable: String, value: String) throws {
        let loading = try Shipped.load("stratify", environment: [variable: value])
        let isLoaded = loading.dialect != nil
        #expect(!isLoaded)
        #expect(loading.diagnostics.count == 1)
        #expect(loading.diagnostics.first?.message.hasPrefix("the environment has \(variable)=\(value): ") == true)
    }

    @Test("every variable is listed")
    func names() throws {
        #expect(
            try Shipped.dialect("stratify").environmentNames == [
                "JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "JWT_REFRESH_TOKEN_EXPIRE_DAYS", "JWT_ALGORITHM", "JWT_SECRET_KEY",
            ])
        #expect(try Shipped.dialect("aethermind").environmentNames == ["JWT_SECRET"])
    }

    private func loading(_ setting: String, _ use: String, _ value: String?) -> DialectLoading {
        Dialect.load(text: Tiny.text("settings: {s: \(setting)}\n\(use)"), file: "f") { $0 == "V" ? value : nil }
    }

    @Test(
        "what a variable must be is told in the words of its setting, at its place",
        arguments: [
            ("{env: V, unit: s, default: 5}", "a positive whole number of seconds, or a lifetime such as `15m`"),
            ("{env: V, unit: m, default: 5}", "a positive whole number of minutes, or a lifetime such as `15m`"),
            ("{env: V, unit: h, default: 5}", "a positive whole number of hours, or a lifetime such as `15m`"),
            ("{env: V, unit: d, default: 5}", "a positive whole number of days, or a lifetime such as `15m`"),
            ("{env: V, default: 5m}", "a positive whole number of seconds, or a lifetime such as `15m`"),
            ("{env: V, default: 5}", "a whole number"), ("{env: V, type: integer, default: 5}", "a whole number"),
            ("{env: V, default: true}", "true or false"), ("{env: V, type: boolean, default: true}", "true or false"),
        ])
    func words(setting: String, words: String) {
        let long = String(repeating: "x", count: 50)
        for value in ["soon", "", "1.5", "-", long] {
            let errors = loading(setting, "", value).diagnostics.filter { $0.severity == .error }
            #expect(
                errors.map(\.description) == [
                    "f:7:12: error: the environment has V=\(value.prefix(40)): it must be \(words)"
                ])
        }
        #expect(loading(setting, "", nil).dialect != nil)
    }

    @Test(
        "a flag is read as variables write flags",
        arguments: [
            ("true", true), ("TRUE", true), ("1", true), ("yes", true), ("On", true), ("false", false),
            ("False", false), ("0", false), ("no", false), ("OFF", false), ("2", nil), ("y", nil), ("", nil),
        ] as [(String, Bool?)])
    func flags(value: String, flag: Bool?) {
        for standing in [true, false] {
            let open = loading("{env: V, default: \(standing)}", "users: {open: $s}", value).dialect
            #expect(open?.terms.accounts.signUpOpen == flag)
        }
    }

    @Test("a text is taken as it is, and stands in claims")
    func texts() throws {
        let tokens =
            "keys: {k: {alg: EdDSA}}\ntokens: {access: {kind: jwt, key: k, ttl: 1h, claims: {exp: $exp, iss: $settings.s}}}"
        for value in ["there", "", "true", "15m", "$user.id"] {
            let access = loading("{env: V, type: string, default: here}", tokens, value).dialect?.terms.access
            guard case .jwt(_, let claims, _)? = access?.format else {
                Issue.record("no JWT: \(value)")
                continue
            }
            #expect(claims.last == ClaimMember("iss", .literal(.string(value))))
        }
    }

    @Test(
        "a variable changes no key's family",
        arguments: [
            ("HS256", "HS512", nil), ("HS256", "RS256", "HS256, HS384 or HS512, since the key is a secret text"),
            ("RS256", "PS256", nil), ("RS512", "ES256", "RS256, RS384, RS512 or PS256, since the key is one of RS512"),
            ("ES256", "ES384", nil), ("ES384", "RS256", "ES256, ES384 or ES512, since the key is one of ES384"),
            ("EdDSA", "HS256", "EdDSA, since the key is one of EdDSA"),
            ("HS256", "none", "HS256, HS384 or HS512, since the key is a secret text"),
        ] as [(String, String, String?)])
    func families(written: String, value: String, words: String?) {
        let loading = Dialect.load(text: Tiny.text("keys: {k: {alg: \(written), alg_env: A}}"), file: "f") {
            $0 == "A" ? value : nil
        }
        let errors = loading.diagnostics.filter { $0.severity == .error }.map(\.description)
        #expect(errors == (words.map { ["f:7:8: error: the environment has A=\(value): it must be \($0)"] } ?? []))
        if words == nil { #expect(loading.dialect?.keys.first?.algorithm.rawValue == value) }
    }

    @Test("the shortest secret grows with the algorithm that a variable chooses, and a longer one written stays")
    func shortest() {
        func bytes(_ members: String, _ value: String) -> Int? {
            Dialect.load(text: Tiny.text("keys: {k: {alg: HS256, alg_env: A\(members)}}"), file: "f") {
                $0 == "A" ? value : nil
            }.dialect?.keys.first?.minimumBytes
        }
        #expect(bytes("", "HS256") == 32 && bytes("", "HS384") == 48 && bytes("", "HS512") == 64)
        #expect(bytes(", min_bytes: 40", "HS256") == 40 && bytes(", min_bytes: 40", "HS512") == 64)
        #expect(bytes(", min_bytes: 100", "HS512") == 100)
    }
}
