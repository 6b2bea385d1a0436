import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Notices: what people are told of their accounts")
struct NoticesTests {
    private static let better = "another good password"

    private func change(_ stage: Stage, _ caller: Caller, to password: String = better) async throws -> Grant {
        let inputs: [InputName: Value] = [
            .currentPassword: .string(Stage.password), .password: .string(password),
        ]
        return try granted(await stage.perform(.changePassword, inputs, caller))
    }

    @Test("Signing up tells nobody anything that is no link")
    func signUp() async throws {
        let stage = try Stage.ofNotices { $0.verify = OneTimeTokenTerms(lifetime: .hours(24)) }
        _ = try await stage.enrol()
        #expect(try await stage.mails().map(\.kind) == [.verify])
    }

    @Test("A changed password is told with its time and address, and the passwords are not")
    func passwordChange() async throws {
        let stage = try Stage.ofNotices()
        let (account, caller, _) = try await stage.enrol("Ann@Example.com")
        let person = Stage.caller("198.51.100.7", principal: caller.principal)
        _ = try await change(stage, person)
        let mail = try #require(try await stage.mails().first)
        #expect(mail.kind == .passwordChanged && mail.recipient == "Ann@Example.com" && mail.accountID == account.id)
        let notice = try await stage.notice()
        #expect(
            notice.facts == [
                .account: "Ann@Example.com", .at: CivilTime(stage.realm.clock.now()).text(), .address: "198.51.100.7",
                .device: "Firefox on Linux",
            ])
        #expect(notice.link == nil)
        let text = String(decoding: notice.encoded, as: UTF8.self)
        #expect(!text.contains(Stage.password) && !text.contains(Self.better))
    }

    @Test("A change that is refused tells nothing")
    func refused() async throws {
        let stage = try Stage.ofNotices()
        let (_, caller, _) = try await stage.enrol()
        let wrong: [InputName: Value] = [.currentPassword: .string("a wrong one"), .password: .string(Self.better)]
        #expect(try await stage.perform(.changePassword, wrong, caller) == .refused(.wrongPassword))
        #expect(try await stage.perform(.revokeAPIKey, [.id: .string("none")], caller) == .refused(.notFound))
        #expect(try await stage.mails().isEmpty)
    }

    @Test("A password that a change of the account sets is told once")
    func update() async throws {
        let stage = try Stage.ofNotices()
        let (_, caller, _) = try await stage.enrol()
        _ = try granted(await stage.perform(.updateAccount, [.password: .string(Self.better)], caller))
        #expect(try await stage.notice().kind == .passwordChanged)
    }

    @Test("A reset is told beside its link, from where it was done")
    func reset() async throws {
        let stage = try Stage.ofNotices()
        _ = try await stage.enrol()
        let token = try await stage.requestReset()
        #expect(try await stage.notices().isEmpty)
        let inputs = Submission([.token: .string(token), .password: .string(Self.better)])
        _ = try granted(await stage.engine.perform(.resetPassword, inputs, Stage.caller("203.0.113.5")))
        let notice = try await stage.notice()
        #expect(notice.kind == .passwordChanged && notice.facts[.address] == "203.0.113.5")
        #expect(!notice.facts.values.contains { $0.contains(token) })
    }

    @Test("An API key's making, rotation and end are told with its hint, and the key is not")
    func keys() async throws {
        let stage = try Stage.ofNotices()
        let (_, caller, _) = try await stage.enrol()
        let made = try #require(
            try await stage.perform(.createAPIKey, [.name: .string("backup script")], caller).output?.apiKey)
        let next = try #require(
            try await stage.perform(.rotateAPIKey, [.id: .string(made.key.id.text)], caller).output?.apiKey)
        _ = try granted(await stage.perform(.revokeAPIKey, [.id: .string(next.key.id.text)], caller))
        let notices = try await stage.notices().map(\.content)
        #expect(notices.map(\.kind) == [.keyCreated, .keyRotated, .keyRevoked])
        #expect(notices.map { $0.facts[.keyHint] } == [made.key.hint, next.key.hint, next.key.hint])
        for notice in notices {
            #expect(notice.facts[.key] == "backup script" && notice.facts[.agent] == nil)
            #expect(notice.facts[.address] == "192.0.2.1" && notice.facts[.at] != nil)
            let text = String(decoding: notice.encoded, as: UTF8.self)
            for secret in [made.secret, next.secret] {
                #expect(!text.contains(try #require(secret?.revealed.dropFirst(made.key.hint.count))))
            }
        }
    }

    @Test("A key of an agent is told with the agent's name")
    func agentKey() async throws {
        let stage = try Stage.ofNotices { $0.apiKeys?.boundToAgent = true }
        let (_, caller, _) = try await stage.enrol()
        let agent = try #require(
            try await stage.perform(.registerAgent, [.name: .string("web server")], caller).output?.agent)
        _ = try granted(await stage.perform(.createAPIKey, [.agentID: .string(agent.id.text)], caller))
        let facts = try await stage.notice().facts
        #expect(facts[.agent] == "web server" && facts[.key] == nil)
    }

    @Test("Another address is told to both, and the old one is not told which")
    func address() async throws {
        let stage = try Stage.ofNotices()
        let (_, caller, _) = try await stage.enrol()
        _ = try granted(await stage.perform(.updateAccount, [.email: .string("ann@elsewhere.example")], caller))
        let notices = try await stage.notices()
        #expect(notices.map(\.to) == ["ann@elsewhere.example", "ann@example.com"])
        #expect(notices.map(\.content.kind) == [.addressChanged, .addressChanged])
        #expect(notices[0].content.facts[.email] == "ann@elsewhere.example")
        #expect(notices[1].content.facts[.email] == nil)
        #expect(notices[1].content.facts[.account] == "ann@example.com")
        #expect(!notices[1].content.facts.values.contains { $0.contains("elsewhere") })
        #expect(notices.allSatisfy { $0.content.facts[.address] == "192.0.2.1" })
        // Written otherwise, it is the same one.
        _ = try granted(await stage.perform(.updateAccount, [.email: .string("Ann@Elsewhere.example")], caller))
        #expect(try await stage.notices().count == 2)
    }

    @Test("What an operator does is told without an address")
    func operators() async throws {
        let stage = try Stage.ofNotices()
        let (account, _, _) = try await stage.enrol()
        let administration = Administration(stage.engine)
        let ann = AccountReference(account.id)
        _ = try granted(await administration.setPassword(Secret(Self.better), of: ann))
        let key = try granted(await administration.createKey(of: ann, name: "by hand")).key
        let next = try granted(await administration.rotateKey(key.id)).key
        _ = try granted(await administration.revokeKey(next.id))
        _ = try granted(await administration.set([.email("ann@elsewhere.example")], of: ann))
        // What is not told:
        _ = try granted(await administration.set([.name("Ann")], of: ann))
        _ = try granted(await administration.disable(ann))
        let notices = try await stage.notices()
        #expect(
            notices.map(\.content.kind) == [
                .passwordChanged, .keyCreated, .keyRotated, .keyRevoked, .addressChanged, .addressChanged,
            ])
        #expect(notices.last?.to == "ann@example.com")
        for notice in notices {
            #expect(notice.content.facts[.address] == nil && notice.content.facts[.device] == nil)
            #expect(notice.content.facts[.at] == CivilTime(stage.realm.clock.now()).text())
        }
        #expect(notices[1].content.facts[.key] == "by hand")
    }

    @Test("An account without an address is told nothing, and everything is done")
    func withoutAddress() async throws {
        let stage = try Stage.ofNotices { terms in
            terms.accounts.required = [.username]
            terms.accounts.login = [.username]
        }
        let inputs: [InputName: Value] = [.username: .string("ann"), .password: .string(Stage.password)]
        let grant = try granted(await stage.perform(.signUp, inputs))
        let caller = try await stage.caller(try #require(grant.access).text)
        _ = try await change(stage, caller)
        #expect(try await stage.mails().isEmpty)
        #expect(try await stage.events(.passwordChange).count == 1)
    }
}
