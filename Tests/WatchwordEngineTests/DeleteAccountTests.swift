import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Deleting one's account")
struct DeleteAccountTests {
    @Test("Everything that hangs on it goes, every credential dies at once, and the record stays")
    func delete() async throws {
        let scene = try Scene(Contract.closed)
        let grant = try await scene.signUp()
        let id = try #require(grant.user?.id)
        let other = try await scene.signIn()
        for credential in [scene.access(grant.access), scene.access(other.access), scene.key(grant.apiKey)] {
            #expect(try await scene.engine.authenticate([credential], TestRealm.caller()).output != nil)
        }
        let principal = try await scene.principal(grant.access)
        let deleted = try granted(await scene.perform(.deleteAccount, as: principal))
        #expect(deleted.user?.email == "ann@example.org")
        for credential in [scene.access(grant.access), scene.access(other.access), scene.key(grant.apiKey)] {
            #expect(scene.engine.recall([credential], TestRealm.caller()) == nil)
            #expect(try await scene.engine.authenticate([credential], TestRealm.caller()).output == nil)
        }
        #expect(try await scene.perform(.signIn, Scene.login()).refusal == Refusal(.invalidCredentials))
        #expect(try await scene.perform(.deleteAccount, as: principal).refusal == Refusal(.revokedToken))
        let (mails, events, changes) = try await scene.realm.store.read { reading in
            (
                try reading.mails(limit: 9), try reading.auditEvents(of: id, limit: 99),
                try reading.changes(after: 0).map(\.change)
            )
        }
        #expect(mails.isEmpty)
        #expect(events.first?.kind == .accountDelete && events.contains { $0.kind == .signUp })
        #expect(changes.contains(.account(id)))
        // The address is free again, for another account.
        #expect(try await scene.signUp().user?.id != id)
    }

    @Test("Nobody else's goes with it")
    func others() async throws {
        let scene = try Scene(Contract.plain)
        try await scene.signUp("bob")
        let bob = try await scene.signIn("bob")
        try await scene.signUp()
        let principal = try await scene.principal(try await scene.signIn().access)
        _ = try granted(await scene.perform(.deleteAccount, as: principal))
        _ = try await scene.principal(bob.access)
    }

    @Test("Where the current password is asked for, it is needed")
    func password() async throws {
        let scene = try Scene(Contract.plain)
        try await scene.signUp()
        let principal = try await scene.principal(try await scene.signIn().access)
        var submission = Submission()
        submission.bound = [.currentPassword]
        let refusal = try await scene.perform(.deleteAccount, submission, as: principal).refusal
        #expect(refusal?.problems == [InputProblem(.currentPassword, .required)])
        submission[.currentPassword] = .string(Scene.password)
        _ = try granted(await scene.perform(.deleteAccount, submission, as: principal))
    }

    @Test("Whatever call to the store fails, an account goes whole or stays whole")
    func faults() async throws {
        let scene = try Scene(Contract.plain)
        try await scene.signUp()
        let caller = TestRealm.caller(principal: try await scene.principal(try await scene.signIn().access))
        var submission = Submission([.currentPassword: .string(Scene.password)])
        submission.bound = [.currentPassword]
        let faults = try await scene.faults { engine in
            _ = try await engine.perform(.deleteAccount, submission, caller)
        }
        #expect(faults > 5)
    }
}
