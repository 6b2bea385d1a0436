import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Agents: registering and listing them")
struct AgentsTests {
    private func register(_ stage: Stage, _ inputs: [InputName: Value], _ caller: Caller) async throws -> Outcome<Grant>
    {
        try await stage.perform(.registerAgent, inputs, caller)
    }

    @Test("An agent is its account's, under an id nobody chose, and that is on record")
    func register() async throws {
        let stage = try Stage { $0.accounts.idFormat = .objectID }
        let (account, caller, _) = try await stage.enrol()
        let agent = try #require(try await register(stage, [.name: .string("build server")], caller).output?.agent)
        #expect(agent.accountID == account.id)
        #expect(agent.name == "build server")
        #expect(agent.createdAt == stage.realm.clock.now())
        #expect(agent.id.text.utf8.count == 24)
        let event = try #require(try await stage.events(.agentRegister).first)
        #expect(event.accountID == account.id && event.detail == "agent \(agent.id)")
    }

    @Test("An agent that comes back with its id is the same agent, under its present name")
    func again() async throws {
        let stage = try Stage()
        let (_, caller, _) = try await stage.enrol()
        let first = try #require(try await register(stage, [.name: .string("old")], caller).output?.agent)
        stage.realm.clock.advance(by: .hours(1))
        let inputs: [InputName: Value] = [.name: .string("new"), .id: .string(first.id.text)]
        let second = try #require(try await register(stage, inputs, caller).output?.agent)
        #expect(second.id == first.id)
        #expect(second.createdAt == first.createdAt)
        let listed = try #require(try await stage.perform(.listAgents, [:], caller).output)
        #expect(listed.agents.map(\.name) == ["new"])
    }

    @Test("Another's id and an unknown id are refused alike, and change nothing")
    func foreign() async throws {
        let stage = try Stage()
        let (_, ann, _) = try await stage.enrol()
        let (_, bob, _) = try await stage.enrol("bob@example.com")
        let agent = try #require(try await register(stage, [.name: .string("bob's")], bob).output?.agent)
        for id in [agent.id.text, "unknown"] {
            let outcome = try await register(stage, [.name: .string("ann's"), .id: .string(id)], ann)
            #expect(outcome == .refused(.notFound))
        }
        #expect(try await stage.perform(.listAgents, [:], ann).output?.paging?.total == 0)
        #expect(try await stage.perform(.listAgents, [:], bob).output?.agents.map(\.name) == ["bob's"])
    }

    @Test("The list is the caller's, in order of creation and in pages")
    func pages() async throws {
        let stage = try Stage()
        let (_, ann, _) = try await stage.enrol()
        let (_, bob, _) = try await stage.enrol("bob@example.com")
        for number in 0..<4 {
            _ = try await register(stage, [.name: .string("a\(number)")], ann)
            _ = try await register(stage, [.name: .string("b\(number)")], bob)
        }
        #expect(try await stage.perform(.listAgents, [:], ann).output?.agents.map(\.name) == ["a0", "a1", "a2", "a3"])
        let page = try await stage.perform(.listAgents, [.limit: .int(2), .offset: .int(1)], bob).output
        #expect(page?.agents.map(\.name) == ["b1", "b2"])
        #expect(page?.paging?.total == 4)
        for (name, value) in [(InputName.limit, Value.int(0)), (.limit, .int(1_001)), (.offset, .int(-1))] {
            #expect(try await stage.perform(.listAgents, [name: value], ann).refusal?.code == .validation)
        }
    }

    @Test(
        "A name has 1 to 255 characters and no control character",
        arguments: [
            (Value.null, InputRule?.some(.required)), (.string(""), .required), (.string("a\u{1B}[2J"), .characters),
            (.string("a\u{0}"), .characters), (.string(String(repeating: "é", count: 256)), .max), (.bool(true), .type),
            (.string("x"), nil), (.string(String(repeating: "é", count: 255)), nil), (.string("Büro \u{1F5A5}"), nil),
        ])
    func names(_ name: Value, _ rule: InputRule?) async throws {
        let stage = try Stage()
        let (_, caller, _) = try await stage.enrol()
        let outcome = try await register(stage, [.name: name], caller)
        #expect(outcome.refusal?.problems.map(\.rule) == rule.map { [$0] })
        #expect(try await stage.perform(.listAgents, [:], caller).output?.paging?.total == (rule == nil ? 1 : 0))
    }

    @Test("Without a principal, or with one that ended meanwhile, nothing is registered")
    func standing() async throws {
        let stage = try Stage()
        let (account, caller, _) = try await stage.enrol()
        #expect(try await stage.perform(.registerAgent, [.name: .string("x")]) == .refused(.missingToken))
        #expect(try await stage.perform(.listAgents, [:]) == .refused(.missingToken))
        _ = try await Administration(stage.engine).disable(AccountReference(account.id))
        #expect(try await register(stage, [.name: .string("x")], caller) == .refused(.revokedToken))
        #expect(try await stage.realm.store.read { try $0.agentCount(of: account.id) } == 0)
    }

    @Test("A key registers agents for its owner")
    func byKey() async throws {
        let stage = try Stage { terms in
            terms.apiKeys = APIKeyTerms()
            terms.apiKeys?.shown = .always
        }
        let (account, caller, _) = try await stage.enrol()
        let secret = try #require(try await stage.perform(.createAPIKey, [:], caller).output?.apiKey?.secret)
        let principal = try #require(try await stage.authenticate(secret, as: .apiKey).output)
        let machine = TestRealm.caller("192.0.2.8", principal: principal)
        let agent = try await register(stage, [.name: .string("machine")], machine).output?.agent
        #expect(agent?.accountID == account.id)
    }
}
