import Testing
import WatchwordCore
import WatchwordEngine
import WatchwordStore
import WatchwordTestKit

@Suite("A realm for tests")
struct SmokeTests {
    @Test("stores an account with its password and reads both back")
    func roundTrip() async throws {
        let test = try TestRealm()
        let account = Account(
            id: ID("a1"), email: "A@example.com", fields: ["plan": .string("free")], createdAt: test.clock.now(),
            updatedAt: test.clock.now())
        let hash = try #require(try await test.hasher.hash(Secret("correct horse")).output)
        let taken = try await test.store.write { transaction in
            let taken = try transaction.insert(account)
            _ = try transaction.setPassword(
                PasswordCredential(accountID: account.id, hash: hash, version: 1, changedAt: account.createdAt),
                replacing: nil)
            return taken
        }
        #expect(taken == nil)
        #expect(try await test.store.read { try $0.account(.email("a@EXAMPLE.com")) } == account)
        #expect(
            try await test.hasher.verify(Secret("correct horse"), against: hash) == .granted(.right(outdated: false)))
        #expect(try await test.hasher.verify(Secret("wrong horse"), against: hash) == .granted(.wrong))
        #expect(try await test.hasher.verify(Secret("correct horse"), against: nil) == .granted(.wrong))
        let token = try test.signer.sign([.init("sub", .string("a1"))], with: "main")
        #expect(test.signer.verify(token, with: "main") == [.init("sub", .string("a1"))])
        let sealed = try test.sealer.seal([1, 2, 3], purpose: "x")
        #expect(test.sealer.open(sealed, purpose: "x") == [1, 2, 3])
        #expect(test.sealer.open(sealed, purpose: "y") == nil)
    }
}
