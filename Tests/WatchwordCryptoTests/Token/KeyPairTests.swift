import Testing
import WatchwordCore
import WatchwordEngine

@testable import WatchwordCrypto

@Suite("Signing tokens with key pairs")
struct KeyPairTests {
    private static let pairs = SigningAlgorithm.allCases.filter { !$0.isSymmetric }

    private static func ring(_ texts: [String], _ algorithm: SigningAlgorithm, isForeign: Bool = false) throws
        -> KeyRing
    {
        try KeyRing(
            texts.map { SigningKey(algorithm: algorithm, secret: Secret($0)) }, name: "main", isForeign: isForeign)
    }

    private static func signer(_ texts: [String], _ algorithm: SigningAlgorithm) throws -> RealmSigner {
        RealmSigner(rings: ["main": try ring(texts, algorithm)])
    }

    private static func fixture(_ algorithm: SigningAlgorithm) throws -> TokenFixture {
        try #require(TokenFixture.of(algorithm))
    }

    /// A token of any header, signed with the first key of the fixture.
    private static func forge(_ header: String, _ payload: String, with pem: String, _ algorithm: SigningAlgorithm)
        throws
        -> Secret
    {
        let signed =
            TextEncoding.base64url(Array(header.utf8)) + Array(".".utf8) + TextEncoding.base64url(Array(payload.utf8))
        let key = try PreparedKey(SigningKey(algorithm: algorithm, secret: Secret(pem)), name: "main")
        return Secret(signed + Array(".".utf8) + TextEncoding.base64url(try key.signature(for: signed)))
    }

    @Test("every algorithm has keys and tokens of other implementations")
    func complete() {
        #expect(TokenFixture.all.compactMap(\.algorithm) == Self.pairs)
    }

    @Test("verifies the tokens of other implementations, whatever form the key has", arguments: TokenFixture.all)
    func foreign(_ fixture: TokenFixture) throws {
        let algorithm = try #require(fixture.algorithm)
        for text in fixture.private {
            let signer = try Self.signer([text], algorithm)
            #expect(signer.verify(Secret(fixture.token), with: "main") == TokenFixture.claims)
            #expect(signer.verify(Secret(fixture.nameless), with: "main") == TokenFixture.claims)
        }
        let old = RealmSigner(rings: ["old": try Self.ring([fixture.public], algorithm, isForeign: true)])
        #expect(old.verify(Secret(fixture.token), with: "old") == TokenFixture.claims)
        #expect(throws: Fault.self) { try old.sign(TokenFixture.claims, with: "old") }
    }

    @Test("shows the public key as others do, under its thumbprint, and nothing private", arguments: TokenFixture.all)
    func jwk(_ fixture: TokenFixture) throws {
        let algorithm = try #require(fixture.algorithm)
        let set = try Self.signer([fixture.private[0]], algorithm).keySet()
        guard case .array(let keys) = set, case .object(let members)? = keys.first else {
            Issue.record("no keys: \(set)")
            return
        }
        var expected = fixture.jwk
        expected["use"] = "sig"
        expected["alg"] = fixture.alg
        expected["kid"] = fixture.thumbprint
        #expect(keys.count == 1)
        #expect(members.count == expected.count)
        for member in members { #expect(member.value.string == expected[member.name], "\(member.name)") }
    }

    @Test(
        "has the thumbprints of RFC 7638 section 3.1 and RFC 8037 appendix A.3",
        arguments: [
            (rfc7638Key, SigningAlgorithm.rs256, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"),
            (rfc8037Key, .edDSA, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"),
        ])
    func thumbprint(_ pem: String, _ algorithm: SigningAlgorithm, _ expected: String) throws {
        #expect(try #require(KeyPair(pem: Secret(pem), algorithm)).thumbprint == expected)
    }

    @Test("verifies the example of RFC 7515 appendix A.3")
    func rfc7515() throws {
        let token = """
            eyJhbGciOiJFUzI1NiJ9.\
            eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
            DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q
            """
        let signer = RealmSigner(rings: ["old": try Self.ring([rfc7515Key], .es256, isForeign: true)])
        #expect(signer.verify(Secret(token), with: "old")?.first == .init("iss", .string("joe")))
    }

    @Test("signs what it verifies, names its key, and writes signatures in the form of JOSE", arguments: pairs)
    func roundTrip(_ algorithm: SigningAlgorithm) throws {
        let fixture = try Self.fixture(algorithm)
        let signer = try Self.signer([fixture.private[0]], algorithm)
        let token = try signer.sign(TokenFixture.claims, with: "main")
        #expect(signer.verify(token, with: "main") == TokenFixture.claims)
        let header = "{\"alg\":\"\(fixture.alg)\",\"typ\":\"JWT\",\"kid\":\"\(fixture.thumbprint)\"}"
        #expect(token.revealed.hasPrefix(TextEncoding.base64url.encode(Array(header.utf8)) + "."))
        let signature = try #require(TextEncoding.base64urlBytes(token.revealed.split(separator: ".")[2].utf8))
        let counts: [SigningAlgorithm.Family: [Int]] = [.rsa: [256], .ecdsa: [64, 96, 132], .eddsa: [64]]
        #expect(counts[algorithm.family]?.contains(signature.count) == true)
    }

    @Test("made keys sign and verify, and no two are the same", arguments: pairs)
    func made(_ algorithm: SigningAlgorithm) throws {
        let texts = try (0..<2).map { _ in try #require(try KeyPair.make(algorithm)).revealed }
        let signer = try Self.signer([texts[0]], algorithm)
        let token = try signer.sign(TokenFixture.claims, with: "main")
        #expect(signer.verify(token, with: "main") == TokenFixture.claims)
        #expect(try Self.signer([texts[1]], algorithm).verify(token, with: "main") == nil)
        #expect(texts[0].hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
    }

    @Test("refuses a token in which any one bit is changed", arguments: [SigningAlgorithm.rs256, .es256, .edDSA])
    func tampered(_ algorithm: SigningAlgorithm) throws {
        let signer = try Self.signer([try Self.fixture(algorithm).private[0]], algorithm)
        let bytes = try signer.sign(TokenFixture.claims, with: "main").bytes
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1 << UInt8(index % 8)
            #expect(signer.verify(Secret(changed), with: "main") == nil, "byte \(index)")
        }
    }

    @Test("refuses signatures of another length or form", arguments: pairs)
    func forms(_ algorithm: SigningAlgorithm) throws {
        let signer = try Self.signer([try Self.fixture(algorithm).private[0]], algorithm)
        let parts = try signer.sign(TokenFixture.claims, with: "main").revealed.split(separator: ".")
        let signature = try #require(TextEncoding.base64urlBytes(parts[2].utf8))
        // R and S of zero verified everywhere in Java once (CVE-2022-21449).
        let zeros = [UInt8](repeating: 0, count: signature.count)
        let half = signature.count / 2
        let der =
            [0x30, UInt8(truncatingIfNeeded: signature.count + 4), 0x02, UInt8(truncatingIfNeeded: half)]
            + signature.prefix(half)
            + [0x02, UInt8(truncatingIfNeeded: half)] + signature.suffix(half)
        for wrong in [[], zeros, Array(signature.dropLast()), signature + [0], [0] + signature, der] {
            let text = "\(parts[0]).\(parts[1])." + TextEncoding.base64url.encode(wrong)
            #expect(signer.verify(Secret(text), with: "main") == nil)
        }
    }

    @Test("refuses a token that was signed with the public key as if it were a shared secret")
    func confusion() throws {
        for fixture in TokenFixture.all {
            let algorithm = try #require(fixture.algorithm)
            let signer = try Self.signer([fixture.private[0]], algorithm)
            for secret in [fixture.public, String(fixture.public.dropLast())] {
                let attacker = try RealmSigner(keys: ["main": SigningKey(algorithm: .hs256, secret: Secret(secret))])
                let token = try attacker.sign(TokenFixture.claims, with: "main")
                #expect(signer.verify(token, with: "main") == nil)
            }
        }
    }

    @Test("refuses a good signature under a header that says another algorithm or asks for more")
    func headers() throws {
        let pem = try Self.fixture(.rs256).private[0]
        let signer = try Self.signer([pem], .rs256)
        #expect(
            signer.verify(try Self.forge(#"{"alg":"RS256"}"#, #"{"sub":"1"}"#, with: pem, .rs256), with: "main") != nil)
        for header in [
            #"{"alg":"none"}"#, #"{"alg":"HS256"}"#, #"{"alg":"PS256"}"#, #"{"alg":"RS512"}"#, "{}", "[]",
            #"{"alg":"RS256","crit":["b64"],"b64":false}"#, #"{"alg":"RS256","kid":7}"#, #"{"alg":"RS256","kid":null}"#,
        ] {
            let token = try Self.forge(header, #"{"sub":"1"}"#, with: pem, .rs256)
            #expect(signer.verify(token, with: "main") == nil, "\(header)")
        }
    }

    @Test("a token that names one key of the ring and was signed with another is refused")
    func misnamed() throws {
        let texts = try (0..<2).map { _ in try #require(try KeyPair.make(.es256)).revealed }
        let names = try texts.map { try #require(KeyPair(pem: Secret($0), .es256)).thumbprint }
        let signer = try Self.signer(texts, .es256)
        for (named, isGood) in [(names[1], true), (names[0], false), ("", false), ("none such", false)] {
            let header = "{\"typ\":\"JWT\",\"alg\":\"ES256\",\"kid\":\"\(named)\"}"
            let token = try Self.forge(header, #"{"sub":"1"}"#, with: texts[1], .es256)
            #expect((signer.verify(token, with: "main") != nil) == isGood, "\(named)")
        }
    }

    @Test("believes no key that a token brings along")
    func embedded() throws {
        let own = try #require(try KeyPair.make(.es256)).revealed
        let attacker = try #require(try KeyPair.make(.es256))
        let pair = try #require(KeyPair(pem: attacker, .es256))
        let jwk = JSON.text(.object(pair.members))
        let signer = try Self.signer([own], .es256)
        for more in ["\"jwk\":\(jwk)", "\"jku\":\"https://evil.example/jwks\"", "\"kid\":\"\(pair.thumbprint)\""] {
            let token = try Self.forge("{\"alg\":\"ES256\",\(more)}", #"{"sub":"1"}"#, with: attacker.revealed, .es256)
            #expect(signer.verify(token, with: "main") == nil, "\(more)")
        }
    }
}

private let rfc7638Key = """
    -----BEGIN PUBLIC KEY-----
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0vx7agoebGcQSuuPiLJX
    ZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tS
    oc/BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ/2W+5JsGY4Hc5n9yBXArwl93lqt
    7/RN5w6Cf0h4QyQ5v+65YGjQR0/FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0
    zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt+bFTWhAI4vMQFh6WeZu0f
    M4lFd2NcRwr3XPksINHaQ+G/xBniIqbw0Ls1jF44+csFCur+kEgU8awapJzKnqDK
    gwIDAQAB
    -----END PUBLIC KEY-----
    """
private let rfc8037Key = """
    -----BEGIN PUBLIC KEY-----
    MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
    -----END PUBLIC KEY-----
    """
private let rfc7515Key = """
    -----BEGIN PUBLIC KEY-----
    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV7
    6e8Tus9uPHvRVEXH8UTNG72bfocs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==
    -----END PUBLIC KEY-----
    """
