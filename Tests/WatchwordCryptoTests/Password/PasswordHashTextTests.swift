import Testing
import WatchwordCore
import WatchwordCrypto

@Suite("A password hash as text")
struct PasswordHashTextTests {
    private static let salt = String(repeating: "A", count: 22)
    private static let hash = String(repeating: "A", count: 43)
    private static let good = "$argon2id$v=19$m=64,t=1,p=1$\(salt)$\(hash)"

    @Test("is printed as PHC has it and read back the same, for any salt and hash")
    func roundTrip() throws {
        var generator = SystemRandomNumberGenerator()
        for saltCount in 8...64 {
            let text = PasswordHashText(
                parameters: Argon2Parameters(memory: 19_456, passes: 2, parallelism: 1),
                salt: (0..<saltCount).map { _ in UInt8.random(in: 0...255, using: &generator) },
                hash: (0..<max(16, saltCount)).map { _ in UInt8.random(in: 0...255, using: &generator) })
            #expect(text.text.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
            #expect(!text.text.contains("=="))
            #expect(PasswordHashText(text.text) == text)
        }
    }

    @Test("is read where it is well-formed")
    func reads() throws {
        let read = try #require(PasswordHashText(Self.good))
        #expect(read.parameters == Argon2Parameters(memory: 64, passes: 1, parallelism: 1))
        #expect(read.salt.count == 16)
        #expect(read.hash.count == 32)
    }

    @Test(
        "is refused where it is anything else",
        arguments: [
            "", "$", "plain", "$2b$12$abcdefghijklmnopqrstuv", good + "$", good + "\n", " " + good, "x" + good,
            "$argon2i$v=19$m=64,t=1,p=1$\(salt)$\(hash)", "$argon2d$v=19$m=64,t=1,p=1$\(salt)$\(hash)",
            "$argon2id$v=16$m=64,t=1,p=1$\(salt)$\(hash)", "$argon2id$m=64,t=1,p=1$\(salt)$\(hash)",
            "$argon2id$v=19$m=64,t=1$\(salt)$\(hash)", "$argon2id$v=19$t=1,m=64,p=1$\(salt)$\(hash)",
            "$argon2id$v=19$m=64,t=1,p=1,x=1$\(salt)$\(hash)", "$argon2id$v=19$m=+64,t=1,p=1$\(salt)$\(hash)",
            "$argon2id$v=19$m=064,t=1,p=1$\(salt)$\(hash)", "$argon2id$v=19$m=,t=1,p=1$\(salt)$\(hash)",
            "$argon2id$v=19$m=64,t=1,p=1$\(salt)", "$argon2id$v=19$m=64,t=1,p=1$\(salt)==$\(hash)",
            "$argon2id$v=19$m=64,t=1,p=1$AAAA$\(hash)", "$argon2id$v=19$m=64,t=1,p=1$\(salt)$AAAA",
            "$argon2id$v=19$m=64,t=1,p=1$\(salt)$\(String(repeating: "A", count: 90))",
            "$argon2id$v=19$m=64,t=1,p=1$\(String(repeating: "-", count: 22))$\(hash)",
            "$argon2id$v=19$m=64,t=1,p=1$\(salt)$\(String(repeating: "A", count: 600))",
        ])
    func refuses(_ text: String) { #expect(PasswordHashText(text) == nil) }

    @Test(
        "is refused where its cost could stop a server or is below what Argon2 allows",
        arguments: [
            "m=4294967295,t=1,p=1", "m=999999999,t=1,p=1", "m=131073,t=1,p=1", "m=131072,t=5,p=1", "m=64,t=65,p=1",
            "m=64,t=999999999,p=1", "m=7,t=1,p=1", "m=8,t=1,p=2", "m=64,t=0,p=1", "m=64,t=1,p=0", "m=1024,t=1,p=17",
        ])
    func bounds(_ costs: String) {
        #expect(PasswordHashText("$argon2id$v=19$\(costs)$\(Self.salt)$\(Self.hash)") == nil)
    }

    @Test("is read at the bounds", arguments: ["m=131072,t=4,p=1", "m=8,t=1,p=1", "m=128,t=64,p=16"])
    func atBounds(_ costs: String) {
        #expect(PasswordHashText("$argon2id$v=19$\(costs)$\(Self.salt)$\(Self.hash)") != nil)
    }
}
