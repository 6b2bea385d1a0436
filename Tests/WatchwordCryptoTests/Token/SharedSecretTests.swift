import Crypto
import Testing
import WatchwordCore
import WatchwordCrypto
import WatchwordTestKit

@Suite("Signing tokens with HMAC")
struct SharedSecretTests {
    private static let secret = Secret([UInt8](0..<64))
    private static let claims: [Value.Member] = [
        .init("userId", .string("c1")), .init("email", .string("ada@example.com")), .init("iat", .int(1_767_225_600)),
    ]

    private static func signer(_ algorithm: SigningAlgorithm = .hs256, _ secret: Secret = secret) throws -> RealmSigner
    {
        try RealmSigner(keys: ["main": SigningKey(algorithm: algorithm, secret: secret)])
    }

    /// A token of parts, signed with the key's secret under HMAC-SHA-256 whatever its header says.
    private static func forge(_ header: String, _ payload: String, secret: Secret = secret) -> Secret {
        let signed =
            TextEncoding.base64url(Array(header.utf8)) + Array(".".utf8)
            + TextEncoding.base64url(Array(payload.utf8))
        let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: secret.bytes))
        return Secret(signed + Array(".".utf8) + TextEncoding.base64url(Array(code)))
    }

    @Test("verifies the example of RFC 7515 appendix A.1")
    func rfc7515() throws {
        let key = try #require(
            TextEncoding.base64urlBytes(
                Array("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow".utf8)))
        let token = """
            eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.\
            eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
            dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk
            """
        let claims = try Self.signer(.hs256, Secret(key)).verify(Secret(token), with: "main")
        #expect(
            claims == [
                .init("iss", .string("joe")), .init("exp", .int(1_300_819_380)),
                .init("http://example.com/is_root", .bool(true)),
            ])
    }

    @Test(
        "verifies what it signed, with every algorithm, claims in order",
        arguments: SigningAlgorithm.allCases.filter(\.isSymmetric))
    func roundTrip(_ algorithm: SigningAlgorithm) throws {
        let signer = try Self.signer(algorithm)
        let token = try signer.sign(Self.claims, with: "main")
        #expect(signer.verify(token, with: "main") == Self.claims)
        let header = "{\"alg\":\"\(algorithm.rawValue)\",\"typ\":\"JWT\"}"
        #expect(token.revealed.hasPrefix(TextEncoding.base64url.encode(Array(header.utf8)) + "."))
    }

    @Test("begins a token as the documents print it")
    func printedStart() throws {
        #expect(try Self.signer().sign(Self.claims, with: "main").revealed.hasPrefix("eyJhbGciOiJIUzI1NiIs"))
    }

    @Test("refuses a token in which any one bit is changed")
    func tampered() throws {
        let signer = try Self.signer()
        let bytes = try signer.sign(Self.claims, with: "main").bytes
        for index in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[index] ^= 1 << UInt8(bit)
                #expect(signer.verify(Secret(changed), with: "main") == nil, "byte \(index), bit \(bit)")
            }
        }
    }

    @Test("refuses a token cut anywhere, or with something added")
    func cut() throws {
        let signer = try Self.signer()
        let text = try signer.sign(Self.claims, with: "main").revealed
        for count in 0..<text.utf8.count {
            #expect(signer.verify(Secret(String(text.prefix(count))), with: "main") == nil)
        }
        for more in [".", "=", " ", "\n", "A", ".A", "\0"] {
            #expect(signer.verify(Secret(text + more), with: "main") == nil)
            #expect(signer.verify(Secret(more + text), with: "main") == nil)
        }
    }

    @Test(
        "refuses a header that says another algorithm, none, or asks for what it does not know, rightly signed or not",
        arguments: [
            #"{"alg":"none","typ":"JWT"}"#, #"{"alg":"None"}"#, #"{"alg":"HS512","typ":"JWT"}"#,
            #"{"alg":"RS256","typ":"JWT"}"#, #"{"alg":"hs256"}"#, #"{"alg":["HS256"]}"#, #"{"alg":null}"#, "{}",
            #"{"typ":"JWT"}"#, #"{"alg":"HS256","crit":["exp"],"exp":1}"#, #"{"alg":"HS256","crit":[]}"#, "[]",
            #""HS256""#, "", #"{"alg":"HS256","alg":"none"}"#, #"{"alg":"HS256"} "x""#,
        ])
    func headers(_ header: String) throws {
        let signer = try Self.signer()
        #expect(signer.verify(Self.forge(header, #"{"sub":"1"}"#), with: "main") == nil)
        let unsigned = Self.forge(header, #"{"sub":"1"}"#).revealed.split(
            separator: ".", omittingEmptySubsequences: false)
        #expect(signer.verify(Secret("\(unsigned[0]).\(unsigned[1])."), with: "main") == nil)
    }

    @Test("takes another header that says the same")
    func otherHeader() throws {
        let token = Self.forge(#"{ "typ":"JWT", "kid":"x", "alg":"HS256" }"#, #"{"sub":"1"}"#)
        #expect(try Self.signer().verify(token, with: "main") == [.init("sub", .string("1"))])
    }

    @Test("refuses a payload that is not a JSON object", arguments: ["", "[]", "1", "null", "{", #"{"a":1,"a":2}"#])
    func payloads(_ payload: String) throws {
        #expect(try Self.signer().verify(Self.forge(#"{"alg":"HS256"}"#, payload), with: "main") == nil)
    }

    @Test("refuses another key's token, under another algorithm's name or its own")
    func confusion() throws {
        let other = Secret([UInt8](64..<128))
        let signer = try RealmSigner(keys: [
            "main": SigningKey(algorithm: .hs256, secret: Self.secret),
            "other": SigningKey(algorithm: .hs256, secret: other),
            "wide": SigningKey(algorithm: .hs512, secret: Self.secret),
        ])
        for (name, key) in [("main", "other"), ("other", "main"), ("main", "wide"), ("wide", "main")] {
            let token = try signer.sign(Self.claims, with: name)
            #expect(signer.verify(token, with: key) == nil, "\(name) as \(key)")
        }
        #expect(signer.verify(try signer.sign(Self.claims, with: "main"), with: "none such") == nil)
    }

    @Test("refuses a token beyond 8 KiB unread, and takes one just below")
    func enormous() throws {
        let signer = try Self.signer()
        let fits = try signer.sign([.init("x", .string(String(repeating: "a", count: 6_000)))], with: "main")
        #expect(signer.verify(fits, with: "main") != nil)
        let beyond = try signer.sign([.init("x", .string(String(repeating: "a", count: 6_200)))], with: "main")
        #expect(beyond.bytes.count > RealmSigner.maximumBytes)
        #expect(signer.verify(beyond, with: "main") == nil)
        #expect(signer.verify(Secret([UInt8](repeating: UInt8(ascii: "."), count: 8_000)), with: "main") == nil)
    }

    @Test("never fails on random bytes")
    func noise() throws {
        let signer = try Self.signer()
        let random = SeededRandom(seed: 7)
        for _ in 0..<2_000 {
            let count = Int(random.next() % 200)
            #expect(signer.verify(Secret(random.bytes(count)), with: "main") == nil, "seed \(random.seed)")
        }
    }

    @Test("refuses a key shorter than its hash", arguments: SigningAlgorithm.allCases.filter(\.isSymmetric))
    func shortKeys(_ algorithm: SigningAlgorithm) {
        let short = Secret([UInt8](repeating: 1, count: algorithm.minimumBytes - 1))
        #expect(throws: Fault.self) { try Self.signer(algorithm, short) }
    }

    @Test("signs with a key it has, or throws")
    func unknownKey() throws {
        let signer = try Self.signer()
        #expect(throws: Fault.self) { try signer.sign(Self.claims, with: "none such") }
    }
}
