import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Sessions")
struct SessionsTests {
    // MARK: Renewing

    @Test("Renewing gives another token of the same session, and the old one stays good to its own end")
    func renew() async throws {
        let scene = try Scene(Contract.renew)
        try await scene.signUp()
        let first = try await scene.signIn()
        let principal = try await scene.principal(first.access)
        scene.realm.clock.advance(by: .hours(23))
        let second = try granted(await scene.perform(.renew, as: principal))
        #expect(second.session?.id == first.session?.id)
        #expect(second.access?.expiresAt == scene.now + .hours(24))
        _ = try await scene.principal(first.access)
        _ = try await scene.principal(second.access)
        scene.realm.clock.advance(by: .hours(1))
        #expect(try await scene.authenticate(first.access).refusal == Refusal(.expiredToken))
        _ = try await scene.principal(second.access)
        #expect(try await scene.events(.renew).count == 1)
    }

    @Test("However often it is renewed, a session has its end, and no token outlives it")
    func renewEnd() async throws {
        let scene = try Scene(Contract.renew)
        try await scene.signUp()
        var grant = try await scene.signIn()
        let end = scene.now + .days(30)
        for _ in 0..<35 {
            scene.realm.clock.advance(by: .hours(20))
            grant = try granted(await scene.perform(.renew, as: try await scene.principal(grant.access)))
        }
        scene.realm.clock.set(end - .hours(1))
        let principal = try await scene.principal(grant.access)
        grant = try granted(await scene.perform(.renew, as: principal))
        #expect(grant.access?.expiresAt == end)
        scene.realm.clock.set(end)
        #expect(try await scene.authenticate(grant.access).refusal == Refusal(.expiredToken))
        #expect(try await scene.perform(.renew, as: principal).refusal == Refusal(.revokedToken))
    }

    @Test("A principal whose session ended a moment ago renews nothing")
    func renewRace() async throws {
        let scene = try Scene(Contract.renew)
        try await scene.signUp()
        let principal = try await scene.principal(try await scene.signIn().access)
        _ = try granted(await scene.perform(.signOut, as: principal))
        #expect(try await scene.perform(.renew, as: principal).refusal == Refusal(.revokedToken))
    }

    // MARK: Who am I

    @Test("The caller's account is told, as it is now")
    func whoAmI() async throws {
        let scene = try Scene(Contract.plain)
        let id = try await scene.signUp().user?.id
        let access = try await scene.signIn().access
        let first = try granted(await scene.perform(.whoAmI, as: try await scene.principal(access)))
        #expect(first.user?.id == id && first.user?.role == "user")
        try await scene.alter(id) { $0.role = "admin" }
        let second = try granted(await scene.perform(.whoAmI, as: try await scene.principal(access)))
        #expect(second.user?.role == "admin")
    }

    @Test("What acts for somebody needs somebody")
    func nobody() async throws {
        let scene = try Scene(Contract.plain)
        for operation in WatchwordCore.Operation.allCases where operation.signature.acts {
            #expect(try await scene.perform(operation).refusal == Refusal(.missingToken), "\(operation.rawValue)")
        }
    }

    // MARK: Signing out

    @Test("Signing out ends the caller's session with every token of it, at once, and no other")
    func signOut() async throws {
        for contract in Contract.all {
            let scene = try Scene(contract.terms)
            try await scene.signUp()
            let one = try await scene.signIn()
            let other = try await scene.signIn()
            let principal = try await scene.principal(one.access)
            _ = try granted(await scene.perform(.signOut, as: principal))
            #expect(try await scene.authenticate(one.access).refusal == Refusal(.revokedToken), "\(contract.name)")
            #expect(scene.engine.recall([scene.access(one.access)], TestRealm.caller()) == nil)
            _ = try await scene.principal(other.access)
            if one.refresh != nil {
                #expect(try await scene.refresh(one.refresh).refusal == Refusal(.invalidRefresh))
            }
            #expect(try await scene.perform(.signOut, as: principal).refusal == Refusal(.revokedToken))
            #expect(try await scene.events(.signOut).count == 1)
        }
    }

    @Test("A scope ends all sessions, or the others; no other word is one")
    func scopes() async throws {
        let scene = try Scene(Contract.plain)
        try await scene.signUp("bob")
        let bob = try await scene.signIn("bob")
        try await scene.signUp()
        let grants = [try await scene.signIn(), try await scene.signIn(), try await scene.signIn()]
        let principal = try await scene.principal(grants[0].access)
        let nonsense = try await scene.perform(.signOut, Submission([.scope: .string("some")]), as: principal)
        #expect(nonsense.refusal == Refusal(.validation, problems: [InputProblem(.scope, .choice)]))
        _ = try granted(await scene.perform(.signOut, Submission([.scope: .string("others")]), as: principal))
        _ = try await scene.principal(grants[0].access)
        #expect(try await scene.authenticate(grants[1].access).refusal == Refusal(.revokedToken))
        _ = try granted(await scene.perform(.signOut, Submission([.scope: .string("all")]), as: principal))
        #expect(try await scene.authenticate(grants[0].access).refusal == Refusal(.revokedToken))
        _ = try await scene.principal(bob.access)
    }

    @Test("A refresh token of one's own other session ends that one too, a stranger's ends nothing")
    func signOutByRefreshToken() async throws {
        let scene = try Scene(Contract.rotate)
        try await scene.signUp("bob")
        let bob = try await scene.signIn("bob")
        try await scene.signUp()
        let one = try await scene.signIn()
        let other = try await scene.signIn()
        for token in [bob.refresh, other.refresh] {
            let text = try #require(token).text.revealed
            let fresh = try await scene.signIn()
            let principal = try await scene.principal(fresh.access)
            _ = try granted(
                await scene.perform(.signOut, Submission([.refreshToken: .string(text)]), as: principal))
        }
        _ = try await scene.principal(bob.access)
        _ = try await scene.principal(one.access)
        #expect(try await scene.authenticate(other.access).refusal == Refusal(.revokedToken))
    }

    // MARK: Changing the password

    private func change(_ current: String = Scene.password, to password: String = "another good one") -> Submission {
        Submission([.currentPassword: .string(current), .password: .string(password)])
    }

    @Test("A new password ends every session, the caller's too; what is granted belongs to a new one")
    func changePassword() async throws {
        for contract in Contract.all {
            let scene = try Scene(contract.terms)
            try await scene.signUp()
            let one = try await scene.signIn()
            let other = try await scene.signIn()
            let grant = try granted(
                await scene.perform(.changePassword, change(), as: try await scene.principal(one.access)))
            for old in [one, other] {
                #expect(try await scene.authenticate(old.access).refusal == Refusal(.revokedToken))
                if old.refresh != nil {
                    #expect(try await scene.refresh(old.refresh).refusal == Refusal(.invalidRefresh))
                }
            }
            #expect(grant.session?.id != one.session?.id)
            _ = try await scene.principal(grant.access)
            #expect(try await scene.perform(.signIn, Scene.login()).refusal == Refusal(.invalidCredentials))
            _ = try await scene.signIn(password: "another good one")
            #expect(try await scene.events(.passwordChange).map(\.outcome) == ["granted"])
        }
    }

    @Test("A wrong current password changes nothing")
    func wrongPassword() async throws {
        let scene = try Scene(Contract.plain)
        try await scene.signUp()
        let one = try await scene.signIn()
        let principal = try await scene.principal(one.access)
        let before = try await scene.snapshot()
        let outcome = try await scene.perform(.changePassword, change("a wrong one"), as: principal)
        #expect(outcome.refusal == Refusal(.wrongPassword))
        #expect(try await scene.snapshot() == before)
        #expect(scene.hasher.hashes == 1)
        _ = try await scene.principal(one.access)
    }

    @Test("The new password obeys the rules, and both are asked for")
    func rules() async throws {
        let scene = try Scene(Contract.plain)
        try await scene.signUp()
        let principal = try await scene.principal(try await scene.signIn().access)
        #expect(
            try await scene.perform(.changePassword, as: principal).refusal?.problems == [
                InputProblem(.currentPassword, .required), InputProblem(.password, .required),
            ])
        let weak = try await scene.perform(.changePassword, change(to: "iloveyou"), as: principal)
        #expect(weak.refusal?.code == .weakPassword)
        var unconfirmed = change()
        unconfirmed.bound = [.currentPassword, .password, .confirm]
        #expect(
            try await scene.perform(.changePassword, unconfirmed, as: principal).refusal?.problems == [
                InputProblem(.confirm, .required)
            ])
        #expect(scene.hasher.verifications == 1)
    }

    @Test("Of two changes at once one wins, and the other finds its session ended")
    func changeRace() async throws {
        let scene = try Scene(Contract.plain)
        try await scene.signUp()
        let one = try await scene.principal(try await scene.signIn().access)
        let other = try await scene.principal(try await scene.signIn().access)
        let outcomes = try await withThrowingTaskGroup(of: Outcome<Grant>.self) { group in
            for (principal, password) in [(one, "the first new one"), (other, "the second new one")] {
                group.addTask {
                    try await scene.perform(.changePassword, change(to: password), as: principal)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0.output != nil } == 1)
    }

    @Test("A reset link asked for before is void after")
    func voidsResetLinks() async throws {
        let scene = try Scene(Contract.closed)
        let grant = try await scene.signUp()
        _ = try granted(await scene.perform(.requestReset, Submission([.email: .string("ann@example.org")])))
        let mail = try #require(try await scene.realm.store.read { try $0.mails(limit: 1) }.first)
        let sealed = try #require(scene.realm.sealer.open(mail.sealed, purpose: MailContent.purpose))
        let text = String(decoding: sealed, as: UTF8.self)
        let token = try #require(text.split(separator: "token=").last?.prefix(43))
        _ = try granted(
            await scene.perform(.changePassword, change(), as: try await scene.principal(grant.access)))
        let reset = Submission([.token: .string(String(token)), .password: .string("a thief's password")])
        #expect(try await scene.perform(.resetPassword, reset).refusal == Refusal(.invalidLink))
    }

    @Test("Whatever call to the store fails, a change of password leaves everything or nothing")
    func faults() async throws {
        let scene = try Scene(Contract.rotate)
        try await scene.signUp()
        let principal = try await scene.principal(try await scene.signIn().access)
        let caller = TestRealm.caller(principal: principal)
        let faults = try await scene.faults { engine in
            _ = try await engine.perform(.changePassword, change(), caller)
        }
        #expect(faults > 7)
    }
}
