import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("A new token in band")
struct ReauthenticateTests {
    private struct Scene {
        var stage: SocketStage
        let account: Account
        let caller: Caller
        let person: (connection: ProbeConnection, record: ConnectionRecord)

        init() async throws {
            stage = try SocketStage { $0.access.lifetime = .minutes(5) }
            let token: PresentedCredential
            (account, caller, token) = try await stage.enrol()
            person = try await stage.opened(.person, token)
        }

        /// Another session of the same account.
        func signIn() async throws -> (token: PresentedCredential, session: Session.ID) {
            let submission = Submission([.email: .string("ann@example.com"), .password: .string(Stage.password)])
            let grant = try granted(await stage.engine.perform(.signIn, submission, TestRealm.caller()))
            let token = PresentedCredential(kind: .access, text: try #require(grant.access).text)
            let principal = try granted(await stage.engine.authenticate([token], TestRealm.caller()))
            return (token, try #require(principal.session).id)
        }

        func again(
            _ credential: PresentedCredential, _ record: ConnectionRecord? = nil
        ) async throws -> Outcome<ConnectionRecord> {
            try await stage.engine.reauthenticate(record ?? person.record, by: [credential], TestRealm.caller())
        }

        var listed: ConnectionRecord? { stage.connections.records().first { $0.number == person.record.number } }
    }

    @Test("moves the socket to the new session and its token's end")
    func moves() async throws {
        let scene = try await Scene()
        scene.stage.clock.advance(by: .minutes(4))
        let (token, session) = try await scene.signIn()
        let record = try granted(await scene.again(token))
        #expect(record.proof == .session(session) && record.number == scene.person.record.number)
        #expect(record.expiresAt == scene.stage.clock.now() + .minutes(5))
        #expect(scene.listed?.proof == .session(session) && scene.listed?.expiresAt == record.expiresAt)
        // What it rested on before ends nothing; what it rests on now does.
        try await scene.stage.perform(.signOut, [:], scene.caller)
        try await scene.stage.tend()
        #expect(scene.person.connection.ended == nil)
        _ = try granted(await Administration(scene.stage.engine).revokeSession(session))
        try await scene.stage.tend()
        #expect(scene.person.connection.ended == .sessionEnded)
    }

    @Test("another account's token, a bad one and a password change nothing")
    func foreign() async throws {
        let scene = try await Scene()
        let bob = try await scene.stage.enrol("bob@example.com")
        var password = PresentedCredential(kind: .password, text: Secret(Stage.password))
        password.owner = .init(.email, "ann@example.com")
        let bad = PresentedCredential(kind: .access, text: Secret("bad"))
        #expect(try await scene.again(bob.token).refusal?.code == .invalidToken)
        #expect(try await scene.again(bad).refusal?.code == .invalidToken)
        #expect(try await scene.again(password).refusal?.code == .wrongTokenType)
        #expect(scene.listed?.proof == scene.person.record.proof)
        #expect(scene.listed?.expiresAt == scene.person.record.expiresAt)
    }

    @Test("an agent's socket takes a key of the agent or of the account, none of another agent")
    func agent() async throws {
        let scene = try await Scene()
        let (one, two) = (try await scene.stage.agent(of: scene.caller), try await scene.stage.agent(of: scene.caller))
        let first = try await scene.stage.key(of: scene.caller, for: one.id)
        let second = try await scene.stage.key(of: scene.caller, for: one.id, ttl: 60)
        let other = try await scene.stage.key(of: scene.caller, for: two.id)
        let machine = try await scene.stage.opened(.agent, first.credential)
        #expect(try await scene.again(other.credential, machine.record).refusal?.code == .invalidToken)
        let moved = try granted(await scene.again(second.credential, machine.record))
        #expect(moved.proof == .apiKey(second.key.id) && moved.endsAt == second.key.expiresAt)
        #expect(scene.stage.connections.isOnline(one.id, in: scene.stage.engine.realm.id))
        _ = try granted(await Administration(scene.stage.engine).revokeKey(first.key.id))
        try await scene.stage.tend()
        #expect(machine.connection.ended == nil)
        scene.stage.clock.advance(by: .seconds(60))
        try await scene.stage.tend()
        #expect(machine.connection.ended == .keyEnded)
    }

    @Test("a token that ends meanwhile is refused, and the socket rests on what it did, which is looked at again")
    func race() async throws {
        var scene = try await Scene()
        let hooked = HookedStore(scene.stage.stage.realm.store)
        let (token, session) = try await scene.signIn()
        let elsewhere = Administration(scene.stage.engine.with(memory: Memory()))
        let old = try #require(scene.caller.principal?.session?.id)
        scene.stage.engine = scene.stage.engine.with(store: hooked)
        hooked.beforeNextRead {
            _ = try await elsewhere.revokeSession(session)
            _ = try await elsewhere.revokeSession(old)
        }
        #expect(try await scene.again(token).refusal?.code == .revokedToken)
        #expect(scene.listed?.proof == scene.person.record.proof)
        // Heard from nobody but the attempt itself.
        try await scene.stage.tend()
        #expect(scene.person.connection.ended == .sessionEnded)
    }

    @Test("a keeper that looked before the move does not end what moved")
    func keeper() async throws {
        var scene = try await Scene()
        let hooked = HookedStore(scene.stage.stage.realm.store)
        let plain = scene.stage.engine
        let (token, session) = try await scene.signIn()
        let record = scene.person.record
        try await scene.stage.perform(.signOut, [:], scene.caller)
        scene.stage.engine = scene.stage.engine.with(store: hooked)
        hooked.beforeNextRead {
            _ = try await plain.reauthenticate(record, by: [token], TestRealm.caller())
        }
        try await scene.stage.tend()
        #expect(scene.person.connection.ended == nil && scene.listed?.proof == .session(session))
    }

    @Test("a socket that is over cannot be moved, and a fault moves nothing")
    func over() async throws {
        let scene = try await Scene()
        let (token, _) = try await scene.signIn()
        var faulty = scene
        faulty.stage.engine = scene.stage.engine.with(store: FaultingStore(scene.stage.stage.realm.store, failAt: 1))
        await #expect(throws: Fault.self) { _ = try await faulty.again(token) }
        #expect(scene.listed?.proof == scene.person.record.proof)
        scene.stage.engine.disconnect(scene.person.record)
        #expect(try await scene.again(token).refusal?.code == .revokedToken)
        #expect(scene.stage.connections.count == 0)
    }
}
