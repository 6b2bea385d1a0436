import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Notices: which are sent, how many, and what strangers can put into them")
struct NoticesBoundsTests {
    private func makeKey(_ stage: Stage, _ caller: Caller, _ name: String = "deploy") async throws {
        _ = try granted(await stage.perform(.createAPIKey, [.name: .string(name)], caller))
    }

    @Test("A realm sends those it is told to, and links in any case")
    func chosen() async throws {
        let stage = try Stage.ofNotices { terms in
            terms.verify = OneTimeTokenTerms(lifetime: .hours(24))
            terms.accounts.hidesTaken = true
        }
        var realm = stage.engine.realm
        realm.notices = [.keyRevoked]
        let engine = stage.engine.with(realm: realm)
        let (_, caller, _) = try await stage.enrol()
        func perform(_ operation: WatchwordCore.Operation, _ inputs: [InputName: Value]) async throws -> Grant {
            try granted(await engine.perform(operation, Submission(inputs), caller))
        }
        let key = try #require(try await perform(.createAPIKey, [.name: .string("deploy")]).apiKey?.key)
        _ = try await perform(.updateAccount, [.password: .string("another good password")])
        #expect(try await stage.notices().isEmpty)
        _ = try await perform(.revokeAPIKey, [.id: .string(key.id.text)])
        _ = try await perform(.requestReset, [.email: .string("ann@example.com")])
        _ = try await perform(.updateAccount, [.email: .string("ann@elsewhere.example")])
        #expect(try await stage.mails().map(\.kind).reversed() == [.verify, .keyRevoked, .reset, .verify])
        realm.terms.accounts.signUpSignsIn = false
        let again = Submission([.email: .string("ann@elsewhere.example"), .password: .string(Stage.password)])
        _ = try granted(await stage.engine.with(realm: realm).perform(.signUp, again, TestRealm.caller()))
        #expect(try await stage.mails().first?.kind == .signUpAttempt)
    }

    @Test("Beyond a mailbox's bound a notice is dropped and put on record; another kind has its own")
    func bound() async throws {
        var limits = ThrottleLimits.off
        limits.notice = ThrottleLimits().notice
        let stage = try Stage.ofNotices(limits: limits)
        let (account, caller, _) = try await stage.enrol()
        for _ in 1...12 { try await makeKey(stage, caller) }
        #expect(try await stage.notices([.keyCreated]).count == 10)
        let dropped = try await stage.events(.throttled)
        #expect(dropped.count == 2)
        for event in dropped {
            #expect(
                event.accountID == account.id && event.outcome == "rate_limited" && event.detail == "mail key_created")
        }
        _ = try granted(
            await stage.perform(.updateAccount, [.password: .string("another good password")], caller))
        #expect(try await stage.notices([.passwordChanged]).count == 1)
        // Another mailbox is another bucket; and in an hour there is room for one.
        let (_, bob, _) = try await stage.enrol("bob@example.com")
        try await makeKey(stage, bob)
        #expect(try await stage.notices([.keyCreated]).last?.to == "bob@example.com")
        stage.realm.clock.advance(by: .hours(1))
        let (_, ann, _) = try await signedIn(stage)
        for _ in 1...2 { try await makeKey(stage, ann) }
        #expect(try await stage.notices([.keyCreated]).count == 12)
    }

    private func signedIn(_ stage: Stage) async throws -> (Grant, Caller, Secret) {
        let grant = try granted(await stage.signIn("another good password"))
        let access = try #require(grant.access).text
        return (grant, try await stage.caller(access), access)
    }

    @Test(
        "An address that nobody has verified is told no text that could be a message",
        arguments: [
            "You have won: https://evil.example", "evil.example", "call +1 555", "a\u{2028}b", "<b>x</b>",
            String(repeating: "a", count: 41),
        ])
    func strangers(_ text: String) async throws {
        let stage = try Stage.ofNotices()
        let (account, caller, _) = try await stage.enrol()
        _ = try granted(
            await Administration(stage.engine).set([.name("evil.example")], of: AccountReference(account.id)))
        let name = text.replacing("\u{2028}", with: ".")
        try await makeKey(stage, Stage.caller(agent: text, principal: caller.principal), name)
        var facts = try await stage.notice().facts
        #expect(facts[.key] == nil && facts[.name] == nil && facts[.device] == nil)
        #expect(facts[.keyHint] != nil && facts[.at] != nil && facts[.address] != nil)
        // Its owner is told as it is.
        try await stage.verify(account.id)
        try await makeKey(stage, Stage.caller(agent: text, principal: caller.principal), name)
        facts = try #require(try await stage.notices().last).content.facts
        #expect(facts[.key] == name && facts[.name] == "evil.example" && facts[.device] == text)
    }

    @Test(
        "A plain name is told to anybody", arguments: ["deploy", "web-1", "Grüße_2", String(repeating: "a", count: 40)])
    func labels(_ name: String) async throws {
        let stage = try Stage.ofNotices()
        let (_, caller, _) = try await stage.enrol()
        try await makeKey(stage, caller, name)
        #expect(try await stage.notice().facts[.key] == name)
    }
}
