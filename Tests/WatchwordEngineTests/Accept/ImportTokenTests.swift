import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Opaque tokens that import brings")
struct ImportTokenTests {
    private func tokens(_ items: [[String: Value]]) -> Value {
        .array(items.map { .object($0.sorted { $0.key < $1.key }.map { Value.Member($0.key, $0.value) }) })
    }

    private func show(_ old: ImportScene, _ token: String) async throws -> Outcome<Principal> {
        try await old.engine.with(memory: Memory()).authenticate(
            [PresentedCredential(kind: .access, text: Secret(token))], TestRealm.caller())
    }

    private static let access: [TokenFormat] = [
        .opaque(OpaqueFormat()), Contract.jwt([("sub", .source(.accountID)), ("exp", .source(.expiresAt))]),
    ]

    @Test("are good until their end or the sunset, whatever our own are like", arguments: [0, 1])
    func access(_ index: Int) async throws {
        let old = try ImportScene { $0.access.format = Self.access[index] }
        let end = old.scene.now + .hours(1)
        let digest = TextEncoding.hex.encode(Engine.digest(Secret("kept-as-digest")).bytes)
        let record = ImportScene.ann([
            "tokens": tokens([
                ["token": .string("abc"), "expires_at": .int(end.seconds)], ["digest": .string(digest.uppercased())],
                ["token": .string("gone"), "expires_at": .int(old.scene.now.seconds)],
            ])
        ])
        let outcome = try await old.take([record])
        #expect(outcome.counts == ImportCounts(imported: 1, tokens: 2, endedTokens: 1))
        let first = try granted(await show(old, "abc"))
        #expect(first.session?.method == "imported")
        let second = try granted(await show(old, "kept-as-digest"))
        #expect(first.session != second.session)
        #expect(try await show(old, "gone").refusal == Refusal(.invalidToken))
        #expect(try await show(old, digest).refusal == Refusal(.invalidToken))
        old.scene.realm.clock.set(end)
        #expect(try await show(old, "abc").refusal == Refusal(.expiredToken))
        _ = try granted(await show(old, "kept-as-digest"))
        old.scene.realm.clock.set(ImportScene.sunset)
        #expect(try await show(old, "kept-as-digest").output == nil)
    }

    @Test("end at an earlier sunset than the one they came under, and with the word for it")
    func sunset() async throws {
        let old = try ImportScene { $0.access.format = Self.access[0] }
        try await old.take([ImportScene.ann(["tokens": tokens([["token": .string("abc")]])])])
        for until in [Timestamp(seconds: 0), nil] {
            var realm = old.engine.realm
            realm.terms.accepted.opaqueUntil = until
            let engine = Engine(
                realm: realm, store: old.engine.store, hasher: old.engine.hasher, signer: old.engine.signer,
                sealer: old.engine.sealer, commonPasswords: old.engine.commonPasswords, audit: old.engine.audit,
                throttle: old.engine.throttle, memory: Memory(), clock: old.engine.clock, random: old.engine.random)
            let outcome = try await engine.authenticate(
                [PresentedCredential(kind: .access, text: Secret("abc"))], TestRealm.caller())
            #expect(outcome.output == nil)
        }
        _ = try granted(await show(old, "abc"))
    }

    @Test("end with their session, and those of one session together")
    func revoked() async throws {
        let old = try ImportScene()
        let items: [[String: Value]] = ["a1", "a2", "b"].map { name in
            ["token": .string(name), "session": name == "b" ? .null : .string("a")]
        }
        try await old.take([ImportScene.ann(["tokens": tokens(items)])])
        let principal = try granted(await show(old, "a1"))
        _ = try granted(await old.scene.perform(.signOut, as: principal))
        for name in ["a1", "a2"] { #expect(try await show(old, name).refusal == Refusal(.revokedToken)) }
        _ = try granted(await show(old, "b"))
        old.scene.realm.clock.advance(by: .days(3))
        try await old.engine.removeExpired()
        #expect(try await show(old, "a2").refusal == Refusal(.revokedToken))
    }

    @Test("that refresh are exchanged once", arguments: [false, true])
    func refresh(_ isOpaque: Bool) async throws {
        let old = try ImportScene(Contract.rotate) {
            $0.accounts.idFormat = .uuid
            $0.accounts.required = [.email]
            if isOpaque { $0.refresh?.format = .opaque(OpaqueFormat()) }
        }
        let items: [[String: Value]] = [["token": .string("r1"), "kind": .string("refresh")]]
        try await old.take([ImportScene.ann(["tokens": tokens(items)])])
        #expect(try await show(old, "r1").output == nil)
        let submission = Submission([.refreshToken: .string("r1")])
        let grant = try granted(await old.scene.perform(.refresh, submission))
        _ = try await old.scene.principal(grant.access)
        #expect(try await old.scene.perform(.refresh, submission).refusal == Refusal(.reusedRefresh))
        #expect(try await old.scene.authenticate(grant.access).refusal == Refusal(.revokedToken))
    }

    @Test("belong to one account")
    func taken() async throws {
        let old = try ImportScene()
        let token = tokens([["token": .string("abc")]])
        let outcome = try await old.take([
            ImportScene.person(1, ["tokens": token]), ImportScene.person(2, ["tokens": token]),
        ])
        #expect(outcome.verdicts == [.imported, .refused([.token(0, .taken)])])
    }
}
