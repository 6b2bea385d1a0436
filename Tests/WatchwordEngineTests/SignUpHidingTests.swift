import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Signing up where nobody is told who has an account")
struct SignUpHidingTests {
    private func scene(
        _ ids: IDFormat = .uuid, limits: ThrottleLimits = .off, _ change: (inout Terms) -> Void = { _ in }
    ) throws -> Scene {
        var terms = Terms()
        terms.accounts.idFormat = ids
        terms.accounts.hidesTaken = true
        terms.accounts.required = [.email]
        terms.accounts.roles = ["user"]
        terms.accounts.fields = [FieldTerms(name: "plan", type: .string, initial: .string("free"))]
        terms.verify = OneTimeTokenTerms(lifetime: .hours(24))
        change(&terms)
        return try Scene(terms, limits: limits)
    }

    private func application(_ email: String, password: String = Scene.password) -> Submission {
        Submission([.email: .string(email), .password: .string(password), .name: .string("Ann")])
    }

    @Test(
        "A taken address is answered like a free one, with an id of the realm's form; its owner is told by mail",
        arguments: [IDFormat.integer, .uuid, .cuid, .hex32])
    func hidden(_ ids: IDFormat) async throws {
        let scene = try scene(ids)
        let first = try granted(await scene.perform(.signUp, application("ann@example.org")))
        let free = try granted(await scene.perform(.signUp, application("bob@example.org")))
        let before = try await scene.realm.store.read { try $0.account(.email("ann@example.org")) }
        let hashes = scene.hasher.hashes
        let taken = try granted(
            await scene.perform(.signUp, application("ANN@example.org", password: "a thief's password")))
        #expect(scene.hasher.hashes == hashes + 1)
        var likeFree = try #require(free.user)
        let user = try #require(taken.user)
        #expect(user.id != first.user?.id && user.id.text.utf8.count == likeFree.id.text.utf8.count)
        (likeFree.id, likeFree.email) = (user.id, "ANN@example.org")
        #expect(user == likeFree)
        #expect(taken.access == nil && taken.session == nil && taken.apiKey == nil)

        let (owner, ghost, count, mails) = try await scene.realm.store.read { reading in
            (
                try reading.account(.email("ann@example.org")), try reading.account(user.id),
                try reading.accountCount(), try reading.mails(limit: 9)
            )
        }
        #expect(owner == before && ghost == nil && count == 2)
        #expect(mails.first?.kind == .signUpAttempt && mails.first?.recipient == "ann@example.org")
        #expect(mails.count == 3)
        let sealed = try #require(mails.first?.sealed)
        let opened = try #require(scene.realm.sealer.open(sealed, purpose: MailContent.purpose))
        let facts = try #require(MailContent(decoding: opened)).facts
        // Who tried, as far as that is known, and nothing that they wrote.
        #expect(facts == [.at: CivilTime(scene.now).text(), .address: "192.0.2.1"])
        _ = try await scene.signIn()
        #expect(
            try await scene.perform(.signIn, Scene.login(password: "a thief's password")).refusal?.code
                == .invalidCredentials)
        #expect(try await scene.events(.signUp).map(\.outcome).sorted() == ["email_taken", "granted", "granted"])
    }

    @Test("A free and a taken address cost the same: one look-up, one hash, one transaction, one mail")
    func sameCost() async throws {
        let scene = try scene()
        _ = try granted(await scene.perform(.signUp, application("ann@example.org")))
        for email in ["bob@example.org", "ann@example.org"] {
            let store = CountingStore(scene.realm.store)
            let sealer = CountingSealer(scene.realm.sealer)
            let engine = scene.engine.with(store: store, sealer: sealer)
            _ = try granted(await engine.perform(.signUp, application(email), TestRealm.caller()))
            #expect([store.reads, store.writes, sealer.sealed.count] == [1, 1, 1], "\(email)")
        }
    }

    @Test("A username that is taken is told, for a username is no secret")
    func username() async throws {
        let scene = try scene { $0.accounts.required = [.email, .username] }
        try await scene.signUp("ann")
        for email in ["ann@example.org", "other@example.org"] {
            var submission = application(email)
            submission[.username] = .string("ANN")
            #expect(try await scene.perform(.signUp, submission).refusal == Refusal(.usernameTaken))
        }
    }

    @Test("An answer that only a real account could have is not pretended")
    func impossible() async throws {
        let changes: [(inout Terms) -> Void] = [
            { $0.accounts.signUpSignsIn = true },
            { terms in
                terms.apiKeys = APIKeyTerms()
                terms.apiKeys?.issueOnSignUp = true
            },
        ]
        for change in changes {
            let scene = try scene(.uuid, change)
            _ = try granted(await scene.perform(.signUp, application("ann@example.org")))
            #expect(
                try await scene.perform(.signUp, application("ann@example.org")).refusal == Refusal(.emailTaken))
        }
    }

    @Test("Nobody's mailbox is flooded so, and the answer stays the same")
    func flood() async throws {
        var limits = ThrottleLimits.off
        limits.mailbox = Limit(burst: 3, every: 120_000_000)
        let scene = try scene(.uuid, limits: limits)
        _ = try granted(await scene.perform(.signUp, application("ann@example.org")))
        for _ in 0..<5 { _ = try granted(await scene.perform(.signUp, application("ann@example.org"))) }
        let mails = try await scene.realm.store.read { try $0.mails(limit: 99) }
        #expect(mails.count { $0.kind == .signUpAttempt } == 3)
    }

    @Test("Whatever call to the store fails, nothing half-done stays of a sign-up that is pretended")
    func faults() async throws {
        let scene = try scene(.integer)
        _ = try granted(await scene.perform(.signUp, application("ann@example.org")))
        let faults = try await scene.faults { engine in
            _ = try await engine.perform(.signUp, application("ann@example.org"), TestRealm.caller())
        }
        #expect(faults > 3)
    }
}
