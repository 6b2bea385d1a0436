import Testing
import WatchwordCore
import WatchwordTestKit
import WatchwordVerifier

@Suite("A token checked where it is received")
struct VerifierTests {
    static let algorithms: [SigningAlgorithm] = [
        .hs256, .hs384, .hs512, .rs256, .rs384, .rs512, .ps256, .es256, .es384, .es512, .edDSA,
    ]

    private func verify(
        _ token: String, _ keys: VerifierKeys, _ requirements: TokenRequirements = TokenRequirements(),
        at clock: Time = Time()
    ) async -> Result<VerifiedToken, TokenRefusal> {
        do throws(TokenRefusal) {
            return .success(try await Verifier(keys: keys, requirements: requirements, clock: clock).verify(token))
        } catch {
            return .failure(error)
        }
    }

    @Test("is what the server signed, with every algorithm", arguments: algorithms)
    func good(_ algorithm: SigningAlgorithm) async throws {
        let issuer = try Issuer(algorithm)
        let verified = try await verify(try issuer.token(), try issuer.keys).get()
        #expect(verified.subject == "ada")
        #expect(verified.expiresAt == 1_700_003_600)
        #expect(verified.issuedAt == 1_700_000_000)
        #expect(verified["sub"] == .string("ada"))
        #expect(verified["sub", "deeper"] == nil)
    }

    @Test("and no other: changed, cut, or signed by another key", arguments: algorithms)
    func tampered(_ algorithm: SigningAlgorithm) async throws {
        let issuer = try Issuer(algorithm)
        let token = try issuer.token()
        let keys = try issuer.keys
        let parts = token.split(separator: ".").map(String.init)
        let forged = TextEncoding.base64url.encode(Array(#"{"sub":"eve","exp":1700003600}"#.utf8))
        #expect(await verify("\(parts[0]).\(forged).\(parts[2])", keys) == .failure(.wrongSignature))
        #expect(await verify("\(parts[0]).\(parts[1]).", keys) == .failure(.wrongSignature))
        let random = SeededRandom(seed: 7)
        for _ in 0..<100 {
            var bytes = Array(token.utf8)
            let place = Int(random.next() % UInt64(bytes.count))
            bytes[place] = bytes[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let changed = String(decoding: bytes, as: UTF8.self)
            guard case .failure = await verify(changed, keys) else {
                // The last digit of a part may hold bits that mean nothing.
                #expect(TextEncoding.base64urlBytes(Array(changed.utf8.split(separator: 46)[2])) != nil)
                Issue.record("byte \(place) of \(token) can be changed")
                return
            }
        }
        guard !algorithm.isSymmetric else { return }
        let stranger = try Issuer(algorithm)
        #expect(await verify(try stranger.token(), keys) == .failure(.unknownKey))
    }

    @Test(
        "no text that is none", arguments: ["", ".", "..", "a.b.c", "a.b", "e30.e30.e30", "e30.e30.e30.e30", "\u{0}"])
    func garbage(_ text: String) async throws {
        #expect(await verify(text, try Issuer(.hs256).keys) == .failure(.malformed))
        #expect(await verify(String(repeating: "A", count: 9_000), try Issuer(.es256).keys) == .failure(.malformed))
    }

    /// A token with a header of its own, signed as HMAC with this secret.
    private func token(header: String, secret: [UInt8]) throws -> String {
        let forger = try ForgingSigner(secret: secret)
        return forger.token(header: header, claims: #"{"sub":"eve","iat":1700000000,"exp":1700003600}"#)
    }

    @Test("its algorithm is the key's: none, and HMAC under the public key, are refused")
    func confusion() async throws {
        for algorithm in [SigningAlgorithm.rs256, .es256, .edDSA] {
            let issuer = try Issuer(algorithm)
            let keys = try issuer.keys
            let set = issuer.keySet
            let id = try #require(JSON.parse(set).get()["keys"].flatMap(Self.first)?["kid"]?.string)
            for header in [
                #"{"alg":"HS256","typ":"JWT"}"#, #"{"alg":"HS256","typ":"JWT","kid":"\#(id)"}"#,
                #"{"alg":"none","typ":"JWT"}"#, #"{"alg":"None","kid":"\#(id)"}"#, #"{"alg":"","kid":"\#(id)"}"#,
            ] {
                #expect(await verify(try token(header: header, secret: set), keys) == .failure(.wrongAlgorithm))
            }
        }
        let shared = try Issuer(.hs256).keys
        for header in [#"{"alg":"HS384"}"#, #"{"alg":"RS256"}"#, #"{"alg":"none"}"#, #"{"alg":"hs256"}"#] {
            let forged = try token(header: header, secret: Issuer.secret.bytes)
            #expect(await verify(forged, shared) == .failure(.wrongAlgorithm))
        }
        for header in [#"{"alg":"HS256","crit":["exp"]}"#, #"{"alg":"HS256","typ":"JWE"}"#, #"{"typ":"JWT"}"#, "[]"] {
            let forged = try token(header: header, secret: Issuer.secret.bytes)
            #expect(await verify(forged, shared) == .failure(.malformed))
        }
        let plain = try token(header: #"{"alg":"HS256"}"#, secret: Issuer.secret.bytes)
        #expect(try await verify(plain, shared).get().subject == "eve")
    }

    private static func first(_ list: Value) -> Value? { if case .array(let items) = list { items.first } else { nil } }

    @Test("its times are respected, with some leeway for clocks")
    func times() async throws {
        let issuer = try Issuer(.hs256)
        let keys = try issuer.keys
        let now = Time.start
        let cases: [(name: String, value: Value?, refusal: TokenRefusal?)] = [
            ("exp", .int(now + 1), nil), ("exp", .int(now - 9), nil), ("exp", .int(now - 10), .expired),
            ("exp", .int(0), .expired), ("exp", .int(.min), .expired), ("exp", .int(.max), nil), ("exp", nil, .expired),
            ("exp", .string("1700003600"), .expired), ("exp", .double(Double(now) + 0.5), nil),
            ("exp", .double(1e300), .expired), ("iat", .int(now + 10), nil), ("iat", .int(now + 11), .notYetValid),
            ("iat", nil, nil), ("iat", .string("now"), .notYetValid), ("nbf", .int(now + 10), nil),
            ("nbf", .int(now + 11), .notYetValid), ("nbf", .bool(true), .notYetValid),
        ]
        for (name, value, refusal) in cases {
            let outcome = await verify(try issuer.token(Issuer.claims(name, value)), keys)
            let expected = refusal.map { Result<VerifiedToken, TokenRefusal>.failure($0) }
            #expect(
                expected.map { outcome == $0 } ?? ((try? outcome.get()) != nil), "\(name) \(String(describing: value))")
        }
        var endless = TokenRequirements()
        endless.mustExpire = false
        let token = try issuer.token(Issuer.claims("exp", nil))
        #expect(try await verify(token, keys, endless).get().expiresAt == nil)
    }

    @Test("what it must say, it says")
    func claims() async throws {
        let issuer = try Issuer(.hs256)
        let keys = try issuer.keys
        let requirements = TokenRequirements(
            issuer: "https://auth.example", audience: "shop", claims: ["type": .string("access")],
            subject: ["user", "id"])
        let good: [(String, Value)] =
            Issuer.claims + [
                ("iss", .string("https://auth.example")), ("aud", .array([.string("a"), .string("shop")])),
                ("type", .string("access")), ("user", .object([.init("id", .int(7))])),
            ]
        #expect(try await verify(try issuer.token(good), keys, requirements).get().subject == "7")
        let changes: [(name: String, value: Value?, refusal: TokenRefusal)] = [
            ("iss", .string("https://auth.example/"), .wrongIssuer), ("iss", nil, .wrongIssuer),
            ("aud", .string("shops"), .wrongAudience), ("aud", nil, .wrongAudience),
            ("aud", .array([]), .wrongAudience),
            ("type", .string("refresh"), .wrongClaim("type")), ("type", nil, .wrongClaim("type")),
        ]
        for (name, value, refusal) in changes {
            let claims = good.filter { $0.0 != name } + (value.map { [(name, $0)] } ?? [])
            #expect(await verify(try issuer.token(claims), keys, requirements) == .failure(refusal), "\(name)")
        }
        let single = good.map { $0.0 == "aud" ? ("aud", Value.string("shop")) : $0 }
        #expect((try? await verify(try issuer.token(single), keys, requirements).get()) != nil)
    }

    @Test("keys that could not be trusted are not taken")
    func keys() throws {
        for (secret, algorithm) in [("short", SigningAlgorithm.hs256), ("", .hs512), (Issuer.secret.revealed, .rs256)] {
            #expect(throws: VerifierKeys.Problem.unusableSecret) { try VerifierKeys.shared(Secret(secret), algorithm) }
        }
        let oct =
            #"{"keys":[{"kty":"oct","k":"\#(TextEncoding.base64url.encode(Issuer.secret.bytes))","alg":"HS256"}]}"#
        let short = #"{"keys":[{"kty":"RSA","n":"\#(String(repeating: "A", count: 170))w","e":"AQAB"}]}"#
        let mixed = #"{"keys":[{"kty":"EC","crv":"P-256","alg":"RS256","x":"AA","y":"AA"}]}"#
        let sets = ["", "{}", #"{"keys":[]}"#, #"{"keys":{}}"#, #"{"keys":[{"kty":"EC"}]}"#, oct, short, mixed]
        for set in sets {
            #expect(throws: VerifierKeys.Problem.unusableKeySet) { try VerifierKeys.keySet(Array(set.utf8)) }
        }
    }
}
