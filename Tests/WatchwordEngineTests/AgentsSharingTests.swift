import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Agents: renaming and sharing them")
struct AgentsSharingTests {
    private struct Scene {
        let stage: Stage
        let ann: (account: Account, caller: Caller, access: Secret)
        let bob: (account: Account, caller: Caller, access: Secret)
        let agent: Agent

        init(limits: ThrottleLimits = .off, _ change: (inout Terms) -> Void = { _ in }) async throws {
            stage = try Stage(limits: limits, change)
            ann = try await stage.enrol()
            bob = try await stage.enrol("bob@example.com")
            let outcome = try await stage.perform(.registerAgent, [.name: .string("build")], ann.caller)
            agent = try #require(outcome.output?.agent)
        }

        func perform(
            _ operation: Operation, _ inputs: [InputName: Value] = [:], _ caller: Caller
        ) async throws -> Outcome<Grant> {
            var inputs = inputs
            if operation != .listAgents { inputs[.id] = inputs[.id] ?? .string(agent.id.text) }
            return try await stage.perform(operation, inputs, caller)
        }

        func seenByBob() async throws -> [Agent] {
            try #require(try await perform(.listAgents, [:], bob.caller).output).agents
        }
    }

    @Test("the owner renames it, and that is on record")
    func rename() async throws {
        let scene = try await Scene()
        let outcome = try await scene.perform(.updateAgent, [.name: .string("renamed")], scene.ann.caller)
        #expect(outcome.output?.agent?.name == "renamed" && outcome.output?.user?.id == scene.ann.account.id)
        #expect(try await scene.perform(.getAgent, [:], scene.ann.caller).output?.agent?.name == "renamed")
        #expect(try await scene.stage.events(.agentUpdate).map(\.detail) == ["agent \(scene.agent.id)"])
        for name in ["", "a\u{0}", String(repeating: "a", count: 256)] {
            let outcome = try await scene.perform(.updateAgent, [.name: .string(name)], scene.ann.caller)
            #expect(outcome.refusal?.code == .validation)
        }
    }

    @Test("shared, it is seen by the other account and nothing more; removing, renaming and sharing are the owner's")
    func share() async throws {
        let scene = try await Scene()
        #expect(try await scene.perform(.getAgent, [:], scene.bob.caller).refusal?.code == .notFound)
        let inputs: [InputName: Value] = [.email: .string("bob@example.com")]
        let outcome = try await scene.perform(.shareAgent, inputs, scene.ann.caller)
        #expect(outcome.output?.agent?.isShared == false && outcome.output?.user?.id == scene.ann.account.id)
        #expect(try await scene.seenByBob().map(\.isShared) == [true])
        #expect(try await scene.perform(.getAgent, [:], scene.bob.caller).output?.agent?.isShared == true)
        for (operation, inputs) in [
            (Operation.updateAgent, [InputName.name: Value.string("bob's")]), (.removeAgent, [:]),
            (.shareAgent, [.email: .string("bob@example.com")]), (.unshareAgent, [.email: .string("bob@example.com")]),
            (.registerAgent, [.name: .string("bob's")]),
        ] {
            #expect(try await scene.perform(operation, inputs, scene.bob.caller).refusal?.code == .notFound)
        }
        #expect(try await scene.seenByBob().map(\.name) == ["build"])
        #expect(
            try await scene.stage.events(.agentShare).map(\.detail) == [
                "agent \(scene.agent.id), account \(scene.bob.account.id)"
            ])
    }

    @Test("sharing it twice, or with its owner, changes nothing")
    func twice() async throws {
        let scene = try await Scene()
        for email in ["bob@example.com", "bob@example.com", "ann@example.com"] {
            let outcome = try await scene.perform(.shareAgent, [.identity: .string(email)], scene.ann.caller)
            #expect(outcome.output != nil)
        }
        #expect(try await scene.stage.events(.agentShare).count == 1)
        let own = try await scene.perform(.listAgents, [:], scene.ann.caller).output?.agents
        #expect(own?.map(\.isShared) == [false])
    }

    @Test("unshared, it is seen no more; and where it was not shared there is nothing to end, known or not")
    func unshare() async throws {
        let scene = try await Scene()
        let bob: [InputName: Value] = [.uid: .string(scene.bob.account.id.text)]
        _ = try granted(await scene.perform(.shareAgent, bob, scene.ann.caller))
        #expect(try await scene.seenByBob().count == 1)
        _ = try granted(await scene.perform(.unshareAgent, bob, scene.ann.caller))
        #expect(try await scene.seenByBob().isEmpty)
        for email in ["bob@example.com", "nobody@example.com"] {
            let outcome = try await scene.perform(.unshareAgent, [.email: .string(email)], scene.ann.caller)
            #expect(outcome == .refused(.notFound))
        }
        let changes = try await scene.stage.realm.store.read { try $0.changes(after: 0).map(\.change) }
        #expect(changes.filter { $0 == .agent(scene.agent.id) }.count == 1)
    }

    @Test("an unknown account is told, except where nobody is told which addresses have accounts")
    func unknown() async throws {
        for hides in [false, true] {
            let scene = try await Scene { terms in
                terms.accounts.hidesTaken = hides
            }
            let inputs: [InputName: Value] = [.email: .string("nobody@example.com")]
            let outcome = try await scene.perform(.shareAgent, inputs, scene.ann.caller)
            #expect(outcome.refusal?.code == (hides ? nil : .notFound))
            #expect(try await scene.stage.events(.agentShare).isEmpty)
        }
    }

    @Test("a disabled account gets nothing shared")
    func disabled() async throws {
        let scene = try await Scene()
        _ = try granted(
            await Administration(scene.stage.engine).disable(AccountReference(scene.bob.account.id)))
        let outcome = try await scene.perform(
            .shareAgent, [.email: .string("bob@example.com")], scene.ann.caller)
        #expect(outcome.refusal?.code == .notFound)
    }

    @Test("which names there are cannot be tried faster than elsewhere")
    func throttled() async throws {
        var limits = ThrottleLimits.off
        limits.address = Limit(burst: 9, every: 1_000_000)
        let scene = try await Scene(limits: limits)
        var codes: Set<RefusalCode?> = []
        for number in 0..<12 {
            let inputs: [InputName: Value] = [.email: .string("n\(number)@example.com")]
            codes.insert(try await scene.perform(.shareAgent, inputs, scene.ann.caller).refusal?.code)
        }
        #expect(codes == [.notFound, .rateLimited])
    }

    @Test("its owner sees with whom it is shared, by what they are known by; nobody else does")
    func sharers() async throws {
        let scene = try await Scene { $0.accounts.login = [.email, .username] }
        let engine = scene.stage.engine
        let carol: [InputName: Value] = [
            .email: .string("carol@example.com"), .username: .string("carol"), .name: .string("Carol"),
            .password: .string(Stage.password),
        ]
        _ = try granted(await scene.stage.perform(.signUp, carol))
        #expect(try granted(await engine.accounts(sharingAgent: scene.agent.id, scene.ann.caller)).isEmpty)
        for name in ["bob@example.com", "carol"] {
            _ = try granted(await scene.perform(.shareAgent, [.identity: .string(name)], scene.ann.caller))
        }
        let sharers = try granted(await engine.accounts(sharingAgent: scene.agent.id, scene.ann.caller))
        #expect(sharers.map(\.email) == ["bob@example.com", nil])
        #expect(sharers.map(\.username) == [nil, "carol"])
        #expect(sharers.allSatisfy { $0.name == nil && $0.fields.isEmpty })
        // Each can be named by the id that is shown.
        let ids: [InputName: Value] = [.uid: .string(sharers[0].id.text)]
        for (id, caller) in [
            (scene.agent.id, scene.bob.caller), (Agent.ID("unknown"), scene.ann.caller),
        ] {
            #expect(try await engine.accounts(sharingAgent: id, caller) == .refused(.notFound))
        }
        _ = try granted(await scene.perform(.unshareAgent, ids, scene.ann.caller))
        #expect(try await engine.accounts(sharingAgent: scene.agent.id, scene.ann.caller).output?.count == 1)
        #expect(
            try await engine.accounts(sharingAgent: scene.agent.id, TestRealm.caller()) == .refused(.missingToken))
        _ = try granted(await scene.stage.perform(.signOut, [:], scene.ann.caller))
        #expect(
            try await engine.accounts(sharingAgent: scene.agent.id, scene.ann.caller) == .refused(.revokedToken))
    }

    @Test("an ended session changes nothing")
    func ended() async throws {
        let scene = try await Scene()
        _ = try granted(await scene.stage.perform(.signOut, [:], scene.ann.caller))
        let inputs: [InputName: Value] = [.email: .string("bob@example.com"), .name: .string("x")]
        for operation in [Operation.shareAgent, .unshareAgent, .updateAgent] {
            #expect(try await scene.perform(operation, inputs, scene.ann.caller).refusal?.code == .revokedToken)
        }
        #expect(try await scene.seenByBob().isEmpty)
    }
}
