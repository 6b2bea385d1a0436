import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Links: verifying an address")
struct LinksVerifyTests {
    private func stage(limits: ThrottleLimits = .off) throws -> Stage {
        try Stage(limits: limits) { $0.verify = OneTimeTokenTerms(lifetime: .hours(24)) }
    }

    private func verify(_ stage: Stage, _ token: String) async throws -> Outcome<Grant> {
        try await stage.perform(.verifyEmail, [.token: .string(token)])
    }

    @Test("A good token verifies the address at once, for callers already remembered too, and that is on record")
    func good() async throws {
        let stage = try stage()
        let (account, caller, access) = try await stage.enrol()
        #expect(caller.principal?.account.emailVerified == false)
        let grant = try #require(try await verify(stage, try await stage.token(.verify)).output)
        #expect(grant.user?.id == account.id)
        #expect(grant.user?.emailVerified == true)
        #expect(try await stage.account(account.id).emailVerified)
        #expect(try await stage.authenticate(access).output?.account.emailVerified == true)
        let event = try #require(try await stage.events(.verifyEmail).first)
        #expect(event.accountID == account.id)
        #expect(event.outcome == "granted")
    }

    @Test("A token works once")
    func once() async throws {
        let stage = try stage()
        _ = try await stage.enrol()
        let token = try await stage.token(.verify)
        #expect(try await verify(stage, token).output != nil)
        let again = try await verify(stage, token)
        #expect(again == .refused(.alreadyVerified))
        // A contract without words for it answers as for any bad link.
        #expect(again.refusal?.code.parent == .invalidLink)
        #expect(try await stage.events(.verifyEmail).count == 1)
    }

    @Test("Of many at once exactly one is granted")
    func concurrent() async throws {
        let stage = try stage()
        _ = try await stage.enrol()
        let token = try await stage.token(.verify)
        let granted = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<24 { group.addTask { try await verify(stage, token).output != nil } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(granted == 1)
        #expect(try await stage.events(.verifyEmail).count == 1)
    }

    @Test("A token is good for 24 hours and not a microsecond more")
    func expiry() async throws {
        let stage = try stage()
        let (ann, _, _) = try await stage.enrol()
        let first = try await stage.token(.verify)
        stage.realm.clock.advance(by: .hours(24))
        #expect(try await verify(stage, first) == .refused(.expiredLink))
        #expect(try await !stage.account(ann.id).emailVerified)

        let (bob, _, _) = try await stage.enrol("bob@example.com")
        let second = try await stage.token(.verify)
        stage.realm.clock.advance(by: .hours(24))
        stage.realm.clock.advance(microseconds: -1)
        #expect(try await verify(stage, second).output?.user?.id == bob.id)
    }

    @Test("A token proves the mailbox it was sent to and no later one")
    func otherAddress() async throws {
        let stage = try stage()
        var (account, _, _) = try await stage.enrol()
        let token = try await stage.token(.verify)
        account.email = "ann@elsewhere.example"
        _ = try await stage.realm.store.write { [account] in try $0.update(account) }
        #expect(try await verify(stage, token) == .refused(.invalidLink))
        #expect(try await !stage.account(account.id).emailVerified)

        // Another spelling of the same address is the same mailbox.
        account.email = "ANN@example.com"
        _ = try await stage.realm.store.write { [account] in try $0.update(account) }
        #expect(try await verify(stage, token).output != nil)
    }

    @Test("A token of the other purpose is no token")
    func otherPurpose() async throws {
        let stage = try stage()
        _ = try await stage.enrol()
        #expect(try await verify(stage, try await stage.requestReset()) == .refused(.invalidLink))
        let inputs: [InputName: Value] = [
            .token: .string(try await stage.token(.verify)), .password: .string("another good password"),
        ]
        #expect(try await stage.perform(.resetPassword, inputs) == .refused(.invalidLink))
    }

    @Test("A disabled account's token opens nothing")
    func disabled() async throws {
        let stage = try stage()
        let (account, _, _) = try await stage.enrol()
        let token = try await stage.token(.verify)
        _ = try await Administration(stage.engine).disable(AccountReference(account.id))
        #expect(try await verify(stage, token) == .refused(.invalidLink))
    }

    @Test(
        "A text that cannot be a token is refused without a look-up",
        arguments: [
            "x", String(repeating: "A", count: 42), String(repeating: "A", count: 44),
            String(repeating: "A", count: 1_024), String(repeating: "A", count: 42) + "=",
            // A last character whose spare bits are not zero spells no token of ours.
            String(repeating: "A", count: 42) + "B", String(repeating: "ä", count: 21) + "A", " " + "A",
        ])
    func malformed(_ text: String) async throws {
        let stage = try stage()
        let store = CountingStore(stage.realm.store)
        let engine = stage.engine.with(store: store)
        for operation in [Operation.verifyEmail, .resetPassword] {
            let inputs: [InputName: Value] = [.token: .string(text), .password: .string("another good password")]
            let outcome = try await engine.perform(operation, Submission(inputs), TestRealm.caller())
            #expect(outcome == .refused(.invalidLink))
        }
        #expect(store.reads + store.writes == 0)
    }

    @Test("A well-formed token that nobody was sent is looked up, without a place among the writers")
    func unknown() async throws {
        let stage = try stage()
        let store = CountingStore(stage.realm.store)
        let inputs: [InputName: Value] = [.token: .string(String(repeating: "A", count: 43))]
        let outcome = try await stage.engine.with(store: store).perform(
            .verifyEmail, Submission(inputs), TestRealm.caller())
        #expect(outcome == .refused(.invalidLink))
        #expect(store.reads == 1)
        #expect(store.writes == 0)
        #expect(stage.realm.audit.events.map(\.outcome) == ["invalid_link"])
    }

    @Test("What is no text at all, or missing, or holds NUL, is a mistake of form")
    func form() async throws {
        let stage = try stage()
        let cases: [(Value?, InputRule)] = [
            (nil, .required), (.null, .required), (.string(""), .required), (.int(7), .type), (.array([]), .type),
            (.string("a\u{0}b"), .characters), (.string(String(repeating: "A", count: 1_025)), .max),
        ]
        for (value, rule) in cases {
            var submission = Submission()
            submission[.token] = value
            let outcome = try await stage.engine.perform(.verifyEmail, submission, TestRealm.caller())
            #expect(outcome.refusal?.code == .validation)
            #expect(outcome.refusal?.problems.map(\.rule) == [rule])
        }
    }

    @Test("One address can guess only so often, and a good token waits like a bad one")
    func throttled() async throws {
        var limits = ThrottleLimits.off
        limits.address = Limit(burst: 3, every: 60_000_000)
        let stage = try stage(limits: limits)
        _ = try await stage.enrol()
        let token = try await stage.token(.verify)
        for _ in 0..<2 { #expect(try await verify(stage, "x") == .refused(.invalidLink)) }
        let refusal = try #require(try await verify(stage, token).refusal)
        #expect(refusal.code == .rateLimited)
        #expect(refusal.retryAfter == 60)
        stage.realm.clock.advance(by: .seconds(60))
        #expect(try await verify(stage, token).output != nil)
    }

    @Test("A fault anywhere leaves the address unverified and the token good")
    func faults() async throws {
        let stage = try stage()
        let (account, _, _) = try await stage.enrol()
        let token = try await stage.token(.verify)
        let submission = Submission([.token: .string(token)])
        // Two look-ups of the redeeming, then the transaction: redeem again, use, update, announce, append.
        for call in 1...8 {
            let engine = stage.engine.with(store: FaultingStore(stage.realm.store, failAt: call))
            await #expect(throws: Fault.self) {
                try await engine.perform(.verifyEmail, submission, TestRealm.caller())
            }
            #expect(try await !stage.account(account.id).emailVerified, "fault at call \(call)")
            #expect(try await stage.events(.verifyEmail).isEmpty, "fault at call \(call)")
        }
        #expect(try await verify(stage, token).output != nil)
    }
}
