import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Notices: sign-ins from new networks")
struct NoticesSignInTests {
    private func signIn(
        _ stage: Stage, from address: String, network: String? = nil, device: String? = nil,
        agent: String? = Stage.firefox
    ) async throws {
        var submission = Submission([
            .email: .string("ann@example.com"), .password: .string(Stage.password),
        ])
        submission[.device] = device.map { .string($0) }
        let caller = Caller(
            address: ClientAddress(text: address, network: network ?? address), userAgent: agent)
        _ = try granted(await stage.engine.perform(.signIn, submission, caller))
    }

    @Test("The first sign-in is told nobody, wherever it comes from; another network is, once")
    func first() async throws {
        let stage = try Stage.ofNotices { $0.accounts.signUpSignsIn = false }
        _ = try granted(
            await stage.perform(
                .signUp, [.email: .string("ann@example.com"), .password: .string(Stage.password)]))
        try await signIn(stage, from: "198.51.100.1")
        try await signIn(stage, from: "198.51.100.1")
        #expect(try await stage.mails().isEmpty)
        for _ in 1...2 { try await signIn(stage, from: "203.0.113.9") }
        let notice = try await stage.notice()
        #expect(
            notice.facts == [
                .account: "ann@example.com", .at: CivilTime(stage.realm.clock.now()).text(), .address: "203.0.113.9",
                .device: "Firefox on Linux",
            ])
        #expect(!String(decoding: notice.encoded, as: UTF8.self).contains(Stage.password))
    }

    @Test("Where signing up signs in, that was the first; a wrong password tells nothing and makes nothing known")
    func afterSigningUp() async throws {
        let stage = try Stage.ofNotices()
        _ = try await stage.enrol()
        try await signIn(stage, from: "192.0.2.1")
        let wrong = Submission([.email: .string("ann@example.com"), .password: .string("a wrong one")])
        #expect(
            try await stage.engine.perform(.signIn, wrong, Stage.caller("203.0.113.9")).refusal?.code
                == .invalidCredentials)
        #expect(try await stage.mails().isEmpty)
        try await signIn(stage, from: "203.0.113.9", device: "Work laptop")
        #expect(try await stage.notice().facts[.device] == "Work laptop")
    }

    @Test("Addresses of one network are one, and each account has its own")
    func networks() async throws {
        let stage = try Stage.ofNotices()
        _ = try await stage.enrol()
        _ = try await stage.enrol("bob@example.com")
        try await signIn(stage, from: "2001:db8::1", network: "2001:db8::/64")
        try await signIn(stage, from: "2001:db8::2", network: "2001:db8::/64")
        let notices = try await stage.notices()
        #expect(notices.map(\.to) == ["ann@example.com"])
        #expect(notices.first?.content.facts[.address] == "2001:db8::1")
        let bob = Submission([.email: .string("bob@example.com"), .password: .string(Stage.password)])
        let caller = Caller(address: ClientAddress(text: "2001:db8::3", network: "2001:db8::/64"))
        _ = try granted(await stage.engine.perform(.signIn, bob, caller))
        #expect(try await stage.notices().last?.to == "bob@example.com")
    }

    @Test("What is known outlives the sessions; of 33 networks the one seen longest ago is new again")
    func memory() async throws {
        let stage = try Stage.ofNotices { $0.session.maximum = .days(1) }
        _ = try await stage.enrol()
        for number in 1...32 {
            stage.realm.clock.advance(by: .seconds(1))
            try await signIn(stage, from: "198.51.100.\(number)")
        }
        #expect(try await stage.notices().count == 32)
        stage.realm.clock.advance(by: .days(30))
        let now = stage.realm.clock.now()
        #expect(try await stage.realm.store.write { try $0.removeExpired(at: now, limit: 10_000) } > 32)
        for number in 1...32 { try await signIn(stage, from: "198.51.100.\(number)") }
        #expect(try await stage.notices().count == 32)
        // That of the sign-up had to go.
        try await signIn(stage, from: "192.0.2.1")
        #expect(try await stage.notices().count == 33)
    }

    @Test("A session that a reset or a new password begins makes its network known, and is told as that")
    func others() async throws {
        let stage = try Stage.ofNotices { $0.reset?.signsIn = true }
        _ = try await stage.enrol()
        let token = try await stage.requestReset()
        let inputs = Submission([.token: .string(token), .password: .string(Stage.password)])
        _ = try granted(await stage.engine.perform(.resetPassword, inputs, Stage.caller("203.0.113.9")))
        try await signIn(stage, from: "203.0.113.9")
        #expect(try await stage.notice().kind == .passwordChanged)
    }

    @Test("The database does not tell where people have been")
    func sealed() async throws {
        let stage = try Stage.ofNotices()
        let (account, _, _) = try await stage.enrol()
        let caller = Stage.caller("203.0.113.99")
        let now = stage.realm.clock.now()
        let engine = stage.engine
        let standing = try await stage.realm.store.write {
            try engine.noteNetwork(of: account.id, caller, at: now, in: $0)
        }
        #expect(standing == .new)
        #expect(!(try stage.realm.databaseBytes()).contains(Array("203.0.113.99".utf8)))
        #expect(!(try stage.realm.databaseBytes()).contains(Engine.digest(Secret("203.0.113.99")).bytes))
    }

    @Test("Whatever call to the store fails, a sign-in from a new network leaves everything or nothing")
    func faults() async throws {
        let scene = try Scene(Contract.plain)
        try await scene.signUp()
        _ = try await scene.signIn(from: "192.0.2.1")
        let faults = try await scene.faults { engine in
            _ = try granted(
                await engine.perform(.signIn, Scene.login(), TestRealm.caller("203.0.113.9")))
        }
        #expect(faults == 8)
        #expect(try await scene.realm.store.read { try $0.mails(limit: 10) }.map(\.kind) == [.newSignIn, .verify])
    }
}
