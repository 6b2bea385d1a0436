import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Changing one's account")
struct UpdateAccountTests {
    private func stage(_ change: (inout Terms) -> Void = { _ in }) async throws -> (Stage, Caller) {
        let stage = try Stage { terms in
            terms.accounts.fields = [
                FieldTerms(name: "city", type: .string, initial: .string("")),
                FieldTerms(name: "age", type: .int), FieldTerms(name: "plan", type: .string, initial: .string("free")),
            ]
            terms.verify = OneTimeTokenTerms(lifetime: .hours(24))
            change(&terms)
        }
        return (stage, try await stage.enrol().caller)
    }

    private func account(_ caller: Caller, _ stage: Stage) async throws -> Account {
        try await stage.account(try #require(caller.principal).account.id)
    }

    @Test("What is not mentioned stays, what is mentioned changes, and null or an empty text clears")
    func partial() async throws {
        let (stage, caller) = try await stage()
        stage.realm.clock.advance(by: .hours(1))
        let before = try await account(caller, stage)
        let first: [InputName: Value] = [
            .name: .string("Ann Smith"), .username: .string("ann"), .field("city"): .string("Bonn"),
            .field("age"): .int(7),
        ]
        let grant = try granted(await stage.perform(.updateAccount, first, caller))
        #expect(grant.access == nil && grant.refresh == nil)
        var expected = before
        (expected.name, expected.username, expected.updatedAt) = ("Ann Smith", "ann", stage.realm.clock.now())
        (expected.fields["city"], expected.fields["age"]) = (.string("Bonn"), .int(7))
        #expect(grant.user == expected)
        #expect(try await account(caller, stage) == expected)
        #expect(try await stage.events(.accountUpdate).map(\.detail) == ["username name age city"])

        let second: [InputName: Value] = [
            .name: .null, .username: .string(""), .field("city"): .string(""), .field("age"): .null,
        ]
        let cleared = try granted(await stage.perform(.updateAccount, second, caller)).user
        #expect(cleared?.name == nil && cleared?.username == nil)
        #expect(cleared?.fields == before.fields)
        #expect(cleared?.email == before.email && cleared?.fields["plan"] == .string("free"))
    }

    @Test("What changes nothing is granted, and puts nothing on record")
    func nothing() async throws {
        let (stage, caller) = try await stage()
        let before = try await account(caller, stage)
        stage.realm.clock.advance(by: .hours(1))
        for inputs in [[:], [.email: .string("ann@example.com"), .name: .null]] as [[InputName: Value]] {
            #expect(try granted(await stage.perform(.updateAccount, inputs, caller)).user == before)
        }
        #expect(try await account(caller, stage) == before)
        #expect(try await stage.events(.accountUpdate).isEmpty)
    }

    @Test("Another address is not verified: its owner gets a link, the old one is told, and links to it are void")
    func address() async throws {
        let (stage, caller) = try await stage { $0.reset = OneTimeTokenTerms(lifetime: .hours(1)) }
        let id = try #require(caller.principal?.account.id)
        let verification = try await stage.token(.verify)
        #expect(try await stage.perform(.verifyEmail, [.token: .string(verification)]).output != nil)
        let reset = try await stage.requestReset()
        #expect(try await stage.account(id).emailVerified)
        let inputs: [InputName: Value] = [.email: .string(" ann@elsewhere.example ")]
        let grant = try granted(await stage.perform(.updateAccount, inputs, caller))
        #expect(grant.user?.email == "ann@elsewhere.example" && grant.user?.emailVerified == false)
        let mails = try await stage.mails().prefix(3).map { "\($0.kind.rawValue) \($0.recipient)" }
        #expect(
            mails == [
                "address_changed ann@example.com", "address_changed ann@elsewhere.example",
                "verify ann@elsewhere.example",
            ])
        let notice = try stage.content(of: try #require(try await stage.mails().first))
        #expect(!notice.facts.values.contains { $0.contains("elsewhere") })
        let outcome = try await stage.perform(
            .resetPassword, [.token: .string(reset), .password: .string("another good password")])
        #expect(outcome == .refused(.invalidLink))
        // The new link is good for the new address.
        let token = try await stage.token(.verify)
        #expect(try await stage.perform(.verifyEmail, [.token: .string(token)]).output?.user?.emailVerified == true)
        // The caller's own principal is read anew.
        #expect(try await stage.events(.accountUpdate).map(\.detail) == ["email"])
    }

    @Test("An address that is only written otherwise stays verified, and nobody is written to")
    func spelling() async throws {
        let (stage, caller) = try await stage()
        #expect(
            try await stage.perform(.verifyEmail, [.token: .string(try await stage.token(.verify))]).output != nil)
        let mails = try await stage.mails().count
        let inputs: [InputName: Value] = [.email: .string("Ann@Example.com")]
        let user = try granted(await stage.perform(.updateAccount, inputs, caller)).user
        #expect(user?.email == "Ann@Example.com" && user?.emailVerified == true)
        #expect(try await stage.mails().count == mails)
    }

    @Test("Identifiers that are taken, and texts that are none, are refused and change nothing")
    func refusals() async throws {
        let (stage, caller) = try await stage()
        _ = try await stage.enrol("bob@example.com")
        let bob = try await stage.caller(
            try #require(try await stage.signIn(Stage.password, as: "bob@example.com").output?.access).text)
        #expect(try await stage.perform(.updateAccount, [.username: .string("bob")], bob).output != nil)
        let before = try await account(caller, stage)
        let cases: [([InputName: Value], RefusalCode, [InputProblem])] = [
            ([.email: .string("BOB@example.com"), .name: .string("x")], .emailTaken, []),
            ([.username: .string("BOB"), .name: .string("x")], .usernameTaken, []),
            ([.email: .string("nonsense")], .validation, [InputProblem(.email, .email)]),
            ([.email: .null], .validation, [InputProblem(.email, .required)]),
            ([.username: .string("a@b")], .validation, [InputProblem(.username, .username)]),
            ([.name: .int(1)], .validation, [InputProblem(.name, .type, expected: "string")]),
            ([.field("age"): .string("7")], .validation, [InputProblem(.field("age"), .type, expected: "integer")]),
            ([.password: .string("short")], .weakPassword, [InputProblem(.password, .min, bound: 8)]),
            ([.password: .string("iloveyou")], .weakPassword, [InputProblem(.password, .common)]),
            (
                [.password: .string("another good one"), .confirm: .string("another")], .validation,
                [InputProblem(.confirm, .mismatch)]
            ),
        ]
        for (inputs, code, problems) in cases {
            let refusal = try await stage.perform(.updateAccount, inputs, caller).refusal
            #expect(refusal == Refusal(code, problems: problems))
        }
        #expect(try await account(caller, stage) == before)
        #expect(try await stage.signIn(Stage.password).output != nil)
    }

    @Test("Nobody can take away the last handle one signs in with")
    func lastHandle() async throws {
        let (stage, caller) = try await stage { terms in
            terms.accounts.login = [.email, .username]
            terms.accounts.required = []
        }
        let refusal = try await stage.perform(.updateAccount, [.email: .null], caller).refusal
        #expect(refusal?.problems == [InputProblem(.email, .required)])
        let inputs: [InputName: Value] = [.email: .null, .username: .string("ann")]
        #expect(try granted(await stage.perform(.updateAccount, inputs, caller)).user?.email == nil)
        #expect(
            try await stage.perform(.signIn, [.username: .string("ann"), .password: .string(Stage.password)]).output
                != nil)
    }

    @Test("A new password ends every other session; the caller's stays, with its tokens")
    func password() async throws {
        let (stage, caller) = try await stage { terms in
            terms.refresh = RefreshTokenTerms(format: .opaque(OpaqueFormat()), lifetime: .days(7), use: .rotate)
            terms.reset = OneTimeTokenTerms(lifetime: .hours(1))
        }
        let other = try granted(await stage.signIn(Stage.password))
        let link = try await stage.requestReset()
        let inputs: [InputName: Value] = [.password: .string("another good one")]
        let grant = try granted(await stage.perform(.updateAccount, inputs, caller))
        #expect(grant.access == nil && grant.session?.id == caller.principal?.session?.id)
        #expect(try await stage.authenticate(try #require(other.access).text).refusal?.code == .revokedToken)
        #expect(try await stage.perform(.whoAmI, [:], caller).output != nil)
        #expect(try await stage.perform(.updateAccount, [.name: .string("still here")], caller).output != nil)
        #expect(try await stage.signIn(Stage.password) == .refused(.invalidCredentials))
        #expect(try await stage.signIn("another good one").output != nil)
        #expect(
            try await stage.perform(.resetPassword, [.token: .string(link), .password: .string("a thief's one")])
                == .refused(.invalidLink))
        #expect(try await stage.events(.passwordChange).map(\.detail) == ["sessions ended: 1"])
    }

    @Test("Where the reply shows a token, a change gives one: of the same session, or with a new password of a new one")
    func shownToken() async throws {
        let (stage, caller) = try await stage { $0.accounts.updateShowsToken = true }
        let renewed = try granted(await stage.perform(.updateAccount, [.name: .string("Ann")], caller))
        #expect(renewed.session?.id == caller.principal?.session?.id)
        #expect(try await stage.authenticate(try #require(renewed.access).text).output != nil)
        let inputs: [InputName: Value] = [.password: .string("another good one")]
        let replaced = try granted(await stage.perform(.updateAccount, inputs, caller))
        #expect(replaced.session?.id != caller.principal?.session?.id)
        #expect(try await stage.authenticate(try #require(renewed.access).text).refusal?.code == .revokedToken)
        #expect(try await stage.authenticate(try #require(replaced.access).text).output != nil)
    }

    @Test("A reply that shows no token after a change of password leaves the caller signed in")
    func changePassword() async throws {
        let (stage, caller) = try await stage { $0.password.changeSignsIn = false }
        let other = try granted(await stage.signIn(Stage.password))
        let inputs: [InputName: Value] = [
            .currentPassword: .string(Stage.password), .password: .string("another good one"),
        ]
        let grant = try granted(await stage.perform(.changePassword, inputs, caller))
        #expect(grant.access == nil && grant.session?.id == caller.principal?.session?.id)
        #expect(try await stage.authenticate(try #require(other.access).text).refusal?.code == .revokedToken)
        #expect(try await stage.perform(.updateAccount, [.name: .string("still here")], caller).output != nil)
    }

    @Test("Whatever call to the store fails, a change of everything leaves everything or nothing")
    func faults() async throws {
        var terms = Contract.closed
        terms.accounts.updateShowsToken = true
        let scene = try Scene(terms)
        let caller = TestRealm.caller(principal: try await scene.principal(try await scene.signUp().access))
        let submission = Submission([
            .email: .string("ann@elsewhere.example"), .name: .string("Ann"), .password: .string("another good one"),
        ])
        let faults = try await scene.faults { engine in
            _ = try await engine.perform(.updateAccount, submission, caller)
        }
        #expect(faults > 15)
    }
}
