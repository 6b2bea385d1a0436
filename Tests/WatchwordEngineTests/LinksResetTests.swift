import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Links: resetting a password")
struct LinksResetTests {
    private static let new = "another good password"

    private func stage() throws -> Stage {
        try Stage { terms in
            terms.reset = OneTimeTokenTerms(lifetime: .hours(1))
            terms.refresh = RefreshTokenTerms(
                format: .opaque(OpaqueFormat(prefix: "", .bytes(32, .base64url))), lifetime: .days(7), use: .rotate)
        }
    }

    private func submission(_ token: String, _ password: String = new) -> Submission {
        Submission([.token: .string(token), .password: .string(password)])
    }

    private func reset(_ stage: Stage, _ token: String, _ password: String = new) async throws -> Outcome<Grant> {
        try await stage.engine.perform(.resetPassword, submission(token, password), TestRealm.caller())
    }

    @Test("The new password signs in and the old one does not; the address counts as verified; it is on record")
    func good() async throws {
        let stage = try stage()
        let (account, _, _) = try await stage.enrol()
        let grant = try #require(try await reset(stage, try await stage.requestReset()).output)
        #expect(grant.user?.id == account.id)
        #expect(grant.user?.emailVerified == true)
        #expect(grant.access == nil && grant.refresh == nil && grant.session == nil)
        #expect(try await stage.signIn(Stage.password) == .refused(.invalidCredentials))
        #expect(try await stage.signIn(Self.new).output?.user?.emailVerified == true)
        let event = try #require(try await stage.events(.passwordReset).first)
        #expect(event.accountID == account.id)
        #expect(event.detail == "sessions ended: 1")
    }

    @Test("Every session ends at once with all its tokens, remembered or not; others' sessions stay")
    func endsSessions() async throws {
        let stage = try stage()
        let (account, _, first) = try await stage.enrol()
        let (_, _, other) = try await stage.enrol("bob@example.com")
        let second = try #require(try await stage.signIn(Stage.password).output)
        let refresh = try #require(second.refresh).text.revealed
        // The first is remembered, the second was never shown.
        #expect(try await stage.authenticate(first).output != nil)
        #expect(try await reset(stage, try await stage.requestReset()).output != nil)
        #expect(stage.engine.recall([PresentedCredential(kind: .access, text: first)], TestRealm.caller()) == nil)
        #expect(try await stage.authenticate(first).refusal?.code == .revokedToken)
        #expect(try await stage.authenticate(try #require(second.access).text).refusal?.code == .revokedToken)
        let refreshed = try await stage.perform(.refresh, [.refreshToken: .string(refresh)])
        #expect(refreshed.refusal?.code == .invalidRefresh)
        #expect(try await stage.authenticate(other).output != nil)
        // Another process learns of it.
        let changes = try await stage.realm.store.read { try $0.changes(after: 0) }
        #expect(changes.map(\.change).contains(.account(account.id)))
    }

    @Test("A token works once, and using it voids the account's other links")
    func once() async throws {
        let stage = try Stage { $0.verify = OneTimeTokenTerms(lifetime: .hours(24)) }
        _ = try await stage.enrol()
        let verification = try await stage.token(.verify)
        let token = try await stage.requestReset()
        #expect(try await reset(stage, token).output != nil)
        #expect(try await reset(stage, token, "a third good password") == .refused(.invalidLink))
        #expect(try await stage.signIn("a third good password").output == nil)
        #expect(
            try await stage.perform(.verifyEmail, [.token: .string(verification)]) == .refused(.alreadyVerified))
    }

    @Test("A token is good for an hour and not a microsecond more")
    func expiry() async throws {
        let stage = try stage()
        _ = try await stage.enrol()
        let late = try await stage.requestReset()
        stage.realm.clock.advance(by: .hours(1))
        #expect(try await reset(stage, late) == .refused(.expiredLink))
        #expect(try await stage.signIn(Stage.password).output != nil)
        let timely = try await stage.requestReset()
        stage.realm.clock.advance(by: .hours(1))
        stage.realm.clock.advance(microseconds: -1)
        #expect(try await reset(stage, timely).output != nil)
    }

    @Test("Of many resets at once with one token exactly one wins, and its password is the one that is set")
    func concurrent() async throws {
        let stage = try stage()
        let (account, _, _) = try await stage.enrol()
        let token = try await stage.requestReset()
        let winners = try await withThrowingTaskGroup(of: String?.self) { group in
            for number in 0..<16 {
                group.addTask {
                    let password = "good password number \(number)"
                    return try await reset(stage, token, password).output == nil ? nil : password
                }
            }
            return try await group.reduce(into: []) { winners, winner in winner.map { winners.append($0) } }
        }
        #expect(winners.count == 1)
        #expect(try await stage.signIn(try #require(winners.first)).output != nil)
        let credential = try await stage.realm.store.read { try $0.passwordCredential(of: account.id) }
        #expect(credential?.version == 2)
        #expect(try await stage.events(.passwordReset).count == 1)
    }

    @Test("The password is judged as at sign-up, before the token is looked at, which stays good")
    func badPasswords() async throws {
        let stage = try stage()
        _ = try await stage.enrol()
        let token = try await stage.requestReset()
        let store = CountingStore(stage.realm.store)
        let engine = stage.engine.with(store: store)
        let cases: [(String, RefusalCode, InputRule)] = [
            ("short", .weakPassword, .min), (String(repeating: "x", count: 129), .weakPassword, .max),
            ("with a NUL \u{0} in it", .validation, .characters), ("iloveyou", .weakPassword, .common),
            ("", .validation, .required),
        ]
        for (password, code, rule) in cases {
            let refusal = try await engine.perform(
                .resetPassword, submission(token, password), TestRealm.caller()
            ).refusal
            #expect(refusal?.code == code)
            #expect(refusal?.problems.map(\.rule) == [rule])
        }
        var confirmed = submission(token)
        confirmed[.confirm] = .string("something else")
        let mismatch = try await engine.perform(.resetPassword, confirmed, TestRealm.caller()).refusal
        #expect(mismatch?.problems == [InputProblem(.confirm, .mismatch)])
        #expect(store.reads + store.writes == 0)
        #expect(try await reset(stage, token).output != nil)
    }

    @Test("No hash is spent on a token that is unknown, used, expired or malformed")
    func noHashForNothing() async throws {
        let stage = try stage()
        _ = try await stage.enrol()
        let voided = try await stage.requestReset()
        let expired = try await stage.requestReset()
        stage.realm.clock.advance(by: .hours(1))
        let hasher = WatchedHasher(stage.realm.hasher)
        let engine = stage.engine.with(hasher: hasher)
        for token in [voided, expired, String(repeating: "A", count: 43), "x"] {
            let outcome = try await engine.perform(.resetPassword, submission(token), TestRealm.caller())
            #expect(outcome.output == nil)
        }
        #expect(hasher.hashes == 0)
    }

    @Test("A full queue of hashes says so, and the token stays good")
    func busy() async throws {
        let stage = try stage()
        _ = try await stage.enrol()
        let token = try await stage.requestReset()
        let full = WatchedHasher(stage.realm.hasher) { .refused(Refusal(.busy, retryAfter: 2)) }
        let outcome = try await stage.engine.with(hasher: full).perform(
            .resetPassword, submission(token), TestRealm.caller())
        #expect(outcome == .refused(Refusal(.busy, retryAfter: 2)))
        #expect(try await reset(stage, token).output != nil)
    }

    @Test("What changes while the hash is made is seen: a newer link, a disabled account, another address")
    func judgedAgain() async throws {
        let changes: [@Sendable (Stage, Account) async throws -> Void] = [
            { stage, _ in _ = try await stage.requestReset() },
            { stage, account in _ = try await Administration(stage.engine).disable(AccountReference(account.id)) },
            { stage, account in
                var account = account
                account.email = "ann@elsewhere.example"
                _ = try await stage.realm.store.write { [account] in try $0.update(account) }
            },
        ]
        for change in changes {
            let stage = try stage()
            let (account, _, _) = try await stage.enrol()
            let token = try await stage.requestReset()
            let hasher = WatchedHasher(stage.realm.hasher) {
                try await change(stage, account)
                return nil
            }
            let outcome = try await stage.engine.with(hasher: hasher).perform(
                .resetPassword, submission(token), TestRealm.caller())
            #expect(outcome == .refused(.invalidLink))
            let credential = try await stage.realm.store.read { try $0.passwordCredential(of: account.id) }
            #expect(credential?.version == 1)
        }
    }

    @Test("A fault anywhere leaves password, sessions and token as they were")
    func faults() async throws {
        let stage = try stage()
        let (account, _, access) = try await stage.enrol()
        let token = try await stage.requestReset()
        var call = 1
        while true {
            let store = FaultingStore(stage.realm.store, failAt: call)
            let engine = stage.engine.with(store: store)
            do {
                _ = try await engine.perform(.resetPassword, submission(token), TestRealm.caller())
                break
            } catch is Fault {}
            let credential = try await stage.realm.store.read { try $0.passwordCredential(of: account.id) }
            #expect(credential?.version == 1, "fault at call \(call)")
            #expect(try await !stage.account(account.id).emailVerified, "fault at call \(call)")
            stage.realm.memory.apply([.account(account.id)])
            #expect(try await stage.authenticate(access).output != nil, "fault at call \(call)")
            #expect(try await stage.events(.passwordReset).isEmpty, "fault at call \(call)")
            call += 1
        }
        #expect(call > 12)
        #expect(try await stage.signIn(Self.new).output != nil)
    }

    @Test("API keys outlive a reset, for scripts hold them")
    func keysStay() async throws {
        let stage = try Stage { terms in
            terms.apiKeys = APIKeyTerms()
            terms.apiKeys?.issueOnSignUp = true
        }
        let inputs: [InputName: Value] = [
            .email: .string("ann@example.com"), .password: .string(Stage.password),
        ]
        let key = try #require(try await stage.perform(.signUp, inputs).output?.apiKey?.secret)
        #expect(try await reset(stage, try await stage.requestReset()).output != nil)
        #expect(try await stage.authenticate(key, as: .apiKey).output != nil)
    }
}
