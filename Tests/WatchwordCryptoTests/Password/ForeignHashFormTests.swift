import Testing
import WatchwordCore
import WatchwordCrypto
import WatchwordEngine
import WatchwordTestKit

@Suite("The form and cost of other systems' hashes")
struct ForeignHashFormTests {
    private let hasher: Argon2Hasher

    init() throws { hasher = try Argon2Hasher(parameters: TestRealm.parameters, lanes: 1) }

    private static func fixture(_ maker: String, _ format: PasswordHashFormat) throws -> String {
        try #require(HashFixture.all.first { $0.maker == maker && $0.format == format.rawValue }).hash
    }

    @Test(
        "is unknown where nothing known begins so",
        arguments: [
            "", "secret", "plain$secret", "$1$salt$hash", "md5$salt$5f4dcc3b5aa765d61d8327deb882cf99", "{MD5}abcd",
            "$argon$", "{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=", "5f4dcc3b5aa765d61d8327deb882cf99", "!", "*",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        ])
    func unknown(_ text: String) async throws {
        #expect(hasher.format(of: text) == nil)
        #expect(hasher.check(hash: text) == .unknownFormat)
        #expect(try await hasher.verify(Secret("secret"), against: text) == .granted(.wrong))
    }

    @Test("is refused at import and at sign-in where it would cost too much")
    func costly() async throws {
        let tail = String(repeating: "A", count: 43)
        let texts = [
            "$argon2id$v=19$m=2097152,t=1,p=4$c29tZXNhbHQ$\(tail)",
            "$argon2i$v=19$m=131072,t=5,p=1$c29tZXNhbHQ$\(tail)",
            "$argon2id$v=19$m=65536,t=3,p=17$c29tZXNhbHQ$\(tail)",
            "$2b$15$" + String(repeating: "a", count: 53), "$2b$31$" + String(repeating: "a", count: 53),
            "bcrypt_sha256$$2b$15$" + String(repeating: "a", count: 53),
            "$bcrypt-sha256$v=2,t=2b,r=15$" + String(repeating: "a", count: 22) + "$"
                + String(repeating: "a", count: 31),
            "pbkdf2_sha256$3000001$salt$31ltvuXrbs8POP2F4tw9851NSNQCQpm0sCwu2eEvId8=",
            "$pbkdf2-sha256$i=999999999$c29tZXNhbHQ$\(tail)",
            // Two blocks of SHA-1 are twice the work.
            "$pbkdf2$1500001$c29tZXNhbHQ$\(tail)",
            "pbkdf2:sha512:1500001$salt$" + String(repeating: "ab", count: 64),
            "$scrypt$ln=18,r=8,p=1$c29tZXNhbHQ$\(tail)", "$scrypt$ln=16,r=8,p=9$c29tZXNhbHQ$\(tail)",
            "$scrypt$ln=30,r=1000000,p=1000000$c29tZXNhbHQ$\(tail)", "$scrypt$ln=4,r=32,p=1$c29tZXNhbHQ$\(tail)",
            "scrypt:1048576:8:1$salt$" + String(repeating: "ab", count: 64),
            "$firebase-scrypt$ln=20,r=8,sep=Bw$42xEC+ixf3L2lw$\(tail)",
            "$5$rounds=1000001$salt$\(tail)", "$6$rounds=999999999$salt$" + String(repeating: "a", count: 86),
            "$y$jDT$salt$\(tail)", "$y$jJj$salt$\(tail)",
        ]
        for text in texts {
            #expect(hasher.check(hash: text) == .tooCostly, "\(text)")
            #expect(try await hasher.verify(Secret("secret"), against: text) == .granted(.wrong), "\(text)")
        }
    }

    @Test("is malformed where it begins like one and is not one")
    func malformed() throws {
        let tail = String(repeating: "A", count: 43)
        let blowfish = String(repeating: "a", count: 53)
        let texts = [
            "$argon2id$", "$argon2x$v=19$m=64,t=1,p=1$c29tZXNhbHQ$\(tail)",
            "$argon2id$v=18$m=64,t=1,p=1$c29tZXNhbHQ$\(tail)",
            "$argon2id$v=19$m=64,t=1,p=1,data=AA$c29tZXNhbHQ$\(tail)", "$argon2id$v=19$m=7,t=1,p=1$c29tZXNhbHQ$\(tail)",
            "$argon2id$v=19$m=64,t=0,p=1$c29tZXNhbHQ$\(tail)", "$argon2id$v=19$t=1,m=64,p=1$c29tZXNhbHQ$\(tail)",
            "$argon2id$v=19$m=64,t=1,p=1$c2FsdA$\(tail)", "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$AAAA",
            "$2b$12$", "$2b$1$\(blowfish)", "$2b$03$\(blowfish)", "$2b$00$\(blowfish)", "$2b$32$\(blowfish)",
            "$2b$12$\(blowfish)a", "$2b$12$" + blowfish.dropLast() + "=", "$2b$+4$\(blowfish)", "bcrypt$\(blowfish)",
            "bcrypt_sha256$2b$12$\(blowfish)", "$bcrypt-sha256$v=3,t=2b,r=12$\(blowfish)", "$bcrypt-sha256$",
            "pbkdf2_sha256$0$salt$31ltvuXrbs8POP2F4tw9851NSNQCQpm0sCwu2eEvId8=", "pbkdf2_sha256$-1$salt$AAAA",
            "pbkdf2_sha257$1000$salt$31ltvuXrbs8POP2F4tw9851NSNQCQpm0sCwu2eEvId8=", "pbkdf2_sha256$1000$salt",
            "pbkdf2_sha256$1000$$31ltvuXrbs8POP2F4tw9851NSNQCQpm0sCwu2eEvId8=", "pbkdf2_sha256$1000$salt$MTIz",
            "pbkdf2:sha256$salt$\(tail)", "pbkdf2:sha256:1000$salt$xyz",
            "$pbkdf2-sha256$i=1000,l=16$c29tZXNhbHQ$\(tail)",
            "$pbkdf2-md5$1000$c29tZXNhbHQ$\(tail)",
            "$scrypt$ln=0,r=8,p=1$c29tZXNhbHQ$\(tail)", "$scrypt$ln=4,r=0,p=1$c29tZXNhbHQ$\(tail)",
            "scrypt:1000:8:1$salt$abab",
            "$scrypt$ln=16,r=1,p=1$c29tZXNhbHQ$\(tail)", "scrypt:1024:8$salt$\(tail)", "scrypt$1024$salt$8$\(tail)",
            "$firebase-scrypt$ln=14,r=8$42xEC+ixf3L2lw$\(tail)",
            "$firebase-scrypt$ln=14,r=8,sep=!$42xEC+ixf3L2lw$\(tail)",
            "$5$salt$short", "$5$rounds=999$salt$\(tail)", "$5$rounds=x$salt$\(tail)", "$6$salt$\(tail)",
            "$5$seventeen.letters$\(tail)", "$5$rounds=5000$a$b$\(tail)", "$y$k9T$salt$\(tail)", "$y$j9$salt$\(tail)",
            "$y$j9T1$salt$\(tail)", "$y$j9T$$\(tail)", "{SSHA}", "{SSHA}AAAA", "{SSHA1024}AAAA",
            "{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=",
            "sha1$salty$abcd", "sha1$$af8bb7be94f6985747f593524fb4359df52b4907",
            "sha256$salty$af8bb7be94f6985747f593524fb4359df52b4907",
            "sha1$sal\u{7}ty$af8bb7be94f6985747f593524fb4359df52b4907", "$2b$12$\(blowfish)\n",
        ]
        for text in texts { #expect(hasher.check(hash: text) == .malformed, "\(text)") }
    }

    @Test("is read without a failure, however it is damaged, and costs no more than its bounds allow")
    func damage() throws {
        let random = SeededRandom(seed: 11)
        for fixture in HashFixture.all {
            for _ in 0..<60 {
                var bytes = Array(fixture.hash.utf8)
                for _ in 0...(random.next() % 3) {
                    let place = Int(random.next() % UInt64(bytes.count))
                    switch random.next() % 4 {
                    case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
                    case 1: bytes.remove(at: place)
                    case 2: bytes.insert(bytes[place], at: place)
                    default: bytes[place] = Array("$,=:0123456789".utf8)[Int(random.next() % 14)]
                    }
                    if bytes.isEmpty { bytes = [UInt8(ascii: "$")] }
                }
                let text = String(decoding: bytes, as: UTF8.self)
                // What it says is not foretold; that it says something is.
                let problem = hasher.check(hash: text)
                #expect(problem != .unknownFormat || hasher.format(of: text) == nil, "seed \(random.seed): \(text)")
            }
        }
    }

    @Test("is compared to the last character")
    func lastCharacter() async throws {
        for fixture in HashFixture.all where fixture.password.count < 30 {
            let isHex = fixture.hash.utf8.last.map { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) } ?? false
            let padded = fixture.hash.hasSuffix("=")
            guard !padded, let last = fixture.hash.last else { continue }
            // One that stands for other bits, and leaves those to spare as they are.
            let other: Character = isHex ? (last == "0" ? "1" : "0") : (last == "E" ? "U" : "E")
            let changed = String(fixture.hash.dropLast()) + String(other)
            let verdict = try await hasher.verify(Secret(fixture.password), against: changed)
            #expect(verdict == .granted(.wrong), "\(fixture)")
        }
    }
}
