import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Signing up")
struct SignUpTests {
    @Test("A new account is what the terms say, with what was sent where it may be", arguments: Contract.all)
    func account(_ contract: (name: String, terms: Terms)) async throws {
        let scene = try Scene(contract.terms)
        var submission = Scene.application()
        submission[.name] = .string("Ann")
        submission[.email] = .string(" Ann@Example.org ")
        let grant = try granted(await scene.perform(.signUp, submission))
        let account = try #require(grant.user)
        let stored = try await scene.realm.store.read { try $0.account(account.id) }
        #expect(stored == account)
        #expect(account.email == "Ann@Example.org")
        #expect(account.name == "Ann")
        #expect(account.role == contract.terms.accounts.roles.first)
        #expect(!account.emailVerified && !account.disabled)
        #expect(account.usageCount == 0)
        #expect(account.usageLimit == contract.terms.apiKeys?.usageLimit)
        for field in contract.terms.accounts.fields { #expect(account.fields[field.name] == field.initial) }
        let signsIn = contract.terms.accounts.signUpSignsIn
        #expect((grant.access != nil) == signsIn)
        #expect((grant.refresh != nil) == (signsIn && contract.terms.refresh != nil))
        #expect((grant.apiKey?.secret != nil) == (contract.terms.apiKeys?.issueOnSignUp == true))
        let mails = try await scene.realm.store.read { try $0.mails(limit: 10) }
        #expect(mails.count == (contract.terms.verify == nil ? 0 : 1))
        #expect(try await scene.events(.signUp).map(\.outcome) == ["granted"])
    }

    @Test("Identifiers have the form that the realm gives them")
    func ids() async throws {
        let forms: [(IDFormat, Int, String)] = [
            (.uuid, 36, ""), (.cuid, 25, "c"), (.objectID, 24, ""), (.hex32, 32, ""),
            (.custom(alphabet: "xyz", length: 40, prefix: "u_"), 42, "u_"),
        ]
        for (form, length, prefix) in forms {
            var terms = Contract.plain
            terms.accounts.idFormat = form
            let id = try #require(try await Scene(terms).signUp().user?.id.text)
            #expect(id.count == length && id.hasPrefix(prefix))
        }
        let scene = try Scene(Contract.rotate)
        #expect(try await scene.signUp("ann").user?.id.text == "1")
        #expect(try await scene.signUp("bob").user?.id.text == "2")
    }

    @Test("A uuid states its version and variant, and an ObjectId its time")
    func idBits() async throws {
        let uuid = try #require(try await Scene(Contract.plain).signUp().user?.id.text)
        #expect(uuid.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
        #expect(Array(uuid)[14] == "4")
        #expect("89ab".contains(Array(uuid)[19]))
        let scene = try Scene(Contract.renew)
        let objectID = try #require(try await scene.signUp().user?.id.text)
        #expect(Int64(objectID.prefix(8), radix: 16) == scene.now.seconds)
    }

    @Test("Nothing that only the operator may set can be sent")
    func massAssignment() async throws {
        let scene = try Scene(Contract.closed)
        var submission = Scene.application()
        for name in ["role", "plan_", "usageLimit", "usage_limit", "usageCount", "emailVerified", "email_verified"] {
            submission[.field(name)] = .int(1_000_000)
        }
        submission[.id] = .string("chosen")
        submission[.userID] = .string("chosen")
        submission[.scope] = .string("admin")
        let account = try #require(try granted(await scene.perform(.signUp, submission)).user)
        #expect(account.fields == ["plan": .string("free")])
        #expect(account.usageLimit == 100 && account.usageCount == 0)
        #expect(account.role == nil && !account.emailVerified)
        #expect(account.id.text != "chosen")
    }

    @Test("Everything wrong is told at once, nothing is stored and no hash is spent")
    func validation() async throws {
        let scene = try Scene(Contract.rotate)
        let before = try await scene.snapshot()
        var submission = Submission([.email: .string("ann"), .password: .string("short"), .confirm: .string("other")])
        submission[.name] = .int(1)
        submission[.field("is_premium")] = .string("yes")
        let refusal = try await scene.perform(.signUp, submission).refusal
        #expect(
            refusal
                == Refusal(
                    .validation,
                    problems: [
                        InputProblem(.email, .email), InputProblem(.username, .required),
                        InputProblem(.password, .min, bound: 8), InputProblem(.confirm, .mismatch),
                        InputProblem(.name, .type, expected: "string"),
                        InputProblem(.field("is_premium"), .type, expected: "boolean"),
                    ]))
        #expect(try await scene.snapshot() == before)
        #expect(scene.hasher.hashes == 0)
    }

    @Test("A common password is weak")
    func weak() async throws {
        let scene = try Scene(Contract.plain)
        let refusal = try await scene.perform(.signUp, Scene.application(password: "iloveyou")).refusal
        #expect(refusal == Refusal(.weakPassword, problems: [InputProblem(.password, .common)]))
    }

    @Test("An address or username is taken whatever its case, and saying so costs no hash")
    func taken() async throws {
        let scene = try Scene(Contract.rotate)
        try await scene.signUp()
        let before = try await scene.realm.store.read { try $0.accountCount() }
        var submission = Scene.application("bob")
        submission[.email] = .string("ANN@example.ORG")
        #expect(try await scene.perform(.signUp, submission).refusal == Refusal(.emailTaken))
        submission = Scene.application("bob")
        submission[.username] = .string("Ann")
        #expect(try await scene.perform(.signUp, submission).refusal == Refusal(.usernameTaken))
        #expect(scene.hasher.hashes == 1)
        #expect(try await scene.realm.store.read { try $0.accountCount() } == before)
        #expect(
            try await scene.events(.signUp).map(\.outcome).sorted() == ["email_taken", "granted", "username_taken"])
    }

    @Test("Where sign-up is closed nobody signs up")
    func closed() async throws {
        var terms = Contract.plain
        terms.accounts.signUpOpen = false
        let scene = try Scene(terms)
        #expect(try await scene.perform(.signUp, Scene.application()).refusal == Refusal(.signupClosed))
        #expect(try await scene.realm.store.read { try $0.accountCount() } == 0)
    }

    @Test("A full queue of hashes is busy, with a time to retry, and nothing is stored")
    func busy() async throws {
        let scene = try Scene(Contract.closed)
        let before = try await scene.snapshot()
        scene.hasher.setBusy(true)
        #expect(
            try await scene.perform(.signUp, Scene.application()).refusal == Refusal(.busy, retryAfter: 1))
        #expect(try await scene.snapshot() == before)
    }

    @Test("Of many who sign up at once with one address exactly one does")
    func race() async throws {
        let scene = try Scene(Contract.closed)
        let outcomes = try await withThrowingTaskGroup(of: Outcome<Grant>.self) { group in
            for number in 0..<12 {
                group.addTask {
                    var submission = Scene.application()
                    submission[.email] = .string(number.isMultiple(of: 2) ? "ann@example.org" : "ANN@EXAMPLE.ORG")
                    return try await scene.perform(.signUp, submission)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0.output != nil } == 1)
        #expect(outcomes.compactMap(\.refusal).allSatisfy { $0 == Refusal(.emailTaken) })
        #expect(try await scene.realm.store.read { try $0.accountCount() } == 1)
        #expect(try await scene.realm.store.read { try $0.mails(limit: 10).count } == 1)
    }

    @Test("Whatever call to the store fails, a sign-up leaves everything or nothing")
    func faults() async throws {
        let counting = try Scene(Contract.closed)
        let counter = FaultingStore(counting.realm.store)
        _ = try await counting.realm.engine(store: counter)
            .perform(.signUp, Scene.application(), TestRealm.caller())
        #expect(counter.calls > 8)
        for call in 1...counter.calls {
            let scene = try Scene(Contract.closed)
            let before = try await scene.snapshot()
            let engine = scene.realm.engine(store: FaultingStore(scene.realm.store, failAt: call))
            await #expect(throws: (any Error).self, "call \(call)") {
                _ = try await engine.perform(.signUp, Scene.application(), TestRealm.caller())
            }
            #expect(try await scene.snapshot() == before, "call \(call)")
            try await scene.signUp()
        }
    }
}
