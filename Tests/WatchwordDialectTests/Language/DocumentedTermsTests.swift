import Testing
import WatchwordCore
import WatchwordDialect

/// What the five documents ask of the engine, read from their dialects.
@Suite("The documents' terms")
struct DocumentedTermsTests {
    @Test("AethermindOS: a closed claim set of four, seven days, keys shown once and limited")
    func aethermind() throws {
        let dialect = try Shipped.dialect("aethermind")
        let terms = dialect.terms
        let claims = [
            ClaimMember("userId", .source(.accountID)), ClaimMember("email", .source(.email)),
            ClaimMember("iat", .source(.issuedAt)), ClaimMember("exp", .source(.expiresAt)),
        ]
        #expect(terms.access.format == .jwt(key: "main", claims: claims, closed: true))
        #expect(terms.access.lifetime == .days(7))
        #expect(terms.accounts.idFormat == .cuid)
        #expect(terms.accounts.fields == [FieldTerms(name: "plan", type: .string, initial: .string("free"))])
        #expect(terms.accounts.signUpSignsIn)
        #expect(terms.apiKeys?.prefix == "aethermind_")
        #expect(terms.apiKeys?.usageLimit == 100)
        #expect(terms.apiKeys?.issueOnSignUp == true)
        #expect(terms.apiKeys?.shown == .once)
        #expect(
            terms.reset
                == OneTimeTokenTerms(lifetime: .hours(1), link: [.publicURL, .text("/reset-password?token="), .token]))
        #expect(terms.verify?.lifetime == .hours(24))
        #expect(terms.refresh == nil)
        let carriers = [
            Carrier(.header("authorization", scheme: "Bearer"), takes: .access),
            Carrier(.header("x-api-key", scheme: nil), takes: .apiKey),
        ]
        #expect(dialect.routes.last?.carriers == carriers)
    }

    @Test("ChatOps: either identifier signs in, the refresh token is reused for seven days, keys hang on servers")
    func chatops() throws {
        let dialect = try Shipped.dialect("chatops")
        let terms = dialect.terms
        #expect(terms.accounts.login == [.username, .email])
        #expect(terms.refresh?.use == .reuse)
        #expect(terms.refresh?.lifetime == .days(7))
        #expect(terms.session.maximum == .days(7))
        #expect(terms.access.lifetime == .minutes(30))
        #expect(terms.apiKeys?.boundToAgent == true)
        #expect(terms.apiKeys?.acceptBare == true)
        #expect(dialect.messages[.required]?.code == "missing")
        #expect(dialect.sockets.map(\.operation) == [.connectAgent])
        guard case .jwt(_, let claims, false)? = terms.refresh?.format else {
            Issue.record("the refresh token is no JWT")
            return
        }
        #expect(claims.last == ClaimMember("type", .literal(.string("refresh"))))
    }

    @Test("Vsay: one token of a day, renewed for thirty days at most, and a derived key")
    func vsay() throws {
        let terms = try Shipped.dialect("vsay").terms
        #expect(terms.access.lifetime == .hours(24))
        #expect(terms.session.maximum == .days(30))
        #expect(terms.apiKeys?.shown == .always)
        #expect(terms.password.minimum == 6)
        #expect(terms.accounts.required == [.username, .email])
        #expect(terms.accounts.idFormat == .objectID)
        #expect(!terms.accounts.signUpSignsIn)
        #expect(terms.refresh == nil)
    }

    @Test("the specification: an hour, two roles, and no token at registration")
    func authspec() throws {
        let terms = try Shipped.dialect("authspec").terms
        #expect(terms.access.lifetime == .hours(1))
        #expect(terms.accounts.roles == ["user", "admin"])
        #expect(!terms.accounts.signUpSignsIn)
        guard case .jwt(_, let claims, false) = terms.access.format else {
            Issue.record("the access token is no open JWT")
            return
        }
        #expect(claims.map(\.name) == ["sub", "iat", "exp"])
    }

    @Test("Stratify: integer ids, a subject in text, rotation, and forms besides JSON at refresh")
    func stratify() throws {
        let dialect = try Shipped.dialect("stratify")
        let terms = dialect.terms
        #expect(terms.accounts.idFormat == .integer)
        #expect(terms.refresh?.use == .rotate)
        #expect(terms.refresh?.grace == .seconds(0))
        guard case .jwt(_, let claims, false) = terms.access.format else {
            Issue.record("the access token is no open JWT")
            return
        }
        #expect(claims.first == ClaimMember("sub", .text(.accountID)))
        #expect(dialect.routes.first { $0.operation == .refresh }?.media == [.json, .form])
        #expect(dialect.routes.first { $0.operation == .signIn }?.media == [.form])
    }

    @Test("the documents' own passwords are long enough, and common ones are refused everywhere")
    func examples() throws {
        for (name, password) in [
            ("aethermind", "securePassword123"), ("chatops", "password123"), ("vsay", "yourpassword"),
            ("stratify", "password123"),
        ] {
            let terms = try Shipped.dialect(name).terms.password
            #expect(password.count >= terms.minimum && terms.refuseCommon)
        }
    }
}
