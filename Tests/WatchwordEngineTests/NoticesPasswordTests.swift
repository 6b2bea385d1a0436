import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Notices of passwords that come with each request")
struct NoticesPasswordTests {
    private func basic(_ password: String = Stage.password) -> PresentedCredential {
        var credential = PresentedCredential(kind: .password, text: Secret(password))
        credential.owner = PresentedCredential.Owner(nil, "ann@example.com")
        return credential
    }

    @discardableResult
    private func check(
        _ engine: Engine, from address: String, network: String? = nil, _ password: String = Stage.password
    ) async throws -> Outcome<Principal> {
        let caller = Caller(
            address: ClientAddress(text: address, network: network ?? address), userAgent: Stage.firefox)
        return try await engine.authenticate([basic(password)], caller)
    }

    /// Somebody who signed up at 192.0.2.1.
    private func stage(limits: ThrottleLimits = .off) async throws -> Stage {
        let stage = try Stage.ofNotices(limits: limits)
        _ = try await stage.enrol()
        return stage
    }

    @Test("A network that the account was not opened from before is told once, like a sign-in from there")
    func new() async throws {
        let stage = try await stage()
        try await check(stage.engine, from: "192.0.2.1")
        #expect(try await stage.notices().isEmpty)
        for _ in 1...3 {
            _ = try granted(await check(stage.engine, from: "203.0.113.9"))
            stage.realm.clock.advance(by: .minutes(2))
        }
        try await check(stage.engine, from: "192.0.2.1")
        let notice = try await stage.notice()
        #expect(notice.kind == .newSignIn && notice.facts[.address] == "203.0.113.9")
        #expect(notice.facts[.device] == "Firefox on Linux" && notice.facts[.account] == "ann@example.com")
        let events = try await stage.events(.signIn)
        #expect(events.map(\.address) == ["203.0.113.9"] && events.map(\.outcome) == ["granted"])
        // Signing in from there is nothing new either.
        let login = Submission([.email: .string("ann@example.com"), .password: .string(Stage.password)])
        _ = try granted(await stage.engine.perform(.signIn, login, Stage.caller("203.0.113.9")))
        _ = try await stage.notice()
    }

    @Test("The first network of an account is told nobody, and addresses of one network are one")
    func first() async throws {
        let stage = try Stage.ofNotices { $0.accounts.signUpSignsIn = false }
        let inputs: [InputName: Value] = [.email: .string("ann@example.com"), .password: .string(Stage.password)]
        _ = try granted(await stage.perform(.signUp, inputs))
        for number in 1...3 {
            try await check(stage.engine, from: "2001:db8::\(number)", network: "2001:db8::/64")
            stage.realm.clock.advance(by: .minutes(2))
        }
        #expect(try await stage.notices().isEmpty)
        try await check(stage.engine, from: "2001:db8:1::1", network: "2001:db8:1::/64")
        #expect(try await stage.notices().count == 1)
    }

    @Test("Nobody hides behind a password that is remembered for another network, and none is remembered there")
    func remembered() async throws {
        let stage = try await stage()
        try await check(stage.engine, from: "192.0.2.1")
        #expect(stage.engine.recall([basic()], Stage.caller("192.0.2.1")) != nil)
        #expect(stage.engine.recall([basic()], Stage.caller("203.0.113.9")) == nil)
        try await check(stage.engine, from: "203.0.113.9")
        #expect(try await stage.notice().facts[.address] == "203.0.113.9")
        #expect(stage.engine.recall([basic()], Stage.caller("203.0.113.9")) != nil)
    }

    @Test("A password that is wrong, or opens nothing, tells nobody and makes no network known")
    func refused() async throws {
        let stage = try await stage()
        let account = try #require(try await stage.realm.store.read { try $0.account(.email("ann@example.com")) })
        #expect(try await check(stage.engine, from: "203.0.113.9", "a wrong one").refusal?.code == .invalidToken)
        let administration = Administration(stage.engine)
        _ = try granted(await administration.disable(AccountReference(account.id)))
        #expect(try await check(stage.engine, from: "203.0.113.9").refusal?.code == .revokedToken)
        _ = try granted(await administration.enable(AccountReference(account.id)))
        #expect(try await stage.notices().isEmpty)
        try await check(stage.engine, from: "203.0.113.9")
        #expect(try await stage.notices().count == 1)
    }

    @Test("A check writes only where the network is new, and once a day; what is remembered asks no store at all")
    func cost() async throws {
        let stage = try await stage()
        let store = CountingStore(stage.realm.store)
        let engine = stage.engine.with(store: store)
        func cost(_ address: String) async throws -> [Int] {
            let before = (store.reads, store.writes)
            _ = try granted(await check(engine, from: address))
            return [store.reads - before.0, store.writes - before.1]
        }
        #expect(try await cost("192.0.2.1") == [1, 0])
        #expect(try await cost("192.0.2.1") == [0, 0])
        stage.realm.clock.advance(by: .minutes(2))
        #expect(try await cost("192.0.2.1") == [1, 0])
        #expect(try await cost("203.0.113.9") == [1, 1])
        stage.realm.clock.advance(by: .minutes(2))
        #expect(try await cost("203.0.113.9") == [1, 0])
        stage.realm.clock.advance(by: .days(1))
        #expect(try await cost("203.0.113.9") == [1, 1])
        #expect(try await stage.notices().count == 1)
    }

    @Test("A network in use is not the one forgotten for 32 newer ones")
    func lasting() async throws {
        let stage = try await stage()
        let login = Submission([.email: .string("ann@example.com"), .password: .string(Stage.password)])
        for number in 1...40 {
            stage.realm.clock.advance(by: .days(1))
            try await check(stage.engine, from: "192.0.2.1")
            _ = try granted(await stage.engine.perform(.signIn, login, Stage.caller("198.51.100.\(number)")))
        }
        let told = try await stage.notices().compactMap { $0.content.facts[.address] }
        #expect(told.count == 40 && !told.contains("192.0.2.1"))
    }

    @Test("An account that is deleted while its password is verified has no network, and is told nothing")
    func deleted() async throws {
        let stage = try await stage()
        let account = try #require(try await stage.realm.store.read { try $0.account(.email("ann@example.com")) })
        let hasher = Interrupted(base: stage.realm.hasher) {
            try await stage.realm.store.write { try $0.delete(account.id) }
            stage.engine.memory.apply([.account(account.id)])
        }
        _ = try await check(stage.engine.with(hasher: hasher), from: "203.0.113.9")
        #expect(try await stage.notices().isEmpty)
        #expect(try await stage.events(.signIn).isEmpty)
        #expect(try await check(stage.engine, from: "203.0.113.9").refusal?.code == .invalidToken)
    }

    @Test("Where the notice cannot be written the password is not believed, and the next try tells")
    func faults() async throws {
        let stage = try await stage()
        for call in 1..<50 {
            let engine = stage.engine.with(store: FaultingStore(stage.realm.store, failAt: call))
            do {
                try await check(engine, from: "203.0.113.9")
                #expect(call > 5)
                break
            } catch {
                #expect(try await stage.notices().isEmpty, "fault at call \(call)")
                #expect(try await stage.events(.signIn).isEmpty, "fault at call \(call)")
            }
        }
        #expect(try await stage.notices().count == 1)
    }
}

/// Does something while a password is verified.
private struct Interrupted: PasswordHasher {
    let base: any PasswordHasher
    let meanwhile: @Sendable () async throws -> Void

    func hash(_ password: Secret) async throws -> Outcome<String> { try await base.hash(password) }

    func verify(_ password: Secret, against hash: String?) async throws -> Outcome<PasswordVerdict> {
        try await meanwhile()
        return try await base.verify(password, against: hash)
    }

    func format(of hash: String) -> PasswordHashFormat? { base.format(of: hash) }

    func check(hash: String) -> PasswordHashProblem? { base.check(hash: hash) }
}
