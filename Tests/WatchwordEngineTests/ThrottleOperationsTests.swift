import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Throttled operations")
struct ThrottleOperationsTests {
    @Test("With the default limits a few hundred sign-ins of one address pass")
    func generous() async throws {
        let scene = try Scene(Contract.plain, limits: ThrottleLimits())
        try await scene.signUp()
        for _ in 0..<300 { _ = try await scene.signIn() }
    }

    @Test("A guesser at one account is told to wait before another hash is spent; the owner elsewhere is not")
    func guesser() async throws {
        let scene = try Scene(Contract.plain, limits: ThrottleLimits())
        try await scene.signUp()
        let wrong = Scene.login(password: "a wrong one")
        for _ in 0..<10 {
            #expect(try await scene.perform(.signIn, wrong, from: "198.51.100.9").refusal?.code == .invalidCredentials)
        }
        let spent = scene.hasher.verifications
        for submission in [wrong, Scene.login()] {
            let refusal = try await scene.perform(.signIn, submission, from: "198.51.100.9").refusal
            #expect(refusal == Refusal(.rateLimited, retryAfter: 30))
        }
        #expect(scene.hasher.verifications == spent)
        _ = try await scene.signIn(from: "192.0.2.1")
        scene.realm.clock.advance(by: .seconds(30))
        _ = try await scene.signIn(from: "198.51.100.9")
        let events = try await scene.events(.throttled)
        #expect(events.count == 2)
        #expect(events.allSatisfy { $0.outcome == "rate_limited" && $0.detail == "sign_in" })
    }

    @Test("Strangers who fail at one account tighten new addresses, and never shut the owner out")
    func pressure() async throws {
        let scene = try Scene(Contract.plain, limits: ThrottleLimits())
        try await scene.signUp()
        _ = try await scene.signIn(from: "192.0.2.1")
        let wrong = Scene.login(password: "a wrong one")
        for stranger in 0..<6 {
            for _ in 0..<9 { _ = try await scene.perform(.signIn, wrong, from: "198.51.100.\(stranger)") }
        }
        func tries(from address: String) async throws -> Int {
            for count in 0..<100 {
                let code = try await scene.perform(.signIn, wrong, from: address).refusal?.code
                if code != .invalidCredentials { return count }
            }
            return 100
        }
        #expect(try await tries(from: "203.0.113.7") == 3)
        #expect(try await tries(from: "192.0.2.1") == 10)
        _ = try await scene.signIn(from: "203.0.113.8")
    }

    @Test("An unknown account is throttled as a known one is")
    func unknown() async throws {
        let scene = try Scene(Contract.plain, limits: ThrottleLimits())
        try await scene.signUp("ann")
        for name in ["ann", "nobody"] {
            var codes: [RefusalCode?] = []
            for _ in 0..<12 {
                codes.append(try await scene.perform(.signIn, Scene.login(name, password: "wrong!!!")).refusal?.code)
            }
            #expect(codes == Array(repeating: .invalidCredentials, count: 10) + [.rateLimited, .rateLimited])
        }
    }

    @Test("An address that asks too much waits, whatever costly thing it asks; another does not")
    func address() async throws {
        var limits = ThrottleLimits()
        limits.address = Limit(burst: 1, every: 60_000_000)
        let requests: [(WatchwordCore.Operation, Submission)] = [
            (.signUp, Scene.application("bob")), (.signIn, Scene.login()),
            (.refresh, Submission([.refreshToken: .string("x")])),
            (.verifyEmail, Submission([.token: .string("x")])),
            (.requestReset, Submission([.email: .string("ann@example.org")])),
            (.resetPassword, Submission([.token: .string("x"), .password: .string(Scene.password)])),
        ]
        for (operation, submission) in requests {
            let scene = try Scene(Contract.closed, limits: limits)
            try await scene.signUp()
            let before = try await scene.snapshot()
            let (hashes, verifications) = (scene.hasher.hashes, scene.hasher.verifications)
            #expect(
                try await scene.perform(operation, submission).refusal == Refusal(.rateLimited, retryAfter: 60),
                "\(operation.rawValue)")
            #expect(try await scene.snapshot() == before)
            #expect((scene.hasher.hashes, scene.hasher.verifications) == (hashes, verifications))
            #expect(try await scene.perform(operation, submission, from: "203.0.113.5").refusal?.code != .rateLimited)
        }
    }

    @Test("A stolen token is no way to guess the password")
    func changePassword() async throws {
        let scene = try Scene(Contract.plain, limits: ThrottleLimits())
        try await scene.signUp()
        let principal = try await scene.principal(try await scene.signIn().access)
        let change = Submission([.currentPassword: .string("wrong!!!"), .password: .string("another good one")])
        for _ in 0..<10 {
            #expect(try await scene.perform(.changePassword, change, as: principal).refusal?.code == .wrongPassword)
        }
        let spent = scene.hasher.verifications
        #expect(try await scene.perform(.changePassword, change, as: principal).refusal?.code == .rateLimited)
        #expect(scene.hasher.verifications == spent)
    }

    @Test("A full queue of hashes costs nobody an attempt")
    func busy() async throws {
        let scene = try Scene(Contract.plain, limits: ThrottleLimits())
        try await scene.signUp()
        scene.hasher.setBusy(true)
        for _ in 0..<50 { #expect(try await scene.perform(.signIn, Scene.login()).refusal?.code == .busy) }
        scene.hasher.setBusy(false)
        _ = try await scene.signIn()
    }

    @Test("A flood of refusals is not a flood of records")
    func records() async throws {
        var limits = ThrottleLimits()
        limits.address = Limit(burst: 1, every: 60_000_000)
        let scene = try Scene(Contract.plain, limits: limits)
        for _ in 0..<200 { _ = try await scene.perform(.signIn, Scene.login()) }
        #expect(try await scene.events(.throttled).count == 5)
    }
}
