import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Administration: accounts")
struct AdministrationTests {
    private func stage() throws -> Stage {
        try Stage { terms in
            terms.accounts.roles = ["user", "admin"]
            terms.accounts.login = [.email, .username]
            terms.accounts.fields = [
                FieldTerms(name: "plan", type: .string, initial: .string("free"), maximum: 10),
                FieldTerms(name: "is_premium", type: .bool, initial: .bool(false)),
            ]
            terms.apiKeys = APIKeyTerms()
            terms.apiKeys?.usageLimit = 100
            terms.verify = OneTimeTokenTerms(lifetime: .hours(24))
        }
    }

    private func ann(_ stage: Stage) -> AccountReference { AccountReference("ann@example.com") }

    @Test("An account is made as sign-up makes one, with what only an operator may say")
    func create() async throws {
        let stage = try stage()
        let administration = Administration(stage.engine)
        let new = NewAccount(
            email: " Ann@Example.com ", username: "ann", name: "Ann", password: Secret(Stage.password), role: "admin",
            emailVerified: true, fields: ["plan": .string("pro")])
        let account = try #require(try await administration.create(new).output).account
        #expect(account == (try await stage.account(account.id)))
        #expect(account.email == "Ann@Example.com" && account.username == "ann" && account.name == "Ann")
        #expect(account.role == "admin" && account.emailVerified && account.usageLimit == 100)
        #expect(account.fields == ["plan": .string("pro"), "is_premium": .bool(false)])
        #expect(try await stage.signIn(Stage.password).output?.user?.id == account.id)
        // No mail, no session, no key unasked; the record says who it was.
        #expect(try await stage.mails().isEmpty)
        let event = try #require(try await stage.events(.accountCreate).first)
        #expect(event.address == "cli" && event.accountID == account.id)
    }

    @Test("Without a password nobody signs in until one is set; the role is the realm's first")
    func withoutPassword() async throws {
        let stage = try stage()
        let account = try #require(
            try await Administration(stage.engine).create(NewAccount(email: "ann@example.com")).output
        ).account
        #expect(account.role == "user" && !account.emailVerified)
        #expect(try await stage.signIn(Stage.password) == .refused(.invalidCredentials))
        _ = try await Administration(stage.engine).setPassword(Secret(Stage.password), of: ann(stage))
        #expect(try await stage.signIn(Stage.password).output != nil)
    }

    @Test("The key that sign-up would give is given")
    func issuesKey() async throws {
        let stage = try Stage { terms in
            terms.apiKeys = APIKeyTerms()
            terms.apiKeys?.issueOnSignUp = true
        }
        let made = try #require(
            try await Administration(stage.engine).create(NewAccount(email: "ann@example.com")).output)
        let secret = try #require(made.apiKey?.secret)
        #expect(try await stage.authenticate(secret, as: .apiKey).output?.account.id == made.account.id)
    }

    @Test("What breaks a rule is refused, all of it at once, and nothing is stored")
    func createRefused() async throws {
        let stage = try stage()
        let administration = Administration(stage.engine)
        let wrong = NewAccount(
            email: "nobody", username: "a@b", name: "a\u{0}b", password: Secret("short"), role: "root",
            fields: ["plan": .string("far too long a name"), "nickname": .string("x"), "is_premium": .int(1)])
        let refusal = try #require(try await administration.create(wrong).refusal)
        #expect(refusal.code == .validation)
        #expect(
            refusal.problems.map { "\($0.input.text) \($0.rule.rawValue)" } == [
                "email email", "username username", "name characters", "fields.role choice", "fields.is_premium type",
                "fields.nickname choice", "fields.plan max", "password min",
            ])
        let missing = try await administration.create(NewAccount(username: "ann")).refusal
        #expect(missing?.problems == [InputProblem(.email, .required)])
        let common = NewAccount(email: "ann@example.com", password: Secret("iloveyou"))
        #expect(try await administration.create(common).refusal?.code == .weakPassword)
        #expect(try await administration.list(limit: 10, offset: 0).total == 0)
    }

    @Test("An identifier is one account's only, also when an operator says so")
    func taken() async throws {
        let stage = try stage()
        let administration = Administration(stage.engine)
        _ = try await administration.create(NewAccount(email: "ann@example.com", username: "ann"))
        _ = try await administration.create(NewAccount(email: "bob@example.com", username: "bob"))
        let twin = NewAccount(email: "ANN@example.com", username: "other")
        #expect(try await administration.create(twin).refusal?.code == .emailTaken)
        let namesake = NewAccount(email: "c@example.com", username: "Bob")
        #expect(try await administration.create(namesake).refusal?.code == .usernameTaken)
        let before = try await administration.show(ann(stage)).output
        let changes: [AccountChange] = [.name("Changed"), .usageCount(7), .email("bob@example.com")]
        #expect(try await administration.set(changes, of: ann(stage)).refusal?.code == .emailTaken)
        #expect(try await administration.set([.username("BOB")], of: ann(stage)).refusal?.code == .usernameTaken)
        #expect(try await administration.show(ann(stage)).output == before)
    }

    @Test("An account is found by id, address or username; a name that means two is refused")
    func references() async throws {
        let stage = try Stage { $0.accounts.idFormat = .integer }
        let administration = Administration(stage.engine)
        let one = try #require(
            try await administration.create(NewAccount(email: "ann@example.com", username: "ann")).output
        ).account
        _ = try await administration.create(NewAccount(email: "two@example.com", username: "1"))
        for written in ["id:1", "email:Ann@example.com", "username:ANN", "ann@example.com", "ann"] {
            #expect(try await administration.find(AccountReference(written)).output?.id == one.id, "\(written)")
        }
        #expect(try await administration.find(AccountReference("username:1")).output?.id.text == "2")
        #expect(try await administration.find(AccountReference("1")).refusal?.code == .conflict)
        #expect(try await administration.delete(AccountReference("1")).refusal?.code == .conflict)
        for written in ["3", "id:ann", "email:ann", "username:ann@example.com", "nobody", ""] {
            #expect(try await administration.find(AccountReference(written)).refusal?.code == .notFound, "\(written)")
        }
        #expect(try await administration.list(limit: 1, offset: 1).accounts.map(\.id.text) == ["2"])
        #expect(try await administration.list(limit: 10, offset: 0).total == 2)
    }

    @Test("An account is shown with what hangs on it")
    func show() async throws {
        let stage = try stage()
        let (account, caller, _) = try await stage.enrol()
        _ = try await stage.signIn(Stage.password)
        _ = try await stage.perform(.createAPIKey, [:], caller)
        _ = try await stage.perform(.registerAgent, [.name: .string("a")], caller)
        let summary = try #require(try await Administration(stage.engine).show(ann(stage)).output)
        #expect(summary.account.id == account.id)
        #expect(summary.passwordChangedAt == stage.realm.clock.now())
        #expect(summary.liveSessions == 2 && summary.liveAPIKeys == 1 && summary.agents == 1)
    }

    @Test("A disabled account is shut out at once, by every credential; enabled, it signs in again")
    func disable() async throws {
        let stage = try stage()
        let administration = Administration(stage.engine)
        let (account, caller, access) = try await stage.enrol()
        let key = try #require(try await stage.perform(.createAPIKey, [:], caller).output?.apiKey?.secret)
        #expect(try await stage.authenticate(key, as: .apiKey).output != nil)
        #expect(try await administration.disable(ann(stage)).output?.disabled == true)
        #expect(try await stage.authenticate(access).refusal?.code == .revokedToken)
        #expect(try await stage.authenticate(key, as: .apiKey).refusal?.code == .revokedToken)
        #expect(try await stage.signIn(Stage.password).refusal?.code == .accountDisabled)
        _ = try await administration.disable(ann(stage))
        #expect(try await stage.events(.accountDisable).map(\.detail) == ["sessions ended: 1"])

        #expect(try await administration.enable(ann(stage)).output?.disabled == false)
        _ = try await administration.enable(ann(stage))
        #expect(try await stage.events(.accountEnable).count == 1)
        #expect(try await stage.authenticate(access).refusal?.code == .revokedToken)
        #expect(try await stage.authenticate(key, as: .apiKey).output?.account.id == account.id)
        #expect(try await stage.signIn(Stage.password).output != nil)
    }

    @Test("A deleted account is gone with all that opened it; its record stays, and its address is free")
    func delete() async throws {
        let stage = try stage()
        let administration = Administration(stage.engine)
        let (account, caller, access) = try await stage.enrol()
        let key = try #require(try await stage.perform(.createAPIKey, [:], caller).output?.apiKey?.secret)
        let token = try await stage.token(.verify)
        #expect(try await stage.authenticate(key, as: .apiKey).output != nil)
        #expect(try await administration.delete(ann(stage)).output?.id == account.id)
        #expect(try await stage.authenticate(access).output == nil)
        #expect(try await stage.authenticate(key, as: .apiKey).output == nil)
        #expect(try await stage.perform(.verifyEmail, [.token: .string(token)]) == .refused(.invalidLink))
        #expect(try await administration.delete(ann(stage)).refusal?.code == .notFound)
        let record = try await stage.realm.store.read { try $0.auditEvents(of: account.id, limit: 100) }
        #expect(record.contains { $0.kind == .accountDelete } && record.contains { $0.kind == .signUp })
        _ = try await stage.enrol()
    }

    @Test("Each verb is announced, so that other processes forget the account")
    func announced() async throws {
        let stage = try stage()
        let administration = Administration(stage.engine)
        let (account, _, _) = try await stage.enrol()
        let reference = ann(stage)
        let verbs: [@Sendable () async throws -> Void] = [
            { _ = try await administration.set([.name("x")], of: reference) },
            { _ = try await administration.setPassword(Secret("another good password"), of: reference) },
            { _ = try await administration.revokeSessions(of: reference) },
            { _ = try await administration.disable(reference) },
            { _ = try await administration.enable(reference) },
            { _ = try await administration.delete(reference) },
        ]
        for (number, verb) in verbs.enumerated() {
            let last = try await stage.realm.store.read { try $0.lastChange() }
            try await verb()
            let changes = try await stage.realm.store.read { try $0.changes(after: last) }
            #expect(changes.map(\.change).contains(.account(account.id)), "verb \(number)")
        }
        let events = try await stage.realm.store.read { try $0.auditEvents(of: account.id, limit: 100) }
        #expect(events.count { $0.address == "cli" } == verbs.count)
    }
}
