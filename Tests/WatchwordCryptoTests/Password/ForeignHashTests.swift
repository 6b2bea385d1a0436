import Synchronization
import Testing
import WatchwordCore
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordCrypto

@Suite("Password hashes of other systems")
struct ForeignHashTests {
    private let hasher: Argon2Hasher

    init() throws { hasher = try Argon2Hasher(parameters: TestRealm.parameters, lanes: 2) }

    @Test("are there of every kind but Firebase's, whose example is its own")
    func complete() {
        let kinds = Set(HashFixture.all.map(\.format))
        #expect(kinds == Set(PasswordHashFormat.allCases.map(\.rawValue)).subtracting(["firebase_scrypt"]))
        #expect(HashFixture.all.count > 120)
    }

    @Test("are verified, and called outdated; another password is wrong", arguments: HashFixture.all)
    func verified(_ fixture: HashFixture) async throws {
        #expect(hasher.format(of: fixture.hash)?.rawValue == fixture.format)
        #expect(hasher.check(hash: fixture.hash) == nil)
        let right = try await hasher.verify(Secret(fixture.password), against: fixture.hash)
        #expect(right == .granted(.right(outdated: true)))
        // bcrypt sees 72 bytes, so what differs has to differ there.
        let isBuggy = fixture.hash.hasPrefix("$2x$")
        // The bug that `$2x$` keeps: letters beyond ASCII wipe out those before them.
        for wrong in [
            "", (isBuggy ? "yy" : "y") + fixture.password.dropFirst(), fixture.password.uppercased() + "!", "\0",
        ] {
            #expect(try await hasher.verify(Secret(wrong), against: fixture.hash) == .granted(.wrong), "\(wrong)")
        }
    }

    @Test("never match what a NUL would cut off")
    func cut() async throws {
        for fixture in HashFixture.all {
            let longer = Secret(Array(fixture.password.utf8) + [0] + Array("more".utf8))
            guard fixture.password.utf8.count < 72 else { continue }
            #expect(try await hasher.verify(longer, against: fixture.hash) == .granted(.wrong), "\(fixture)")
        }
    }

    @Test("of Firebase are verified with the project's signer key, as in the project's own example")
    func firebase() async throws {
        // github.com/firebase/scrypt, README.
        let signer = try #require(
            Base64.paddedBytes(
                "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==".utf8))
        let hash = FirebaseHash(
            memoryCost: 14, rounds: 8, separator: try #require(Base64.paddedBytes("Bw==".utf8)),
            salt: try #require(Base64.paddedBytes("42xEC+ixf3L2lw==".utf8)),
            hash: try #require(
                Base64.paddedBytes(
                    "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==".utf8))
        ).text
        #expect(hash.hasPrefix("$firebase-scrypt$ln=14,r=8,sep=Bw$42xEC+ixf3L2lw$lSrf"))
        #expect(hasher.format(of: hash) == .firebaseScrypt)
        let realm = RealmHasher(hasher, ForeignKeys(firebaseSigner: Secret(signer)))
        #expect(realm.check(hash: hash) == nil && realm.format(of: hash) == .firebaseScrypt)
        #expect(try await realm.verify(Secret("user1password"), against: hash) == .granted(.right(outdated: true)))
        #expect(try await realm.verify(Secret("user2password"), against: hash) == .granted(.wrong))
        let other = RealmHasher(hasher, ForeignKeys(firebaseSigner: Secret(Array(signer.reversed()))))
        #expect(try await other.verify(Secret("user1password"), against: hash) == .granted(.wrong))
        // Without the key nothing can be said, and import is told.
        #expect(hasher.check(hash: hash) == .keyMissing)
        #expect(try await hasher.verify(Secret("user1password"), against: hash) == .granted(.wrong))
    }

    @Test("in a realm's hands, ours are hashed and verified as ever")
    func realm() async throws {
        let realm = RealmHasher(hasher, ForeignKeys())
        let hash = try #require(try await realm.hash(Secret("correct horse")).output)
        #expect(realm.format(of: hash) == .argon2 && realm.check(hash: hash) == nil)
        #expect(try await realm.verify(Secret("correct horse"), against: hash) == .granted(.right(outdated: false)))
        #expect(try await realm.verify(Secret("correct horse"), against: nil) == .granted(.wrong))
    }

    @Test("keep the 72 bytes that bcrypt saw")
    func longBcrypt() async throws {
        let fixture = try #require(HashFixture.all.first { $0.maker == "passlib 2b" && $0.password.count == 128 })
        let same = String(repeating: "x", count: 72)
        #expect(try await hasher.verify(Secret(same), against: fixture.hash) == .granted(.right(outdated: true)))
        #expect(try await hasher.verify(Secret(String(same.dropLast())), against: fixture.hash) == .granted(.wrong))
    }

    @Test("of one round have a wrong password pay for one of ours, or they would tell that the account is there")
    func evenCost() async throws {
        let fixture = try #require(HashFixture.all.first { $0.format == "salted_sha" })
        let own = try Argon2Hasher(parameters: Argon2Parameters(memory: 64, passes: 1, parallelism: 1), lanes: 1)
        _ = try await own.verify(Secret(fixture.password), against: fixture.hash)
        #expect(own.spent.count.load(ordering: .relaxed) == 0)
        _ = try await own.verify(Secret("wrong"), against: fixture.hash)
        #expect(own.spent.count.load(ordering: .relaxed) == 1)
    }
}
