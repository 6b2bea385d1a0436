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

@Suite("Agents: seeing and removing one")
struct AgentsRemovalTests {
    private func stage() throws -> Stage {
        try Stage { terms in
            terms.apiKeys = APIKeyTerms()
            terms.apiKeys?.boundToAgent = true
        }
    }

    private func agent(_ stage: Stage, _ caller: Caller, _ name: String = "web-1") async throws -> Agent {
        try #require(try granted(await stage.perform(.registerAgent, [.name: .string(name)], caller)).agent)
    }

    @Test("One's own agent is seen; one that is unknown and one that is another's are not found alike")
    func get() async throws {
        let stage = try stage()
        let caller = try await stage.enrol().caller
        let bob = try await stage.enrol("bob@example.com").caller
        let agent = try await agent(stage, caller)
        let grant = try granted(await stage.perform(.getAgent, [.id: .string(agent.id.text)], caller))
        #expect(grant.agent == agent && grant.user?.id == caller.principal?.account.id)
        for operation in [WatchwordCore.Operation.getAgent, .removeAgent] {
            for (id, caller) in [(agent.id.text, bob), ("none", caller)] {
                #expect(try await stage.perform(operation, [.id: .string(id)], caller) == .refused(.notFound))
            }
            let refusal = try await stage.perform(operation, [:], caller).refusal
            #expect(refusal?.problems == [InputProblem(.id, .required)])
        }
        #expect(try await stage.perform(.getAgent, [.id: .string(agent.id.text)], caller).output != nil)
    }

    @Test("An agent that is removed takes its keys along at once, and no other's")
    func remove() async throws {
        let stage = try stage()
        let caller = try await stage.enrol().caller
        let agents = [try await agent(stage, caller), try await agent(stage, caller, "web-2")]
        var keys: [IssuedAPIKey] = []
        for agent in agents {
            let inputs: [InputName: Value] = [.agentID: .string(agent.id.text)]
            keys.append(try #require(try granted(await stage.perform(.createAPIKey, inputs, caller)).apiKey))
        }
        for key in keys { _ = try granted(await stage.authenticate(try #require(key.secret), as: .apiKey)) }
        let id: [InputName: Value] = [.id: .string(agents[0].id.text)]
        #expect(try granted(await stage.perform(.removeAgent, id, caller)).agent == agents[0])
        #expect(try await stage.authenticate(try #require(keys[0].secret), as: .apiKey).output == nil)
        _ = try granted(await stage.authenticate(try #require(keys[1].secret), as: .apiKey))
        #expect(try await stage.perform(.removeAgent, id, caller) == .refused(.notFound))
        #expect(try granted(await stage.perform(.listAgents, [:], caller)).agents == [agents[1]])
        let changes = try await stage.realm.store.read { try $0.changes(after: 0).map(\.change) }
        #expect(changes.contains(.apiKey(keys[0].key.id)))
        #expect(try await stage.events(.agentRemove).map(\.detail) == ["agent \(agents[0].id), keys ended: 1"])
    }

    @Test("Whatever call to the store fails, an agent goes with its keys or stays with them")
    func faults() async throws {
        let stage = try stage()
        let caller = try await stage.enrol().caller
        let agent = try await agent(stage, caller)
        let id: [InputName: Value] = [.id: .string(agent.id.text)]
        let inputs: [InputName: Value] = [.agentID: .string(agent.id.text)]
        let key = try #require(try granted(await stage.perform(.createAPIKey, inputs, caller)).apiKey)
        for call in 1... {
            let engine = stage.engine.with(store: FaultingStore(stage.realm.store, failAt: call))
            do {
                _ = try await engine.perform(.removeAgent, Submission(id), caller)
                #expect(call > 5)
                break
            } catch is Fault {}
            let (kept, found) = try await stage.realm.store.read { (try $0.agent(agent.id), try $0.apiKey(key.key.id)) }
            #expect(kept == agent && found == key.key, "call \(call)")
        }
    }
}
