import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Tickets that open a socket")
struct SocketTicketTests {
    private static let path = "/api/terminal/7/ws"
    private static let origin = "https://app.example"

    private struct Scene {
        var stage: SocketStage
        let account: Account
        var caller: Caller

        init(origin: String? = SocketTicketTests.origin) async throws {
            stage = try SocketStage()
            (account, caller, _) = try await stage.enrol()
            caller.origin = origin
        }

        func ticket(_ path: String = SocketTicketTests.path) async throws -> IssuedToken {
            try #require(try await stage.perform(.createTicket, [.socket: .string(path)], caller).ticket)
        }

        func use(
            _ ticket: IssuedToken, path: String = SocketTicketTests.path, origin: String? = SocketTicketTests.origin
        ) async throws -> Outcome<ConnectionGrant> {
            try await stage.open(.person, .ticket(ticket.text), path: path, origin: origin)
        }
    }

    @Test("opens the socket it was made for, for the session that asked, by that session's token")
    func opens() async throws {
        let scene = try await Scene()
        let ticket = try await scene.ticket()
        #expect(ticket.text.bytes.count == 43 && ticket.expiresAt == scene.stage.clock.now() + .seconds(30))
        scene.stage.clock.advance(by: .seconds(29))
        let grant = try granted(await scene.use(ticket))
        let principal = try #require(scene.caller.principal)
        #expect(grant.record.proof == .session(try #require(principal.session).id))
        #expect(grant.record.expiresAt == principal.expiresAt && grant.record.expiresAt != nil)
        #expect(grant.grant.user?.id == scene.account.id)
    }

    @Test("is used once")
    func once() async throws {
        let scene = try await Scene()
        let ticket = try await scene.ticket()
        #expect(try await scene.use(ticket).output != nil)
        #expect(try await scene.use(ticket).refusal == Refusal(.invalidToken))
        #expect(scene.stage.connections.count == 1)
    }

    @Test("of many that use it at once, one has it")
    func together() async throws {
        let scene = try await Scene()
        let ticket = try await scene.ticket()
        let opened = try await withThrowingTaskGroup(of: Bool.self) { group in
            // Side by side, or nothing is proved.
            for _ in 0..<20 { group.addTask { try await scene.use(ticket).output != nil } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(opened == 1)
    }

    @Test("another path, another origin, none, its end, and garbage are refused alike")
    func refusals() async throws {
        let scene = try await Scene()
        let ticket = try await scene.ticket()
        let other = IssuedToken(
            text: Secret("8Jc1vVQn0sTzKq3LxWb5Yt7Er2Ua9Pd4Fg6Hh8Mm1Nk"), issuedAt: ticket.issuedAt,
            expiresAt: ticket.expiresAt)
        let garbage = IssuedToken(text: Secret(""), issuedAt: ticket.issuedAt, expiresAt: ticket.expiresAt)
        let refused = [
            try await scene.use(ticket, path: "/api/terminal/8/ws"), try await scene.use(ticket, origin: nil),
            try await scene.use(ticket, origin: "https://evil.example"), try await scene.use(other),
            try await scene.use(garbage),
        ]
        #expect(refused.map(\.refusal) == Array(repeating: Refusal(.invalidToken), count: 5))
        // What was refused was not used up.
        scene.stage.clock.advance(by: .seconds(30))
        #expect(try await scene.use(ticket).refusal == Refusal(.invalidToken))
        scene.stage.clock.advance(by: .seconds(-1))
        #expect(try await scene.use(ticket).output != nil)
    }

    @Test("asked for without an origin, it opens without one only")
    func noOrigin() async throws {
        let scene = try await Scene(origin: nil)
        #expect(try await scene.use(try await scene.ticket()).refusal?.code == .invalidToken)
        #expect(try await scene.use(try await scene.ticket(), origin: nil).output != nil)
    }

    @Test("a session that has ended, and a disabled account, take their tickets along")
    func ended() async throws {
        let signedOut = try await Scene()
        let ticket = try await signedOut.ticket()
        try await signedOut.stage.perform(.signOut, [:], signedOut.caller)
        #expect(try await signedOut.use(ticket).refusal == Refusal(.invalidToken))
        let disabled = try await Scene()
        let second = try await disabled.ticket()
        try await disabled.stage.stage.realm.store.write { [account = disabled.account] transaction in
            var account = account
            account.disabled = true
            _ = try transaction.update(account)
        }
        #expect(try await disabled.use(second).refusal == Refusal(.invalidToken))
    }

    @Test("only a session gets one, and only for a path", arguments: ["", "api", "/a?b=c", "/a#b", "/a\u{0}"])
    func inputs(_ path: String) async throws {
        let scene = try await Scene()
        let outcome = try await scene.stage.engine.perform(
            .createTicket, Submission([.socket: .string(path)]), scene.caller)
        #expect(outcome.refusal?.code == .validation)
    }

    @Test("an API key gets none, nor does a session that has ended, nor nobody")
    func whose() async throws {
        let scene = try await Scene()
        let submission = Submission([.socket: .string("/ws")])
        let engine = scene.stage.engine
        let agent = try await scene.stage.agent(of: scene.caller)
        let key = try await scene.stage.key(of: scene.caller, for: agent.id).credential
        let principal = try granted(await engine.authenticate([key], TestRealm.caller()))
        let byKey = TestRealm.caller(principal: principal)
        #expect(try await engine.perform(.createTicket, submission, byKey).refusal?.code == .wrongTokenType)
        #expect(
            try await engine.perform(.createTicket, submission, TestRealm.caller()).refusal?.code == .missingToken)
        try await scene.stage.perform(.signOut, [:], scene.caller)
        #expect(try await engine.perform(.createTicket, submission, scene.caller).refusal?.code == .revokedToken)
    }

    @Test("its text is nowhere in the database, and retention removes it")
    func atRest() async throws {
        let scene = try await Scene()
        let ticket = try await scene.ticket()
        let bytes = try scene.stage.stage.realm.databaseBytes()
        #expect(!bytes.containsSubsequence(ticket.text.bytes))
        scene.stage.clock.advance(by: .seconds(30))
        _ = try await scene.stage.engine.removeExpired()
        let digest = Engine.digest(ticket.text)
        #expect(try await scene.stage.stage.realm.store.read { try $0.socketTicket(digest) } == nil)
    }
}

extension [UInt8] {
    fileprivate func containsSubsequence(_ other: [UInt8]) -> Bool {
        guard count >= other.count else { return false }
        return (0...(count - other.count)).contains { self[$0...].starts(with: other) }
    }
}
