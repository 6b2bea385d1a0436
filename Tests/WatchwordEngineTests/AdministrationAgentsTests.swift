import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("The operator's verbs of agents")
struct AdministrationAgentsTests {
    private struct Scene {
        let stage: SocketStage
        let ann: (account: Account, caller: Caller, token: PresentedCredential)
        let bob: (account: Account, caller: Caller, token: PresentedCredential)
        let agents: [Agent]
        var administration: Administration { Administration(stage.engine) }

        init() async throws {
            stage = try SocketStage()
            ann = try await stage.enrol()
            bob = try await stage.enrol("bob@example.com")
            agents = [
                try await stage.agent("one", of: ann.caller), try await stage.agent("two", of: bob.caller),
                try await stage.agent("three", of: ann.caller),
            ]
        }

        func events(_ kind: AuditEvent.Kind) async throws -> [AuditEvent] { try await stage.stage.events(kind) }
    }

    @Test("all agents are listed, or those of one account, with who is online")
    func list() async throws {
        let scene = try await Scene()
        let key = try await scene.stage.key(of: scene.bob.caller, for: scene.agents[1].id).credential
        _ = try await scene.stage.opened(.agent, key)
        let all = try granted(await scene.administration.agents(of: nil))
        #expect(all.map(\.name) == ["one", "two", "three"] && all.map(\.online) == [false, true, false])
        let own = try granted(await scene.administration.agents(of: AccountReference("ann@example.com")))
        #expect(own.map(\.name) == ["one", "three"])
        #expect(try await scene.administration.agents(of: AccountReference("nobody")).refusal?.code == .notFound)
        #expect(try granted(await scene.administration.agent(scene.agents[1].id)).online)
        #expect(try await scene.administration.agent(ID("none")).refusal?.code == .notFound)
    }

    @Test("one is renamed by the same rules, and that is on record")
    func rename() async throws {
        let scene = try await Scene()
        let id = scene.agents[0].id
        #expect(try granted(await scene.administration.renameAgent(id, to: "renamed")).name == "renamed")
        #expect(try granted(await scene.administration.agent(id)).name == "renamed")
        #expect(try await scene.administration.renameAgent(id, to: "").refusal?.code == .validation)
        #expect(try await scene.administration.renameAgent(ID("none"), to: "x").refusal?.code == .notFound)
        let event = try #require(try await scene.events(.agentUpdate).first)
        #expect(event.address == "cli" && event.accountID == scene.ann.account.id)
    }

    @Test("one is removed with its keys")
    func remove() async throws {
        let scene = try await Scene()
        let id = scene.agents[0].id
        let key = try await scene.stage.key(of: scene.ann.caller, for: id).credential
        _ = try granted(await scene.stage.engine.authenticate([key], TestRealm.caller()))
        #expect(try granted(await scene.administration.removeAgent(id)).id == id)
        #expect(try await scene.administration.removeAgent(id).refusal?.code == .notFound)
        #expect(try await scene.stage.open(.agent, key).refusal?.code == .invalidToken)
        #expect(try await scene.events(.agentRemove).map(\.detail) == ["agent \(id), keys ended: 1"])
    }

    @Test("one is shared and unshared")
    func share() async throws {
        let scene = try await Scene()
        let (id, bob) = (scene.agents[0].id, AccountReference("bob@example.com"))
        for reference in [bob, bob, AccountReference("ann@example.com")] {
            #expect(try granted(await scene.administration.shareAgent(id, with: reference)).id == id)
        }
        #expect(try await scene.events(.agentShare).count == 1)
        let seen = try await scene.stage.perform(.listAgents, [:], scene.bob.caller).agents
        #expect(seen.map(\.name) == ["two", "one"])
        let guest = try await scene.stage.opened(.person, scene.bob.token, agent: id)
        _ = try granted(await scene.administration.unshareAgent(id, with: bob))
        try await scene.stage.tend()
        #expect(guest.connection.ended == .agentRemoved)
        #expect(try await scene.administration.unshareAgent(id, with: bob).refusal?.code == .notFound)
        let nobody = AccountReference("nobody@example.com")
        #expect(try await scene.administration.shareAgent(id, with: nobody).refusal?.code == .notFound)
        #expect(try await scene.administration.unshareAgent(id, with: nobody).refusal?.code == .notFound)
        #expect(try await scene.administration.shareAgent(ID("none"), with: bob).refusal?.code == .notFound)
        #expect(try await scene.events(.agentUnshare).count == 1)
    }
}
