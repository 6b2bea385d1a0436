import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Links: asking for one")
struct LinksRequestTests {
    private func ask(
        _ engine: Engine, _ operation: Operation, _ email: String, from address: String = "192.0.2.1"
    ) async throws -> Outcome<Grant> {
        try await engine.perform(operation, Submission([.email: .string(email)]), TestRealm.caller(address))
    }

    /// Somebody unverified, somebody verified, somebody disabled.
    private func people(limits: ThrottleLimits = .off) async throws -> Stage {
        let stage = try Stage(limits: limits) { $0.reset = OneTimeTokenTerms(lifetime: .hours(1)) }
        for name in ["open", "verified", "disabled"] {
            var (account, _, _) = try await stage.enrol("\(name)@example.com")
            account.emailVerified = name == "verified"
            account.disabled = name == "disabled"
            _ = try await stage.realm.store.write { [account] in try $0.update(account) }
        }
        return stage
    }

    @Test("Known, unknown and disabled addresses get one answer; a mail goes to whom it is due")
    func sameAnswer() async throws {
        let stage = try await people()
        for operation in [Operation.requestReset, .requestVerification] {
            for name in ["open", "verified", "disabled", "unknown"] {
                #expect(try await ask(stage.engine, operation, "\(name)@example.com") == .granted(Grant()))
            }
        }
        #expect(
            try await stage.mails().reversed().map { "\($0.kind.rawValue) \($0.recipient)" } == [
                "reset open@example.com", "reset verified@example.com", "verify open@example.com",
            ])
        // Each request is on record, and none tells in words whom a stranger asked for.
        let events = try await stage.events(.resetRequest) + stage.events(.verificationRequest)
        #expect(events.count == 8)
        #expect(events.count { $0.accountID == nil } == 2)
        #expect(events.allSatisfy { $0.outcome == "granted" && !$0.detail.contains("example.com") })
    }

    @Test("Known and unknown addresses cost the same: one look-up, one transaction, one mail of one length sealed")
    func sameCost() async throws {
        let stage = try await people()
        for operation in [Operation.requestReset, .requestVerification] {
            var costs: [[Int]] = []
            for name in ["open", "verified", "disabled", "unknown"] {
                let store = CountingStore(stage.realm.store)
                let sealer = CountingSealer(stage.realm.sealer)
                let engine = stage.engine.with(store: store, sealer: sealer)
                _ = try await ask(engine, operation, "\(name)@example.com")
                costs.append([store.reads, store.writes] + sealer.sealed)
            }
            #expect(Set(costs).count == 1, "\(costs)")
            #expect(costs.first?.prefix(2) == [1, 1])
            #expect(costs.first?.count == 3)
        }
    }

    @Test("Nobody can flood a mailbox: beyond the bound nothing is mailed, and the answer stays the same")
    func flood() async throws {
        var limits = ThrottleLimits.off
        limits.mailbox = Limit(burst: 5, every: 120_000_000)
        let stage = try await people(limits: limits)
        for round in 0..<40 {
            // From everywhere, in every spelling.
            let email = round.isMultiple(of: 2) ? "open@example.com" : "OPEN@Example.com "
            let operation = round.isMultiple(of: 3) ? Operation.requestReset : .requestVerification
            #expect(try await ask(stage.engine, operation, email, from: "192.0.2.\(round)") == .granted(Grant()))
        }
        #expect(try await stage.mails().count == 5)
        // Another's mailbox has its own bound.
        _ = try await ask(stage.engine, .requestReset, "verified@example.com")
        #expect(try await stage.mails().count == 6)
        stage.realm.clock.advance(by: .minutes(2))
        for _ in 0..<3 { _ = try await ask(stage.engine, .requestReset, "open@example.com") }
        #expect(try await stage.mails().count == 7)
    }

    @Test("The last link of a flood still opens")
    func floodLeavesALink() async throws {
        var limits = ThrottleLimits.off
        limits.mailbox = Limit(burst: 2, every: 120_000_000)
        let stage = try await people(limits: limits)
        for _ in 0..<5 { _ = try await ask(stage.engine, .requestReset, "open@example.com") }
        let inputs: [InputName: Value] = [
            .token: .string(try await stage.token(.reset)), .password: .string("another good password"),
        ]
        #expect(try await stage.perform(.resetPassword, inputs).output != nil)
    }

    @Test("One address can ask only so often, whomever it asks for")
    func throttled() async throws {
        var limits = ThrottleLimits.off
        limits.address = Limit(burst: 5, every: 10_000_000)
        let stage = try await people(limits: limits)
        // Three of the five went into signing up.
        for name in ["unknown", "open"] {
            #expect(try await ask(stage.engine, .requestReset, "\(name)@example.com").output != nil)
        }
        let refusal = try await ask(stage.engine, .requestReset, "nobody@example.com").refusal
        #expect(refusal?.code == .rateLimited)
        #expect(refusal?.retryAfter == 10)
        #expect(try await ask(stage.engine, .requestReset, "open@example.com", from: "192.0.2.9").output != nil)
    }

    @Test("What is no address is a mistake of form, and stores nothing")
    func form() async throws {
        let stage = try await people()
        let store = CountingStore(stage.realm.store)
        let engine = stage.engine.with(store: store)
        let values: [Value] = [
            .null, .string(""), .string("ann"), .string("a@b@c"), .string("open@example.com\u{0}"), .int(1),
            .string("open@example.com\r\nBcc: x@y.example"), .string(String(repeating: "a", count: 300) + "@b.example"),
        ]
        for value in values {
            for operation in [Operation.requestReset, .requestVerification] {
                let outcome = try await engine.perform(operation, Submission([.email: value]), TestRealm.caller())
                #expect(outcome.refusal?.code == .validation, "\(value)")
            }
        }
        #expect(store.reads + store.writes == 0)
    }
}
