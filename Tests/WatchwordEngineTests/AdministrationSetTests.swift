import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Administration: setting things of an account")
struct AdministrationSetTests {
    private func stage() throws -> Stage {
        try Stage { terms in
            terms.accounts.roles = ["user", "admin"]
            terms.accounts.fields = [FieldTerms(name: "plan", type: .string, initial: .string("free"), maximum: 10)]
            terms.apiKeys = APIKeyTerms()
            terms.apiKeys?.usageLimit = 3
            terms.apiKeys?.issueOnSignUp = true
            terms.verify = OneTimeTokenTerms(lifetime: .hours(24))
        }
    }

    private let ann = AccountReference("ann@example.com")

    @Test("Each thing is set, seen at once by callers already remembered, and on record without values")
    func each() async throws {
        let stage = try stage()
        let (account, _, access) = try await stage.enrol()
        stage.realm.clock.advance(by: .minutes(1))
        let changes: [AccountChange] = [
            .username("ann"), .name("Ann Smith"), .role("admin"), .verified(true), .usageLimit(9),
            .field("plan", .string("pro")),
        ]
        let set = try #require(try await Administration(stage.engine).set(changes, of: ann).output)
        #expect(set == (try await stage.account(account.id)))
        #expect(set.username == "ann" && set.name == "Ann Smith" && set.role == "admin" && set.emailVerified)
        #expect(set.usageLimit == 9 && set.fields["plan"] == .string("pro"))
        #expect(set.updatedAt == stage.realm.clock.now() && set.createdAt < set.updatedAt)
        #expect(try await stage.authenticate(access).output?.account.role == "admin")
        let event = try #require(try await stage.events(.accountUpdate).first)
        #expect(event.detail == "username name role=admin verified=true usage_limit plan")

        let cleared = try await Administration(stage.engine).set(
            [.username(nil), .name(nil), .usageLimit(nil), .verified(false), .field("plan", .null)], of: ann
        ).output
        #expect(cleared?.username == nil && cleared?.name == nil && cleared?.usageLimit == nil)
        #expect(cleared?.emailVerified == false && cleared?.fields["plan"] == .string("free"))
    }

    @Test("All or nothing: one wrong thing and none is set")
    func allOrNothing() async throws {
        let stage = try stage()
        let (account, _, _) = try await stage.enrol()
        let before = try await stage.account(account.id)
        let wrong: [(AccountChange, String)] = [
            (.email(nil), "email required"), (.email("x"), "email email"), (.username("a@b"), "username username"),
            (.role("root"), "fields.role choice"), (.usageLimit(-1), "fields.usage_limit min"),
            (.usageCount(-1), "fields.usage_count min"), (.field("plan", .int(1)), "fields.plan type"),
            (.field("plan", .string(String(repeating: "x", count: 11))), "fields.plan max"),
            (.field("usage", .int(1)), "fields.usage choice"), (.name("a\nb"), "name characters"),
        ]
        for (change, problem) in wrong {
            let outcome = try await Administration(stage.engine).set([.verified(true), change], of: ann)
            #expect(outcome.refusal?.problems.map { "\($0.input.text) \($0.rule.rawValue)" } == [problem])
        }
        #expect(try await stage.account(account.id) == before)
        #expect(try await stage.events(.accountUpdate).isEmpty)
    }

    @Test("Another address has yet to be verified, and links sent to the old one are void")
    func readdressed() async throws {
        let stage = try stage()
        let (account, _, _) = try await stage.enrol()
        let administration = Administration(stage.engine)
        let verification = try await stage.token(.verify)
        let reset = try await stage.requestReset()
        _ = try await administration.set([.verified(true)], of: ann)
        // Another spelling is the same mailbox: nothing is lost.
        let respelt = try await administration.set([.email("ANN@example.com")], of: ann).output
        #expect(respelt?.emailVerified == true && respelt?.email == "ANN@example.com")
        let moved = try await administration.set([.email("ann@new.example")], of: ann).output
        #expect(moved?.emailVerified == false)
        // Even if the address comes back, the links do not.
        _ = try await administration.set([.email("ann@example.com")], of: AccountReference(account.id))
        #expect(try await stage.perform(.verifyEmail, [.token: .string(verification)]) == .refused(.invalidLink))
        let inputs: [InputName: Value] = [.token: .string(reset), .password: .string("another good password")]
        #expect(try await stage.perform(.resetPassword, inputs) == .refused(.invalidLink))
        let vouched = try await administration.set(
            [.email("ann@third.example"), .verified(true)], of: AccountReference(account.id)
        ).output
        #expect(vouched?.emailVerified == true)
    }

    @Test("Uses can be counted anew: a spent key opens again")
    func usage() async throws {
        let stage = try stage()
        let inputs: [InputName: Value] = [.email: .string("ann@example.com"), .password: .string(Stage.password)]
        let grant = try #require(try await stage.perform(.signUp, inputs).output)
        let secret = try #require(grant.apiKey?.secret)
        for _ in 0..<3 { _ = try await stage.authenticate(secret, as: .apiKey) }
        #expect(try await stage.authenticate(secret, as: .apiKey).refusal?.code == .quotaExceeded)
        try await stage.engine.flushUsage()
        let administration = Administration(stage.engine)
        #expect(try await administration.set([.usageCount(1)], of: ann).output?.usageCount == 1)
        for _ in 0..<2 { #expect(try await stage.authenticate(secret, as: .apiKey).output != nil) }
        #expect(try await stage.authenticate(secret, as: .apiKey).refusal?.code == .quotaExceeded)
        _ = try await administration.set([.usageLimit(nil)], of: ann)
        #expect(try await stage.authenticate(secret, as: .apiKey).output != nil)
    }

    @Test("A password set by an operator ends every session and voids reset links")
    func password() async throws {
        let stage = try stage()
        let (_, _, access) = try await stage.enrol()
        let token = try await stage.requestReset()
        let administration = Administration(stage.engine)
        for (bad, code) in [("short", RefusalCode.weakPassword), ("iloveyou", .weakPassword)] {
            #expect(try await administration.setPassword(Secret(bad), of: ann).refusal?.code == code)
        }
        #expect(try await stage.authenticate(access).output != nil)
        _ = try await administration.setPassword(Secret("another good password"), of: ann)
        #expect(try await stage.authenticate(access).refusal?.code == .revokedToken)
        #expect(try await stage.signIn(Stage.password) == .refused(.invalidCredentials))
        #expect(try await stage.signIn("another good password").output != nil)
        let inputs: [InputName: Value] = [.token: .string(token), .password: .string("a third good password")]
        #expect(try await stage.perform(.resetPassword, inputs) == .refused(.invalidLink))
        let nobody = AccountReference("nobody")
        #expect(
            try await administration.setPassword(Secret("another good password"), of: nobody).refusal?.code == .notFound
        )
    }
}
