import Testing
import WatchwordCore
import WatchwordCrypto
import WatchwordEngine

@Suite("A ring of signing keys")
struct KeyRingTests {
    private static func fixture(_ algorithm: SigningAlgorithm) throws -> TokenFixture {
        try #require(TokenFixture.of(algorithm))
    }

    private static func key(_ text: String, _ algorithm: SigningAlgorithm = .es256) -> SigningKey {
        SigningKey(algorithm: algorithm, secret: Secret(text))
    }

    /// Two private keys of one algorithm, and a signer of a ring of them in both orders.
    private static func two() throws -> (first: SigningKey, second: SigningKey) {
        let rsa = try Self.fixture(.rs256).private[0]
        return (key(rsa, .rs256), key(otherRSA, .rs256))
    }

    private static func token(_ key: SigningKey, header: ((String) -> String)? = nil) throws -> Secret {
        try RealmSigner(rings: ["main": KeyRing([key], name: "main")]).sign(TokenFixture.claims, with: "main")
    }

    @Test("signs with its first key and verifies with every one, by the name in the token")
    func several() throws {
        let (first, second) = try Self.two()
        let signer = RealmSigner(rings: ["main": try KeyRing([second, first], name: "main")])
        #expect(signer.verify(try Self.token(first), with: "main") == TokenFixture.claims)
        #expect(signer.verify(try Self.token(second), with: "main") == TokenFixture.claims)
        let signed = try signer.sign(TokenFixture.claims, with: "main")
        let alone = RealmSigner(rings: ["main": try KeyRing([second], name: "main")])
        #expect(alone.verify(signed, with: "main") == TokenFixture.claims)
        #expect(alone.verify(try Self.token(first), with: "main") == nil)
        guard case .array(let keys) = signer.keySet() else { return }
        #expect(keys.count == 2)
        #expect(signer.keySet() == signer.keySet())
    }

    @Test("a token's name chooses the key, and the key has to have signed it")
    func misnamed() throws {
        let (first, second) = try Self.two()
        let signer = RealmSigner(rings: ["main": try KeyRing([first, second], name: "main")])
        let one = try Self.token(first).revealed.split(separator: ".").map(String.init)
        let two = try Self.token(second).revealed.split(separator: ".").map(String.init)
        // The payloads are the same; only the headers and signatures differ.
        #expect(signer.verify(Secret("\(one[0]).\(one[1]).\(two[2])"), with: "main") == nil)
        #expect(signer.verify(Secret("\(two[0]).\(two[1]).\(one[2])"), with: "main") == nil)
        #expect(signer.verify(Secret(one.joined(separator: ".")), with: "main") != nil)
    }

    @Test("can be replaced at once: what is no longer in it verifies nothing")
    func replaced() throws {
        let (first, second) = try Self.two()
        let signer = RealmSigner(rings: ["main": try KeyRing([first], name: "main")])
        let old = try signer.sign(TokenFixture.claims, with: "main")
        signer.replace("main", with: try KeyRing([second, first], name: "main"))
        #expect(signer.verify(old, with: "main") != nil)
        let new = try signer.sign(TokenFixture.claims, with: "main")
        signer.replace("main", with: try KeyRing([second], name: "main"))
        #expect(signer.verify(old, with: "main") == nil)
        #expect(signer.verify(new, with: "main") != nil)
    }

    @Test("shows no shared secret and no old issuer's key in the set, and shows the rest by name")
    func keySet() throws {
        let secret = SigningKey(algorithm: .hs256, secret: Secret([UInt8](repeating: 7, count: 32)))
        let es = try Self.fixture(.es256)
        let ed = try Self.fixture(.edDSA)
        let signer = RealmSigner(rings: [
            "a": try KeyRing([secret], name: "a"),
            "z": try KeyRing([Self.key(es.private[0])], name: "z"),
            "b": try KeyRing([Self.key(ed.private[0], .edDSA)], name: "b"),
            "old": try KeyRing([Self.key(try Self.fixture(.es384).public, .es384)], name: "old", isForeign: true),
        ])
        guard case .array(let keys) = signer.keySet() else { return }
        #expect(keys.map { $0["kid"]?.string } == [ed.thumbprint, es.thumbprint])
        let text = JSON.text(signer.keySet())
        #expect(!text.contains("\"d\"") && !text.contains("PRIVATE") && !text.contains("oct"))
    }

    @Test("an old issuer's secret may be short, and its tokens may name their key as they like")
    func oldSecret() throws {
        let short = SigningKey(algorithm: .hs256, secret: Secret("secret"))
        #expect(throws: Fault.self) { try KeyRing([short], name: "main") }
        let signer = RealmSigner(rings: ["old": try KeyRing([short], name: "old", isForeign: true)])
        // Made by PyJWT: jwt.encode({"sub": "1"}, "secret", headers={"kid": "2019"}).
        let token = """
            eyJhbGciOiJIUzI1NiIsImtpZCI6IjIwMTkiLCJ0eXAiOiJKV1QifQ.eyJzdWIiOiIxIn0.\
            vStADYxwW5VVJdRcsRNu4e3Il1Z1U9VPxl3Rh0m4eE4
            """
        #expect(signer.verify(Secret(token), with: "old") == [.init("sub", .string("1"))])
        #expect(throws: Fault.self) { try signer.sign([], with: "old") }
        #expect(throws: Fault.self) {
            try KeyRing([SigningKey(algorithm: .hs256, secret: Secret(""))], name: "old", isForeign: true)
        }
    }

    @Test("refuses a key that its algorithm cannot use, and a public key to sign with")
    func unusable() throws {
        let cases: [(String, SigningAlgorithm)] = [
            (try Self.fixture(.es256).private[0], .es384), (try Self.fixture(.es384).private[0], .es256),
            (try Self.fixture(.es256).private[0], .rs256), (try Self.fixture(.rs256).private[0], .es256),
            (try Self.fixture(.rs256).private[0], .edDSA), (try Self.fixture(.edDSA).private[0], .es256),
            (try Self.fixture(.es256).public, .es256), (try Self.fixture(.rs256).public, .rs256),
            (smallRSA, .rs256), (x25519, .edDSA), ("a secret of more than thirty-two bytes", .rs256), ("", .es256),
            ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", .es256),
        ]
        for (text, algorithm) in cases {
            let fault = #expect(throws: Fault.self) { try KeyRing([Self.key(text, algorithm)], name: "main") }
            #expect(fault?.code == .keyMissing)
            #expect(fault?.message.contains("main") == true)
            #expect(fault?.message.contains("-----") == false)
        }
    }

    @Test("keys are found in a text that holds several, with line ends written out, and parameters between")
    func texts() throws {
        let sec1 = try Self.fixture(.es256).private[1]
        let rsa = try Self.fixture(.rs256).private[0]
        let parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
        let both = "a note\n\(parameters)\(sec1)\n\n  \(rsa)  trailing"
        #expect(PEMText.keys(in: Secret(both)) == [Secret(sec1), Secret(rsa)])
        let escaped = both.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
        #expect(PEMText.keys(in: Secret(escaped)) == [Secret(sec1), Secret(rsa)])
        let windows = both.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        #expect(PEMText.keys(in: Secret(windows)) == [Secret(sec1), Secret(rsa)])
        for none in ["", "secret", "-----BEGIN PRIVATE KEY-----\nAAAA", "-----END PRIVATE KEY-----"] {
            #expect(PEMText.keys(in: Secret(none)).isEmpty)
        }
    }
}

private let smallRSA = """
    -----BEGIN PRIVATE KEY-----
    MIICdwIBADANBgkqhkiG9w0BAQEFAASCAmEwggJdAgEAAoGBALpJQINchp7uCifB
    rdrDPj3WZTSvFCmEkuPAuSRR8f9vlZRiV0HHKaAeE7KlLnks0GPAYEX82z+YBWcb
    fxP2gOULDWvBy335MLHcLqG8SHMnyH3lvGwvktE292ya0EnkA9wS89NR4pG86q3/
    bb0xsQ3nCdTHg8tXpgfoibnihsjLAgMBAAECgYEAttOtvT7R4Kk+zkYHmuyD6azB
    JzOtVhIHF//NtRe3qjqZU0gw2x3cfIkITAxR0BtranskAYxoocFRjCAwWCdV18Xo
    jkbLZtkDIwM0azurOQSMG/TseGZo2sz2lNZ8E7T6hIuBDcQ7sDKHM6Q7GcpdlOVW
    ggrynntjG8XWEU3SkgECQQD0RAjZ6b4mA2xnTe2OopNxtHM0QSM4RiYf1xaESEZt
    Z7uWo84wDyPJsY9bx0c6qh6YADOIoI/KY9jK291Msuv9AkEAwzwwBtszEi6PjoMI
    z5CFmkru7ItoOOLzulY0KEt5t0D17B170EacosOJ9f7b1XADKnBh8LtUlirpaaTa
    qMoOZwJAJ45g9JEStus1AeGvx7pyMCatxVeLEZDimaNmRRPDO/JhgXqTaFr7S61S
    buVtloV4INtffQ+rWXYj5G4If2Q2LQJBAJ+e/+07HkBJTRnJTFTX5kPF7B39xJJu
    C7NXc4FWZAdN10LawDYC5WG12YAEhRu2XwA9rfWyU3ALWZcEL7o8qRUCQEAE/Kx+
    RJYVfLeUANAzkgJ0X2iw6rzECbf8sjGmzTVXcOYfD94sOXBtrt+objCOEaQOi7it
    c5NFG+VhA1e1jfE=
    -----END PRIVATE KEY-----
    """
private let x25519 = """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VuBCIEIIACcfAl62TvDe78yIjiTbMVzaWvFWALkCuO6GHIi6lQ
    -----END PRIVATE KEY-----
    """
private let otherRSA = """
    -----BEGIN PRIVATE KEY-----
    MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQCJOxaWOOBlys2s
    3mM415bxs3CX2Dd+HgSvFjsJE1asqbV0dfhQXjGF/OI+pNHTeRGCyGZC7kyglaqI
    XGi96HtYfl/MTaSgE5gWeFr6pA1Lp2p5DqVRzhU9DsG4Wm8whLMF7niS6cUq5Fw6
    iZy2DXZPTkLJPqccfqy4q18ycy0rWZnnphIooejXoGRr9R89NMxl5X3YTIUNX8CC
    1LgK22bOhYlEj36LdTtzkKUdQTFnRPjq8DNvyaBMWalU73dQ10O4UlQX5VrtkqQ1
    gkcRg1qBvsZiMAGdVbtuFhF0CmwiB2sIfzNPZXe4v6+/2WYGp7dRW9l6Ua3eQZBQ
    Ai+olLsNAgMBAAECggEAQmP9x2t41IZK/ukQI73ZXtGrFSsbnb40Eei1YuyiMCJi
    kRdJrMgFOYdghWIDyUV3PUhqgNL862u89v+OBOJmWie5fQPLM06Hc8eCbGPVstYp
    4qs9O9hx2fo7qk7GIDjyy1nVp23FX7zfCcrtr/3PUQrRsL7I5jY6pZTzF1s1bRTU
    zq+jFYGPxX2dGFWZ0oIIZ03uLGbpYGMSVhVwnNPMyrEcQe0C6aYg4Y6enTeCx2YY
    9ohYH1sBSg72CiOQDm2JHoGLJqAhGaGIy8dDoX4ePlHGNtWC8s5aZN59Y75YWp69
    3yU3Bi4PmP4jabZ1jSCRS0fAFxBcssV+kWzHmKapGQKBgQC74FtK/G9SosMunqXH
    zPlT+0/FQHAFGXaoCJw9vCGayjQZja7cvZGmG18eVg6T9szrkRpxT4E61YxyQ1/n
    MXVK8hHhkRdWzSr7qKXYn3SXiIheCF66bVWOrLPMzeqqWJa2RjLHQJd3xRuCIFR7
    PQTD/iVG1HetBPsJXI3Phln+KwKBgQC6/Y0Ro8E/SZqDP/1vkCzIvmBCD8EQxubD
    sG626QD/hrNmnU3q2qdpCTMfsDORWl70ZYgxQvXbWsxf5h/56RyBUxvLGVc/Q4nj
    tQ3JHMvcb5iV2h5S3DZkLtBuIda7uTPKXcxpo/VWygNSM0s9up4aQo5HmY8b78Ch
    WJz6/CZHpwKBgEXDuiLOOkhlSDU3lDftVWhqGeUVWIOMQROEnwANrCzeiRo0EorF
    miAkad3J9v/a1Z1j9H2/GC3QvqZvfl1LcFK0MQ+h4RjKdvucVHlsPM9IU9sXIJX5
    o5unZdzXWhyHaO+mgZSb16MR/nUDrFtW/T4KUa1LmGUXRGDljYNSUHihAoGAI3rG
    kIlEupBpq+uxV8DAbpqIwyAgHuHOmWTZrQUK9nEFizvfs+cnCqv/Mk0Ji9Pc3nyB
    We99nNBepPeSK6YKjZNKW8AEKPHUsQsCgZ1gJQRbrFtFk61K+LlVPQBYsSfT5trj
    VUwR2hTcinVHGoBVTWBBhN5jJAbawwKATrMXRFMCgYASyBjK1X4halpZb86Pwi86
    SMW6e3zqbhkUpet0tSZwljhabHy19w+ZjiVA62b6XEs0eEPhwTHrEXrP9rKksiDo
    xH0FcOEQmp2B3n2kR6CrPadCLTN+qfUEJkFuxQmG/1T9Urgi3oxQxZPPonzKoZz0
    wUj3SYdaOl/zX2+PInGrEQ==
    -----END PRIVATE KEY-----
    """
