import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Links: short codes")
struct LinksCodeTests {
    private static let format = OpaqueFormat(.letters(alphabet: "0123456789", length: 6))

    private func stage(limits: ThrottleLimits = .off) throws -> Stage {
        try Stage(limits: limits) { terms in
            terms.verify = OneTimeTokenTerms(lifetime: .minutes(10), link: [.token])
            terms.verify?.format = Self.format
            terms.reset = OneTimeTokenTerms(lifetime: .minutes(10), link: [.token])
            terms.reset?.format = Self.format
        }
    }

    private func code(_ stage: Stage, _ kind: Mail.Kind) async throws -> String {
        let mail = try #require(try await stage.mails().first { $0.kind == kind })
        let code = try #require(try stage.content(of: mail).link)
        try #require(code.utf8.count == 6 && code.allSatisfy(\.isNumber))
        return code
    }

    private func use(
        _ stage: Stage, _ code: String, for email: String? = "ann@example.com",
        _ operation: WatchwordCore.Operation = .verifyEmail, from address: String = "192.0.2.1"
    ) async throws -> Outcome<Grant> {
        var submission = Submission([.token: .string(code), .password: .string("another good password")])
        if let email {
            submission.bound = [.email]
            submission[.email] = .string(email)
        }
        return try await stage.engine.perform(operation, submission, TestRealm.caller(address))
    }

    private func wrong(_ code: String, _ number: Int) -> String {
        String(String((Int(code) ?? 0) + number + 1_000_000).suffix(6))
    }

    @Test("A code of six digits is good for its account, and once", arguments: [true, false])
    func good(_ isReset: Bool) async throws {
        let operation = isReset ? WatchwordCore.Operation.resetPassword : .verifyEmail
        let stage = try stage()
        let (account, _, _) = try await stage.enrol()
        if isReset {
            #expect(try await stage.perform(.requestReset, [.email: .string("ann@example.com")]).output != nil)
        }
        let code = try await code(stage, isReset ? .reset : .verify)
        #expect(try await use(stage, code, operation).output?.user?.id == account.id)
        #expect(try await use(stage, code, operation) == .refused(.invalidLink))
    }

    @Test("It is nobody else's, opens nothing without a name, and not for another purpose")
    func bound() async throws {
        let stage = try stage()
        _ = try await stage.enrol()
        let code = try await code(stage, .verify)
        _ = try await stage.enrol("bob@example.com")
        #expect(try await use(stage, code, for: "bob@example.com") == .refused(.invalidLink))
        #expect(try await use(stage, code, for: "nobody@example.com") == .refused(.invalidLink))
        #expect(try await use(stage, code, for: nil) == .refused(.invalidLink))
        #expect(try await use(stage, code, .resetPassword) == .refused(.invalidLink))
        stage.realm.clock.advance(by: .minutes(10))
        #expect(try await use(stage, code) == .refused(.expiredLink))
    }

    @Test("The fifth wrong guess voids it; four leave it good")
    func guesses() async throws {
        for wrongs in [4, 5] {
            let stage = try stage()
            _ = try await stage.enrol()
            let code = try await code(stage, .verify)
            for number in 1...wrongs {
                #expect(try await use(stage, wrong(code, number)) == .refused(.invalidLink))
            }
            #expect((try await use(stage, code).output != nil) == (wrongs == 4))
            // A text that is no code at all is no guess.
            for text in ["x", "12345", "1234567", "12345x"] {
                #expect(try await use(stage, text) == .refused(.invalidLink))
            }
        }
    }

    @Test("Of very many guesses at once no more than five are judged")
    func concurrent() async throws {
        let stage = try stage()
        let (account, _, _) = try await stage.enrol()
        let code = try await code(stage, .verify)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...64 {
                group.addTask { _ = try await use(stage, wrong(code, number), from: "192.0.2.\(number)") }
            }
            try await group.waitForAll()
        }
        #expect(try await use(stage, code) == .refused(.invalidLink))
        #expect(try await !stage.account(account.id).emailVerified)
    }

    @Test("New codes bring no more guesses: those at one account are bounded from wherever, right ones are not counted")
    func throttled() async throws {
        var limits = ThrottleLimits.off
        limits.code = Limit(burst: 6, every: 600_000_000)
        let stage = try stage(limits: limits)
        _ = try await stage.enrol()
        _ = try await stage.enrol("bob@example.com")
        var codes: [RefusalCode?] = []
        for number in 1...8 {
            #expect(try await stage.perform(.requestReset, [.email: .string("ann@example.com")]).output != nil)
            let code = wrong(try await code(stage, .reset), number)
            codes.append(try await use(stage, code, .resetPassword, from: "192.0.2.\(number)").refusal?.code)
        }
        #expect(codes == Array(repeating: .invalidLink, count: 6) + [.rateLimited, .rateLimited])
        let right = try await code(stage, .reset)
        #expect(try await use(stage, right, .resetPassword).refusal?.code == .rateLimited)
        stage.realm.clock.advance(by: .minutes(10))
        for _ in 1...8 {
            #expect(try await stage.perform(.requestReset, [.email: .string("bob@example.com")]).output != nil)
            let code = try await code(stage, .reset)
            #expect(try await use(stage, code, for: "bob@example.com", .resetPassword).output != nil)
        }
    }

    @Test("What is stored does not give the code away, and no hash is spent on a wrong one")
    func stored() async throws {
        let stage = try stage()
        let (account, _, _) = try await stage.enrol()
        #expect(try await stage.perform(.requestReset, [.email: .string("ann@example.com")]).output != nil)
        let code = try await code(stage, .reset)
        let record = try #require(
            try await stage.realm.store.read { try $0.oneTimeToken(of: account.id, purpose: .reset) })
        #expect(record.digest != Engine.digest(Secret(code)))
        let hasher = WatchedHasher(stage.realm.hasher)
        var submission = Submission([
            .token: .string(wrong(code, 1)), .password: .string("another good password"),
            .email: .string("ann@example.com"),
        ])
        submission.bound = [.email]
        let outcome = try await stage.engine.with(hasher: hasher).perform(
            .resetPassword, submission, TestRealm.caller())
        #expect(outcome == .refused(.invalidLink))
        #expect(hasher.hashes == 0)
        #expect(try await Administration(stage.engine).inspect(Secret(code)).kind == nil)
    }

    @Test("A known and an unknown account take a guess alike: one transaction that writes")
    func sameCost() async throws {
        let stage = try stage()
        _ = try await stage.enrol()
        for email in ["ann@example.com", "nobody@example.com"] {
            let store = CountingStore(stage.realm.store)
            var submission = Submission([.token: .string("000000"), .email: .string(email)])
            submission.bound = [.email]
            let outcome = try await stage.engine.with(store: store).perform(
                .verifyEmail, submission, TestRealm.caller())
            #expect(outcome == .refused(.invalidLink))
            #expect(store.reads == 0 && store.writes == 1)
        }
    }
}
