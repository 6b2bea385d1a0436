import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Opening sockets")
struct ConnectTests {
    @Test("an agent connects with a key that hangs on it, and is online at once, and on record")
    func agentByBoundKey() async throws {
        let stage = try SocketStage()
        let (account, caller, _) = try await stage.enrol()
        let agent = try await stage.agent(of: caller)
        let (key, credential) = try await stage.key(of: caller, for: agent.id)
        let opening = ConnectionOpening(role: .agent, route: "/agents/{id}", path: "/agents/7")
        let connection = ProbeConnection()
        let grant = try granted(
            await stage.engine.connect(opening, by: .presented([credential]), TestRealm.caller(), connection))
        let record = grant.record
        #expect(grant.grant.agent?.id == agent.id && grant.grant.agent?.online == true)
        #expect(grant.grant.user?.id == account.id && grant.grant.apiKey?.key.id == key.id)
        #expect(grant.grant.apiKey?.secret == nil)
        #expect(record.agentID == agent.id && record.proof == .apiKey(key.id) && record.role == .agent)
        #expect(record.route == "/agents/{id}" && record.client == "watchword-tests" && record.number == 1)
        #expect(record.expiresAt == nil && record.endsAt == nil && record.openedAt == stage.clock.now())
        #expect(try await stage.perform(.getAgent, [.id: .string(agent.id.text)], caller).agent?.online == true)
        #expect(try await stage.perform(.listAgents, [:], caller).agents.map(\.online) == [true])
        #expect(stage.connections.records().map(\.number) == [1] && connection.ended == nil)
        let event = try #require(try await stage.events(.agentConnect).first)
        #expect(event.accountID == account.id && event.detail == "agent \(agent.id), connection 1")
    }

    @Test("a key that hangs on an agent opens no other's socket")
    func boundKeyElsewhere() async throws {
        let stage = try SocketStage()
        let (_, caller, _) = try await stage.enrol()
        let (one, two) = (try await stage.agent(of: caller), try await stage.agent(of: caller))
        let credential = try await stage.key(of: caller, for: one.id).credential
        for role in ConnectionRecord.Role.allCases {
            #expect(try await stage.open(role, credential, agent: two.id).refusal?.code == .notFound)
        }
        #expect(try await stage.open(.agent, credential, agent: one.id).output != nil)
        #expect(stage.connections.count == 1)
    }

    @Test("a key of the account opens the socket of the account's own agents, and of nothing else alike")
    func accountKey() async throws {
        let stage = try SocketStage(bound: false)
        let (ann, bob) = (try await stage.enrol().caller, try await stage.enrol("bob@example.com").caller)
        let (own, foreign) = (try await stage.agent(of: ann), try await stage.agent(of: bob))
        try await stage.perform(
            .shareAgent, [.id: .string(foreign.id.text), .email: .string("ann@example.com")], bob)
        let credential = try await stage.key(of: ann).credential
        #expect(try await stage.open(.agent, credential, agent: own.id).output?.record.agentID == own.id)
        // Shared is to be seen and used, never to be.
        for id in [foreign.id, Agent.ID("unknown"), ID(String(repeating: "9", count: 4_000))] {
            #expect(try await stage.open(.agent, credential, agent: id).refusal?.code == .notFound)
        }
        #expect(try await stage.open(.agent, credential).refusal?.code == .forbidden)
        #expect(stage.connections.count == 1)
    }

    @Test("a person reaches own agents and shared ones; unknown and foreign ones are refused alike")
    func person() async throws {
        let stage = try SocketStage()
        let (ann, bob) = (try await stage.enrol(), try await stage.enrol("bob@example.com"))
        let agent = try await stage.agent(of: bob.caller)
        let session = try #require(ann.caller.principal?.session)
        #expect(try await stage.open(.person, ann.token, agent: agent.id).refusal?.code == .notFound)
        #expect(try await stage.open(.person, ann.token, agent: ID("unknown")).refusal?.code == .notFound)
        let inputs: [InputName: Value] = [.id: .string(agent.id.text), .email: .string("ann@example.com")]
        try await stage.perform(.shareAgent, inputs, bob.caller)
        let shared = try granted(await stage.open(.person, ann.token, agent: agent.id))
        #expect(shared.grant.agent?.isShared == true && shared.grant.session?.id == session.id)
        #expect(shared.record.proof == .session(session.id) && shared.record.endsAt == session.expiresAt)
        #expect(shared.record.expiresAt == ann.caller.principal?.expiresAt && shared.record.expiresAt != nil)
        let own = try granted(await stage.open(.person, bob.token, agent: agent.id))
        #expect(own.grant.agent?.isShared == false && own.grant.agent?.online == false)
        #expect(try await stage.open(.person, bob.token).output?.record.agentID == nil)
        #expect(try await stage.events(.connectionOpen).count == 3)
    }

    @Test("what is no good opens nothing, and leaves nothing behind")
    func noGood() async throws {
        let stage = try SocketStage { $0.access.lifetime = .minutes(5) }
        let (_, caller, token) = try await stage.enrol()
        let agent = try await stage.agent(of: caller)
        let key = try await stage.key(of: caller, for: agent.id)
        #expect(try await stage.open(.person, .presented([])).refusal?.code == .missingToken)
        let made = PresentedCredential(kind: .apiKey, text: Secret("ww_invented"))
        #expect(try await stage.open(.agent, made).refusal?.code == .invalidToken)
        var password = PresentedCredential(kind: .password, text: Secret(Stage.password))
        password.owner = .init(.email, "ann@example.com")
        #expect(try await stage.open(.person, password).refusal?.code == .wrongTokenType)
        try await stage.perform(.revokeAPIKey, [.id: .string(key.key.id.text)], caller)
        #expect(try await stage.open(.agent, key.credential).refusal?.code == .revokedToken)
        stage.clock.advance(by: .minutes(5))
        #expect(try await stage.open(.person, token).refusal?.code == .expiredToken)
        #expect(stage.connections.count == 0 && stage.connections.records().isEmpty)
        #expect(try await stage.events(.connectionOpen).isEmpty)
    }

    @Test(
        "what ends between authentication and registration is never missed",
        arguments: ["key", "account", "agent", "session"])
    func race(_ ended: String) async throws {
        var stage = try SocketStage()
        let hooked = HookedStore(stage.stage.realm.store)
        stage.engine = stage.engine.with(store: hooked)
        let (account, caller, token) = try await stage.enrol()
        let agent = try await stage.agent(of: caller)
        let key = try await stage.key(of: caller, for: agent.id)
        // Believed from memory, so that the next read is the second look.
        _ = try await stage.engine.authenticate([key.credential], TestRealm.caller())
        let (engine, realm) = (stage.stage.engine.with(memory: Memory()), stage.stage.realm)
        hooked.beforeNextRead {
            // As another process does it, of which this one has not heard yet.
            let administration = Administration(engine)
            switch ended {
            case "key": _ = try await administration.revokeKey(key.key.id)
            case "account": _ = try await administration.disable(AccountReference(account.id))
            case "agent": _ = try await administration.removeAgent(agent.id)
            default: _ = try await engine.perform(.signOut, Submission(), caller)
            }
            _ = realm
        }
        let connection = ProbeConnection()
        let outcome =
            ended == "session"
            ? try await stage.open(.person, token, agent: agent.id, connection)
            : try await stage.open(.agent, key.credential, connection)
        #expect(outcome.refusal?.code == (ended == "agent" ? .notFound : .revokedToken))
        #expect(stage.connections.count == 0 && connection.ended == nil)
        #expect(!stage.connections.isOnline(agent.id, in: stage.engine.realm.id))
    }

    @Test("a fault while opening leaves nothing behind")
    func fault() async throws {
        let stage = try SocketStage()
        let (_, caller, token) = try await stage.enrol()
        let agent = try await stage.agent(of: caller)
        for call in 1..<40 {
            var faulty = stage
            faulty.engine = stage.engine.with(store: FaultingStore(stage.stage.realm.store, failAt: call))
            do {
                let grant = try granted(await faulty.open(.person, token, agent: agent.id))
                #expect(call > 1 && stage.connections.count == 1)
                stage.engine.disconnect(grant.record)
                return
            } catch is Fault {
                #expect(stage.connections.count == 0)
            }
        }
        Issue.record("it never succeeds")
    }
}
