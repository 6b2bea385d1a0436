import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Tokens, keys and claims of every form")
struct TokenLoadingTests {
    @Test("opaque tokens are bytes, letters or a uuid")
    func opaque() throws {
        func format(_ words: String) throws -> TokenFormat {
            try Tiny.dialect("tokens: {access: {kind: opaque, ttl: never\(words)}}").terms.access.format
        }
        #expect(try format("") == .opaque(OpaqueFormat()))
        #expect(
            try format(", prefix: \"r:\", bytes: 20, encoding: hex")
                == .opaque(OpaqueFormat(prefix: "r:", .bytes(20, .hex))))
        #expect(
            try format(", alphabet: abcdefgh, length: 40")
                == .opaque(OpaqueFormat(.letters(alphabet: "abcdefgh", length: 40))))
        #expect(try format(", encoding: uuid") == .opaque(OpaqueFormat(.uuid)))
        guard case .opaque(let letters) = try format(", length: 26") else {
            Issue.record("no opaque token")
            return
        }
        #expect(letters.bits == 154)
    }

    @Test("a contract may have no tokens at all")
    func none() throws {
        let dialect = try Tiny.dialect("tokens: {}\ncredentials: {}")
        #expect(!dialect.terms.access.isIssued)
        #expect(try Tiny.dialect().terms.access.isIssued)
    }

    @Test("claims are any tree: nested, lists, literals, texts, conditions")
    func claims() throws {
        let dialect = try Tiny.dialect(
            """
            settings: {issuer: {env: ISSUER, default: here}}
            keys: {main: {alg: HS256, env: SECRET}}
            users: {id: int, fields: {plan: {type: int}}}
            tokens:
              access:
                kind: jwt
                key: main
                ttl: 1h
                claims:
                  sub: $user.id
                  exp: $exp
                  iss: $settings.issuer
                  aud: [api, "${request.base_url}/x"]
                  data: {plan: $user.plan|str, name: $user.name|opt, live: true, n: null, m: $$m}
                  roles: {$if: $user.role, then: [$user.role], else: []}
            """, environment: ["ISSUER": "there"])
        guard case .jwt("main", let claims, false) = dialect.terms.access.format else {
            Issue.record("no open JWT")
            return
        }
        #expect(
            claims == [
                ClaimMember("sub", .text(.accountID)), ClaimMember("exp", .source(.expiresAt)),
                ClaimMember("iss", .literal(.string("there"))),
                ClaimMember(
                    "aud", .array([.literal(.string("api")), .joined([.source(.issuer), .text("/x")])])),
                ClaimMember(
                    "data",
                    .object([
                        ClaimMember("plan", .text(.field("plan"))), ClaimMember("name", .source(.name), optional: true),
                        ClaimMember("live", .literal(.bool(true))), ClaimMember("n", .literal(.null)),
                        ClaimMember("m", .literal(.string("$m"))),
                    ])),
                ClaimMember("roles", .conditional(.role, then: .array([.source(.role)]), otherwise: .array([]))),
            ])
    }

    @Test("a short code is only taken with its account, and a verification may wait to be asked for")
    func codes() throws {
        let tokens =
            "tokens: {access: {kind: opaque, ttl: 1h}, verify: {ttl: 10m, alphabet: \"0123456789\", length: 6, send: on_request}}"
        let route =
            "POST /verify: {do: verify_email, take: json, in: {token: code, email: email}, reply: {status: 204}}"
        let verify = try Tiny.dialect(tokens, routes: route).terms.verify
        #expect(verify?.format == OpaqueFormat(.letters(alphabet: "0123456789", length: 6)))
        #expect(verify?.isSentUnasked == false)
        #expect(
            Tiny.messages(tokens, routes: route.replacing(", email: email", with: "")) == [
                "the token is a short code, good only with its account: `in:` needs one of `uid`, `email`, `username`, `identity`"
            ])
    }

    @Test("API keys have letters, a life and an overlap")
    func apiKeys() throws {
        let terms = try #require(
            try Tiny.dialect("api_keys: {alphabet: abcdefghijklmnop, length: 30, ttl: 30d, overlap: 1h}").terms.apiKeys)
        #expect(terms.letters == .init(alphabet: "abcdefghijklmnop", length: 30))
        #expect(terms.lifetime == .days(30))
        #expect(terms.overlap == .hours(1))
        #expect(try Tiny.dialect("api_keys: {ttl: never}").terms.apiKeys?.lifetime == nil)
    }

    @Test(
        "signing keys are of every algorithm, change by schedule, or only verify", arguments: SigningAlgorithm.allCases)
    func keys(algorithm: SigningAlgorithm) throws {
        let key = try #require(
            try Tiny.dialect("keys: {k: {alg: \(algorithm.rawValue), env: K, verify_only: true}}").keys.first)
        #expect(key.algorithm == algorithm && key.verifiesOnly && key.minimumBytes == 0)
        guard !algorithm.isSymmetric else { return }
        let rotating = try Tiny.dialect("keys: {k: {alg: \(algorithm.rawValue), rotate: {every: 90d}}}").keys.first
        #expect(rotating?.rotation == KeyRotation(every: .days(90), overlap: .days(7)))
    }

    @Test("a variable chooses among the algorithms of the key's own family")
    func family() throws {
        let keys = "keys: {k: {alg: RS256, alg_env: ALG}}"
        #expect(try Tiny.dialect(keys, environment: ["ALG": "RS512"]).keys.first?.algorithm == .rs512)
        #expect(
            Tiny.messages(keys, environment: ["ALG": "HS256"]) == [
                "the environment has ALG=HS256: it must be RS256, RS384, RS512 or PS256, since the key is one of RS256"
            ])
    }
}
