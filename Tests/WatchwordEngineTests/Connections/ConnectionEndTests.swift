import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("What ends sockets, and what does not")
struct ConnectionEndTests {
    /// An agent's socket by a bound key and its owner's to its terminal, in a realm with refresh tokens.
    private struct Scene {
        let stage: SocketStage
        let account: Account
        let caller: Caller
        let agent: Agent
        let key: APIKey
        let machine: (connection: ProbeConnection, record: ConnectionRecord)
        let person: (connection: ProbeConnection, record: ConnectionRecord)

        init(ttl: Int64? = nil) async throws {
            stage = try SocketStage { terms in
                terms.refresh = RefreshTokenTerms(format: .opaque(OpaqueFormat()), lifetime: .days(7), use: .rotate)
            }
            let token: PresentedCredential
            (account, caller, token) = try await stage.enrol()
            agent = try await stage.agent(of: caller)
            let credential: PresentedCredential
            (key, credential) = try await stage.key(of: caller, for: agent.id, ttl: ttl)
            machine = try await stage.opened(.agent, credential)
            person = try await stage.opened(.person, token, agent: agent.id)
        }

        /// What is ended after the keeper's round.
        func ends() async throws -> [ConnectionEnd?] {
            try await stage.tend()
            return [machine.connection.ended, person.connection.ended]
        }

        var administration: Administration { Administration(stage.engine) }
    }

    @Test("a revoked key ends what it opened, and nothing else, and it is offline at once")
    func keyRevoked() async throws {
        let scene = try await Scene()
        try await scene.stage.perform(.revokeAPIKey, [.id: .string(scene.key.id.text)], scene.caller)
        #expect(try await scene.ends() == [.keyEnded, nil])
        #expect(!scene.stage.connections.isOnline(scene.agent.id, in: scene.stage.engine.realm.id))
        #expect(scene.stage.connections.records().map(\.role) == [.person])
        #expect(try await scene.ends() == [.keyEnded, nil] && scene.machine.connection.endings == 1)
    }

    @Test("a key past its end ends what it opened, at that moment and not before")
    func keyExpired() async throws {
        let scene = try await Scene(ttl: 60)
        scene.stage.clock.advance(by: .seconds(59))
        #expect(try await scene.ends() == [nil, nil])
        scene.stage.clock.advance(by: .seconds(1))
        #expect(try await scene.ends() == [.keyEnded, nil])
    }

    @Test("a rotated key ends what it opened at the end of the overlap, or at once where there is none")
    func rotation() async throws {
        for overlap in [Int64(3_600), 0] {
            let scene = try await Scene()
            let inputs: [InputName: Value] = [.id: .string(scene.key.id.text), .overlap: .int(overlap)]
            try await scene.stage.perform(.rotateAPIKey, inputs, scene.caller)
            #expect(try await scene.ends() == [overlap > 0 ? nil : .keyEnded, nil])
            guard overlap > 0 else { continue }
            let end = scene.stage.clock.now() + .seconds(overlap)
            #expect(scene.stage.connections.records().first?.endsAt == end)
            scene.stage.clock.advance(by: .seconds(overlap - 1))
            #expect(try await scene.ends() == [nil, nil])
            scene.stage.clock.advance(by: .seconds(1))
            #expect(try await scene.ends() == [.keyEnded, nil])
        }
    }

    @Test("a session that is signed out ends its sockets, not those of another session")
    func signOut() async throws {
        let scene = try await Scene()
        let other = try granted(
            await scene.stage.engine.perform(
                .signIn,
                Submission([.email: .string("ann@example.com"), .password: .string(Stage.password)]),
                TestRealm.caller()))
        let token = PresentedCredential(kind: .access, text: try #require(other.access).text)
        let second = try await scene.stage.opened(.person, token)
        try await scene.stage.perform(.signOut, [:], scene.caller)
        #expect(try await scene.ends() == [nil, .sessionEnded])
        #expect(second.connection.ended == nil)
    }

    @Test("a session that is revoked, or loses its password, ends its sockets; agents stay")
    func sessionLost() async throws {
        let revoked = try await Scene()
        let id = try #require(revoked.caller.principal?.session?.id)
        _ = try await revoked.administration.revokeSession(id)
        #expect(try await revoked.ends() == [nil, .sessionEnded])
        let changed = try await Scene()
        let reference = AccountReference(changed.account.id)
        _ = try granted(await changed.administration.setPassword(Secret("another horse, staple"), of: reference))
        #expect(try await changed.ends() == [nil, .sessionEnded])
    }

    @Test("a session past its absolute end ends its sockets")
    func sessionExpired() async throws {
        let scene = try await Scene()
        let session = try #require(scene.caller.principal?.session)
        scene.stage.clock.set(session.expiresAt - .seconds(1))
        #expect(try await scene.ends() == [nil, nil])
        scene.stage.clock.set(session.expiresAt)
        #expect(try await scene.ends() == [nil, .sessionEnded])
    }

    @Test("a disabled and a deleted account end every socket of theirs")
    func accountClosed() async throws {
        let disabled = try await Scene()
        _ = try granted(await disabled.administration.disable(AccountReference(disabled.account.id)))
        #expect(try await disabled.ends() == [.accountClosed, .accountClosed])
        let deleted = try await Scene()
        _ = try granted(await deleted.administration.delete(AccountReference(deleted.account.id)))
        #expect(try await deleted.ends() == [.accountClosed, .accountClosed])
        #expect(deleted.stage.connections.count == 0)
    }

    @Test("an agent that is removed ends its socket and those to its terminal")
    func agentRemoved() async throws {
        for isOperator in [true, false] {
            let scene = try await Scene()
            if isOperator {
                _ = try granted(await scene.administration.removeAgent(scene.agent.id))
            } else {
                try await scene.stage.perform(.removeAgent, [.id: .string(scene.agent.id.text)], scene.caller)
            }
            #expect(try await scene.ends() == [.agentRemoved, .agentRemoved])
        }
    }

    @Test("an agent that is unshared ends the sockets of who it was shared with, and no others")
    func unshared() async throws {
        for isOperator in [true, false] {
            let scene = try await Scene()
            let inputs: [InputName: Value] = [.id: .string(scene.agent.id.text), .email: .string("bob@example.com")]
            let bob = try await scene.stage.enrol("bob@example.com")
            try await scene.stage.perform(.shareAgent, inputs, scene.caller)
            let guest = try await scene.stage.opened(.person, bob.token, agent: scene.agent.id)
            let elsewhere = try await scene.stage.opened(.person, bob.token)
            if isOperator {
                _ = try granted(
                    await scene.administration.unshareAgent(scene.agent.id, with: AccountReference(bob.account.id)))
            } else {
                try await scene.stage.perform(.unshareAgent, inputs, scene.caller)
            }
            #expect(try await scene.ends() == [nil, nil])
            #expect(guest.connection.ended == .agentRemoved && elsewhere.connection.ended == nil)
        }
    }

    @Test("refreshing, editing the account, sharing and renaming end nothing")
    func benign() async throws {
        let scene = try await Scene()
        let signedIn = try granted(
            await scene.stage.engine.perform(
                .signIn,
                Submission([.email: .string("ann@example.com"), .password: .string(Stage.password)]),
                TestRealm.caller()))
        let token = PresentedCredential(kind: .access, text: try #require(signedIn.access).text)
        let second = try await scene.stage.opened(.person, token)
        let refresh = try #require(signedIn.refresh).text.revealed
        try await scene.stage.perform(.refresh, [.refreshToken: .string(refresh)], TestRealm.caller())
        _ = try await scene.stage.enrol("bob@example.com")
        let id = Value.string(scene.agent.id.text)
        try await scene.stage.perform(.shareAgent, [.id: id, .email: .string("bob@example.com")], scene.caller)
        try await scene.stage.perform(.updateAgent, [.id: id, .name: .string("renamed")], scene.caller)
        try await scene.stage.perform(.updateAccount, [.name: .string("Ann")], scene.caller)
        _ = try granted(await scene.administration.set([.usageCount(3)], of: AccountReference(scene.account.id)))
        #expect(try await scene.ends() == [nil, nil])
        #expect(second.connection.ended == nil && scene.stage.connections.count == 3)
    }

    @Test("what another process ends is ended when its changes are caught up with")
    func elsewhere() async throws {
        let scene = try await Scene()
        let last = try await scene.stage.stage.realm.store.read { try $0.lastChange() }
        let elsewhere = Administration(scene.stage.engine.with(memory: Memory()))
        _ = try granted(await elsewhere.revokeKey(scene.key.id))
        #expect(try await scene.ends() == [nil, nil])
        _ = try await scene.stage.engine.catchUp(from: last)
        #expect(try await scene.ends() == [.keyEnded, nil])
    }

    @Test("a newer connection of the same agent takes the place of the older")
    func replaced() async throws {
        let scene = try await Scene()
        let credential = try await scene.stage.key(of: scene.caller, for: scene.agent.id).credential
        let newer = try await scene.stage.opened(.agent, credential)
        #expect(scene.machine.connection.ended == .replaced && newer.connection.ended == nil)
        #expect(scene.person.connection.ended == nil)
        scene.stage.engine.disconnect(scene.machine.record, cause: .replaced)
        #expect(scene.stage.connections.isOnline(scene.agent.id, in: scene.stage.engine.realm.id))
        #expect(scene.stage.connections.records().map(\.number) == [2, 3])
    }

    @Test("one that is refused at the second look does not take the place of the good one")
    func notReplaced() async throws {
        var scene = try await Scene().stage
        let hooked = HookedStore(scene.stage.realm.store)
        scene.engine = scene.engine.with(store: hooked)
        let caller = try await scene.enrol("bob@example.com").caller
        let agent = try await scene.agent(of: caller)
        let good = try await scene.key(of: caller, for: agent.id)
        let bad = try await scene.key(of: caller, for: agent.id)
        let standing = try await scene.opened(.agent, good.credential)
        _ = try await scene.engine.authenticate([bad.credential], TestRealm.caller())
        let elsewhere = Administration(scene.engine.with(store: scene.stage.realm.store, memory: Memory()))
        hooked.beforeNextRead { _ = try await elsewhere.revokeKey(bad.key.id) }
        #expect(try await scene.open(.agent, bad.credential).refusal?.code == .revokedToken)
        #expect(standing.connection.ended == nil)
        #expect(scene.connections.isOnline(agent.id, in: scene.engine.realm.id))
    }

    @Test("the operator ends one by its number, once")
    func operatorEnds() async throws {
        let scene = try await Scene()
        #expect(scene.stage.connections.end(scene.person.record.number))
        #expect(!scene.stage.connections.end(scene.person.record.number) && !scene.stage.connections.end(99))
        #expect(scene.person.connection.ended == .operatorClosed && scene.machine.connection.ended == nil)
    }

    @Test("a change wakes the keeper; without sockets none does")
    func wakes() async throws {
        let scene = try await Scene()
        let stage = scene.stage
        try await stage.perform(.revokeAPIKey, [.id: .string(scene.key.id.text)], scene.caller)
        for await _ in stage.engine.memory.connectionWakes {
            try await stage.tend()
            break
        }
        #expect(scene.machine.connection.ended == .keyEnded)
        stage.engine.disconnect(scene.person.record)
        stage.engine.memory.apply([.account(scene.account.id)])
        #expect(stage.engine.memory.watch.take().isEmpty)
    }
}
