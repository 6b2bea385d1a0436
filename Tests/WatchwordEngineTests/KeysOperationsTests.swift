import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("API keys: making, listing and revoking them")
struct KeysOperationsTests {
    private func stage(
        bound: Bool = false, limits: ThrottleLimits = .off, ids: IDFormat = .uuid
    ) throws -> Stage {
        try Stage(limits: limits) { terms in
            var keys = APIKeyTerms()
            keys.prefix = "chatops_"
            keys.boundToAgent = bound
            terms.apiKeys = keys
            terms.accounts.idFormat = ids
        }
    }

    private func agent(_ stage: Stage, _ caller: Caller) async throws -> Agent {
        try #require(try await stage.perform(.registerAgent, [.name: .string("web-1")], caller).output?.agent)
    }

    @Test("A key opens its owner's account at once, and its secret is shown that once")
    func make() async throws {
        let stage = try stage()
        let (account, caller, _) = try await stage.enrol()
        let grant = try #require(
            try await stage.perform(.createAPIKey, [.name: .string("backup script")], caller).output)
        let issued = try #require(grant.apiKey)
        #expect(issued.key.name == "backup script")
        #expect(issued.key.createdAt == stage.realm.clock.now())
        let secret = try #require(issued.secret)
        let principal = try #require(try await stage.authenticate(secret, as: .apiKey).output)
        #expect(principal.account.id == account.id)
        #expect(principal.apiKey?.id == issued.key.id)
        let listed = try #require(try await stage.perform(.listAPIKeys, [:], caller).output)
        #expect(listed.apiKeys.map(\.id) == [issued.key.id])
        #expect(listed.paging?.total == 1)
        #expect(listed.apiKey == nil)
        let event = try #require(try await stage.events(.keyCreate).first)
        #expect(event.accountID == account.id && event.detail == "key \(issued.key.id)")
    }

    @Test("A key of an agent authenticates as its owner's account, with the agent")
    func ofAgent() async throws {
        let stage = try stage(bound: true)
        let (account, caller, _) = try await stage.enrol()
        let agent = try await agent(stage, caller)
        let inputs: [InputName: Value] = [.agentID: .string(agent.id.text)]
        let secret = try #require(try await stage.perform(.createAPIKey, inputs, caller).output?.apiKey?.secret)
        let principal = try #require(try await stage.authenticate(secret, as: .apiKey).output)
        #expect(principal.account.id == account.id)
        #expect(principal.apiKey?.agentID == agent.id)
    }

    @Test("Where keys hang on agents one must be named, and an unknown one looks like another's")
    func foreignAgent() async throws {
        let stage = try stage(bound: true)
        let (_, ann, _) = try await stage.enrol()
        let (_, bob, _) = try await stage.enrol("bob@example.com")
        let agent = try await agent(stage, bob)
        let missing = try await stage.perform(.createAPIKey, [.name: .string("k")], ann)
        #expect(missing.refusal?.problems == [InputProblem(.agentID, .required)])
        for id in [agent.id.text, "00000000-0000-4000-8000-000000000000"] {
            for operation in [Operation.createAPIKey, .listAPIKeys] {
                let outcome = try await stage.perform(operation, [.agentID: .string(id)], ann)
                #expect(outcome == .refused(.notFound))
            }
        }
        #expect(try await stage.realm.store.read { try $0.apiKeys(of: agent.accountID, agent: nil) }.isEmpty)
    }

    @Test("Where keys hang on accounts an agent may still be named, if it is the caller's")
    func optionalAgent() async throws {
        let stage = try stage()
        let (_, ann, _) = try await stage.enrol()
        let (_, bob, _) = try await stage.enrol("bob@example.com")
        let (mine, foreign) = (try await agent(stage, ann), try await agent(stage, bob))
        let foreigner = try await stage.perform(.createAPIKey, [.agentID: .string(foreign.id.text)], ann)
        #expect(foreigner == .refused(.notFound))
        _ = try await stage.perform(.createAPIKey, [:], ann)
        let inputs: [InputName: Value] = [.agentID: .string(mine.id.text)]
        let key = try #require(try await stage.perform(.createAPIKey, inputs, ann).output?.apiKey).key
        #expect(key.agentID == mine.id)
        let listed = try await stage.perform(.listAPIKeys, [.agentID: .string(mine.id.text)], ann).output
        #expect(listed?.apiKeys.map(\.id) == [key.id])
        #expect(try await stage.perform(.listAPIKeys, [:], ann).output?.paging?.total == 2)
    }

    @Test("A revoked key opens nothing from that moment, remembered or not, and is listed no more")
    func revoke() async throws {
        let stage = try stage()
        let (_, caller, _) = try await stage.enrol()
        let issued = try #require(try await stage.perform(.createAPIKey, [:], caller).output?.apiKey)
        let secret = try #require(issued.secret)
        #expect(try await stage.authenticate(secret, as: .apiKey).output != nil)
        let id: [InputName: Value] = [.id: .string(issued.key.id.text)]
        #expect(try await stage.perform(.revokeAPIKey, id, caller).output != nil)
        #expect(try await stage.authenticate(secret, as: .apiKey).refusal?.code == .revokedToken)
        #expect(try await stage.perform(.listAPIKeys, [:], caller).output?.paging?.total == 0)
        #expect(try await stage.perform(.revokeAPIKey, id, caller) == .refused(.notFound))
        #expect(try await stage.events(.keyRevoke).map(\.detail) == ["key \(issued.key.id)"])
        let changes = try await stage.realm.store.read { try $0.changes(after: 0) }
        #expect(changes.map(\.change) == [.apiKey(issued.key.id)])
    }

    @Test("Nobody lists or revokes another's keys, or learns that there are any")
    func foreign() async throws {
        let stage = try stage()
        let (_, ann, _) = try await stage.enrol()
        let (_, bob, _) = try await stage.enrol("bob@example.com")
        let issued = try #require(try await stage.perform(.createAPIKey, [:], bob).output?.apiKey)
        let secret = try #require(issued.secret)
        #expect(try await stage.perform(.listAPIKeys, [:], ann).output?.paging?.total == 0)
        for id in [issued.key.id.text, "unknown"] {
            #expect(try await stage.perform(.revokeAPIKey, [.id: .string(id)], ann) == .refused(.notFound))
        }
        #expect(try await stage.authenticate(secret, as: .apiKey).output != nil)
    }

    @Test("Ids that count may be sent as numbers or as their digits; other texts are nobody's")
    func integers() async throws {
        let stage = try stage(ids: .integer)
        let (_, caller, _) = try await stage.enrol()
        for id in [Value.int(1), .string("2")] {
            _ = try await stage.perform(.createAPIKey, [:], caller)
            #expect(try await stage.perform(.revokeAPIKey, [.id: id], caller).output != nil)
        }
        for text in ["abc", "-1", "99999999999999999999999", "1 OR 1=1"] {
            #expect(try await stage.perform(.revokeAPIKey, [.id: .string(text)], caller) == .refused(.notFound))
        }
    }

    @Test("The list comes in pages, oldest first, with how many there are in all")
    func pages() async throws {
        let stage = try stage()
        let (_, caller, _) = try await stage.enrol()
        for number in 0..<5 { _ = try await stage.perform(.createAPIKey, [.name: .string("k\(number)")], caller) }
        let page = try await stage.perform(.listAPIKeys, [.limit: .int(2), .offset: .string("3")], caller).output
        #expect(page?.apiKeys.map(\.name) == ["k3", "k4"])
        #expect(page?.paging?.total == 5)
        #expect(try await stage.perform(.listAPIKeys, [.offset: .int(9)], caller).output?.apiKeys.isEmpty == true)
        let cases: [(InputName, Value, InputRule)] = [
            (.limit, .int(0), .min), (.limit, .int(1_001), .max), (.offset, .int(-1), .min),
            (.limit, .string("x"), .type), (.offset, .int(.max), .max), (.agentID, .array([]), .type),
        ]
        for (name, value, rule) in cases {
            let refusal = try await stage.perform(.listAPIKeys, [name: value], caller).refusal
            #expect(refusal?.code == .validation)
            #expect(refusal?.problems.map(\.rule) == [rule])
        }
    }

    @Test("Names are bounded and hold no control characters")
    func names() async throws {
        let stage = try stage()
        let (_, caller, _) = try await stage.enrol()
        let cases: [(Value, InputRule)] = [
            (.string("a\nb"), .characters), (.string("\u{0}"), .characters), (.int(1), .type),
            (.string(String(repeating: "x", count: 256)), .max),
        ]
        for (value, rule) in cases {
            let refusal = try await stage.perform(.createAPIKey, [.name: value], caller).refusal
            #expect(refusal?.problems.map(\.rule) == [rule])
        }
        #expect(try await stage.perform(.listAPIKeys, [:], caller).output?.paging?.total == 0)
    }

    @Test("Without a principal, or with one whose session has ended meanwhile, nothing is done")
    func standing() async throws {
        let stage = try stage()
        let (account, caller, _) = try await stage.enrol()
        let issued = try #require(try await stage.perform(.createAPIKey, [:], caller).output?.apiKey)
        let inputs: [InputName: Value] = [.id: .string(issued.key.id.text)]
        for operation in [Operation.createAPIKey, .listAPIKeys, .revokeAPIKey] {
            #expect(try await stage.perform(operation, inputs) == .refused(.missingToken))
        }
        // A caller who was let in a moment before the session ended.
        _ = try await Administration(stage.engine).revokeSessions(of: AccountReference(account.id))
        for operation in [Operation.createAPIKey, .revokeAPIKey] {
            #expect(try await stage.perform(operation, inputs, caller) == .refused(.revokedToken))
        }
        let keys = try await stage.realm.store.read { try $0.apiKeys(of: account.id, agent: nil) }
        #expect(keys.map(\.id) == [issued.key.id])
    }

    @Test("One address can make only so many")
    func throttled() async throws {
        var limits = ThrottleLimits.off
        limits.address = Limit(burst: 3, every: 1_000_000)
        let stage = try stage(limits: limits)
        let (_, caller, _) = try await stage.enrol()
        for _ in 0..<2 { #expect(try await stage.perform(.createAPIKey, [:], caller).output != nil) }
        #expect(try await stage.perform(.createAPIKey, [:], caller).refusal?.code == .rateLimited)
    }

    @Test("A realm without API keys makes none")
    func none() async throws {
        let stage = try Stage()
        let (_, caller, _) = try await stage.enrol()
        #expect(try await stage.perform(.createAPIKey, [:], caller) == .refused(.notFound))
    }

    @Test("A fault anywhere leaves no key behind and ends none")
    func faults() async throws {
        let stage = try stage()
        let (account, caller, _) = try await stage.enrol()
        let issued = try #require(try await stage.perform(.createAPIKey, [:], caller).output?.apiKey)
        let inputs: [InputName: Value] = [.id: .string(issued.key.id.text)]
        for operation in [Operation.createAPIKey, .revokeAPIKey] {
            for call in 1...4 {
                let engine = stage.engine.with(store: FaultingStore(stage.realm.store, failAt: call))
                await #expect(throws: Fault.self) {
                    try await engine.perform(operation, Submission(inputs), caller)
                }
                let keys = try await stage.realm.store.read { try $0.apiKeys(of: account.id, agent: nil) }
                #expect(keys.map(\.id) == [issued.key.id], "\(operation), fault at call \(call)")
            }
        }
        #expect(try await stage.realm.store.read { try $0.changes(after: 0) }.isEmpty)
    }
}
