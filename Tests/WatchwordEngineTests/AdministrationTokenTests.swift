import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Administration: keys, sessions and tokens")
struct AdministrationTokenTests {
    private func stage(bound: Bool = false) throws -> Stage {
        try Stage { terms in
            terms.apiKeys = APIKeyTerms()
            terms.apiKeys?.boundToAgent = bound
            terms.apiKeys?.usageLimit = 10
            terms.verify = OneTimeTokenTerms(lifetime: .hours(24))
            terms.session.maximum = .days(30)
            terms.refresh = RefreshTokenTerms(
                format: .opaque(OpaqueFormat(prefix: "", .bytes(32, .base64url))), lifetime: .days(7), use: .rotate)
        }
    }

    private let ann = AccountReference("ann@example.com")

    @Test("Keys are made, listed, rotated and revoked, each on record")
    func keys() async throws {
        let stage = try stage()
        _ = try await stage.enrol()
        let administration = Administration(stage.engine)
        let issued = try #require(try await administration.createKey(of: ann, name: "script").output)
        let secret = try #require(issued.secret)
        #expect(try await stage.authenticate(secret, as: .apiKey).output != nil)
        let rotated = try #require(try await administration.rotateKey(issued.key.id).output)
        #expect(rotated.key.name == "script" && rotated.key.id != issued.key.id && rotated.secret != issued.secret)
        #expect(try await stage.authenticate(secret, as: .apiKey).refusal?.code == .revokedToken)
        #expect(try await administration.keys(of: ann).output?.map(\.id) == [rotated.key.id])
        #expect(try await administration.rotateKey(issued.key.id).refusal?.code == .notFound)
        let next = try #require(rotated.secret)
        #expect(try await stage.authenticate(next, as: .apiKey).output != nil)
        #expect(try await administration.revokeKey(rotated.key.id).output?.id == rotated.key.id)
        #expect(try await stage.authenticate(next, as: .apiKey).refusal?.code == .revokedToken)
        #expect(try await administration.revokeKey(rotated.key.id).refusal?.code == .notFound)
        #expect(try await administration.revokeKey(ID("unknown")).refusal?.code == .notFound)
        #expect(try await administration.keys(of: ann).output?.isEmpty == true)
        for (kind, key) in [
            (AuditEvent.Kind.keyCreate, issued), (.keyRotate, issued), (.keyRevoke, rotated),
        ] {
            let events = try await stage.events(kind)
            #expect(events.map(\.detail) == ["key \(key.key.id)"] && events.map(\.address) == ["cli"])
        }
        let changes = try await stage.realm.store.read { try $0.changes(after: 0) }
        #expect(changes.map(\.change) == [.apiKey(issued.key.id), .apiKey(rotated.key.id)])
    }

    @Test("A key that hangs on an agent needs one of the account's")
    func boundKeys() async throws {
        let stage = try stage(bound: true)
        let (_, caller, _) = try await stage.enrol()
        let (_, other, _) = try await stage.enrol("bob@example.com")
        let administration = Administration(stage.engine)
        let mine = try #require(
            try await stage.perform(.registerAgent, [.name: .string("a")], caller).output?.agent)
        let foreign = try #require(
            try await stage.perform(.registerAgent, [.name: .string("b")], other).output?.agent)
        #expect(try await administration.createKey(of: ann).refusal?.problems == [InputProblem(.agentID, .required)])
        #expect(try await administration.createKey(of: ann, agent: foreign.id).refusal?.code == .notFound)
        let issued = try #require(try await administration.createKey(of: ann, agent: mine.id).output)
        #expect(try await administration.rotateKey(issued.key.id).output?.key.agentID == mine.id)
    }

    @Test("One session is ended or all, at once and on record")
    func sessions() async throws {
        let stage = try stage()
        let (_, _, first) = try await stage.enrol()
        let second = try #require(try await stage.signIn(Stage.password).output)
        let token = try #require(second.access).text
        let administration = Administration(stage.engine)
        #expect(try await stage.authenticate(token).output != nil)
        #expect(try await administration.sessions(of: ann).output?.count == 2)
        let id = try #require(second.session).id
        #expect(try await administration.revokeSession(id).output?.id == id)
        #expect(try await stage.authenticate(token).refusal?.code == .revokedToken)
        #expect(try await stage.authenticate(first).output != nil)
        #expect(try await administration.revokeSession(id).refusal?.code == .notFound)
        #expect(try await administration.revokeSession(ID("unknown")).refusal?.code == .notFound)
        #expect(try await administration.revokeSessions(of: ann).output == 1)
        #expect(try await stage.authenticate(first).refusal?.code == .revokedToken)
        #expect(try await administration.sessions(of: ann).output?.isEmpty == true)
        #expect(try await stage.events(.sessionRevoke).count == 2)
    }

    private func inspect(_ stage: Stage, _ token: Secret) async throws -> TokenInspection {
        try await Administration(stage.engine).inspect(token)
    }

    @Test("Each kind of token is told, with whose it is and that it opens something")
    func inspectLive() async throws {
        let stage = try stage()
        let (account, caller, access) = try await stage.enrol()
        let grant = try #require(try await stage.signIn(Stage.password).output)
        let refresh = try #require(grant.refresh).text
        let key = try #require(try await stage.perform(.createAPIKey, [:], caller).output?.apiKey)
        let secret = try #require(key.secret)
        let kinds: [(Secret, TokenInspection.Kind)] = [
            (access, .access), (refresh, .refresh), (secret, .apiKey),
            (Secret(try await stage.token(.verify)), .verifyLink), (Secret(try await stage.requestReset()), .resetLink),
        ]
        for (token, kind) in kinds {
            let found = try await inspect(stage, token)
            #expect(found.kind == kind)
            #expect(found.account?.id == account.id, "\(kind)")
            #expect(found.refusal == nil, "\(kind)")
            #expect(!"\(found)".contains(token.revealed))
        }
        #expect(try await inspect(stage, access).session?.id == caller.principal?.session?.id)
        #expect(try await inspect(stage, secret).apiKey?.id == key.key.id)
        // Looking uses nothing up.
        try await stage.engine.flushUsage()
        #expect(try await stage.account(account.id).usageCount == 0)
        #expect(try await inspect(stage, kinds[3].0).refusal == nil)
    }

    @Test("What opens nothing is told why")
    func inspectDead() async throws {
        let stage = try stage()
        let (_, caller, access) = try await stage.enrol()
        let refresh = try #require(try await stage.signIn(Stage.password).output?.refresh).text
        let used = try await stage.perform(.refresh, [.refreshToken: .string(refresh.revealed)]).output
        #expect(try await inspect(stage, refresh).refusal == .reusedRefresh)
        let key = try #require(try await stage.perform(.createAPIKey, [:], caller).output?.apiKey)
        _ = try await Administration(stage.engine).revokeKey(key.key.id)
        #expect(try await inspect(stage, try #require(key.secret)).refusal == .revokedToken)
        let link = Secret(try await stage.token(.verify))
        stage.realm.clock.advance(by: .hours(24))
        #expect(try await inspect(stage, link).refusal == .expiredLink)
        #expect(try await inspect(stage, access).refusal == .expiredToken)
        stage.realm.clock.advance(by: .days(7))
        let late = try #require(used?.refresh).text
        #expect(try await inspect(stage, late).refusal == .expiredRefresh)
        let fresh = try #require(try await stage.signIn(Stage.password).output)
        _ = try await Administration(stage.engine).disable(ann)
        let ended = try await inspect(stage, try #require(fresh.access).text)
        #expect(ended.refusal == .revokedToken)
        #expect(ended.session?.ended?.reason == .accountDisabled)
        for garbage in ["", "x", "\u{0}", String(repeating: "A", count: 43), String(repeating: "a", count: 100_000)] {
            let found = try await inspect(stage, Secret(garbage))
            #expect(found.kind == nil && found.account == nil)
            #expect(found.refusal == .invalidToken)
        }
    }
}
