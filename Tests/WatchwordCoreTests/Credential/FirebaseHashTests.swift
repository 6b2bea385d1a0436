import Testing
import WatchwordCore

@Suite("Password hashes of Firebase Authentication")
struct FirebaseHashTests {
    // The example of Firebase's own scrypt repository: `base64_salt_separator` Bw==, rounds 8, mem_cost 14.
    @Test("are kept in one text that holds the project's parameters, unpadded, and not its signer key")
    func text() throws {
        let hash = FirebaseHash(
            memoryCost: 14, rounds: 8, separator: try #require(Base64.paddedBytes("Bw==".utf8)),
            salt: try #require(Base64.paddedBytes("42xEC+ixf3L2lw==".utf8)), hash: [0xFB, 0xEF, 0xFF, 0x66])
        #expect(hash.text == "$firebase-scrypt$ln=14,r=8,sep=Bw$42xEC+ixf3L2lw$++//Zg")
        #expect(hash.text.hasPrefix(FirebaseHash.start))
    }

    @Test("have an empty place for what is empty")
    func empty() {
        let hash = FirebaseHash(memoryCost: 1, rounds: 1, separator: [], salt: [], hash: [])
        #expect(hash.text == "$firebase-scrypt$ln=1,r=1,sep=$$")
    }

    @Test("The families of foreign hashes, and why one is not kept, have the names that dialects and reports use")
    func names() {
        #expect(
            PasswordHashFormat.allCases.map(\.rawValue) == [
                "argon2", "bcrypt", "pbkdf2", "scrypt", "firebase_scrypt", "crypt", "salted_sha",
            ])
        #expect(
            PasswordHashProblem.allCases.map(\.rawValue) == [
                "unknown_format", "malformed", "too_costly", "key_missing",
            ])
    }
}
