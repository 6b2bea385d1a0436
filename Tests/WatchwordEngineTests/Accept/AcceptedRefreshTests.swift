import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Refresh tokens of the system before")
struct AcceptedRefreshTests {
    private static let rule = AcceptScene.rule {
        $0.kind = .refresh
        $0.requires = [Value.Member("type", .string("refresh"))]
    }

    private func token(_ old: AcceptScene, _ changes: [String: Value] = [:]) throws -> Secret {
        let usual: [String: Value] = [
            "aud": .null, "type": .string("refresh"), "exp": .int(old.now.seconds + 7 * 86_400),
        ]
        return try old.token(usual.merging(changes) { _, new in new })
    }

    private func refresh(_ old: AcceptScene, _ token: Secret) async throws -> Outcome<Grant> {
        try await old.scene.perform(.refresh, Submission([.refreshToken: .string(token.revealed)]))
    }

    @Test("are exchanged once for a pair of ours, and a second use ends the family", arguments: [false, true])
    func rotate(_ isOpaque: Bool) async throws {
        var terms = Contract.rotate
        terms.accounts.idFormat = .uuid
        if isOpaque { terms.refresh?.format = .opaque(OpaqueFormat()) }
        let old = try await AcceptScene(terms, [Self.rule])
        let token = try token(old)
        let grant = try granted(await refresh(old, token))
        let session = try #require(grant.session)
        #expect(session.method == "accepted")
        _ = try await old.scene.principal(grant.access)
        let next = try granted(await refresh(old, try #require(grant.refresh).text))
        #expect(next.session?.id == session.id)
        #expect(try await refresh(old, token).refusal == Refusal(.reusedRefresh))
        #expect(try await old.scene.authenticate(next.access).refusal == Refusal(.revokedToken))
        #expect(try await refresh(old, token).refusal?.code == .invalidRefresh)
        #expect(try await old.sessions().isEmpty)
    }

    @Test("get the same pair again within the grace")
    func grace() async throws {
        var terms = Contract.rotate
        terms.accounts.idFormat = .uuid
        terms.refresh?.grace = .seconds(10)
        let old = try await AcceptScene(terms, [Self.rule])
        let token = try token(old)
        let first = try granted(await refresh(old, token))
        let second = try granted(await refresh(old, token))
        #expect(first.refresh == second.refresh && first.access == second.access)
        #expect(try await old.sessions().count == 1)
    }

    @Test("live on to their own end or the sunset where ours do")
    func reuse() async throws {
        var terms = Contract.reuse
        terms.refresh?.format = .opaque(OpaqueFormat())
        let old = try await AcceptScene(terms, [Self.rule])
        let token = try token(old, ["exp": .int(AcceptScene.sunset.seconds + 86_400)])
        for _ in 0..<3 {
            let grant = try granted(await refresh(old, token))
            #expect(grant.refresh?.text == token)
            _ = try await old.scene.principal(grant.access)
        }
        #expect(try await old.sessions().count == 1)
        old.realm.clock.set(AcceptScene.sunset)
        #expect(try await refresh(old, token).refusal == Refusal(.invalidRefresh))
    }

    @Test("are one exchange however many come at once")
    func race() async throws {
        var terms = Contract.rotate
        terms.accounts.idFormat = .uuid
        let old = try await AcceptScene(terms, [Self.rule])
        let token = try token(old)
        let pairs = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 { group.addTask { try await refresh(old, token).output == nil ? 0 : 1 } }
            return try await group.reduce(0, +)
        }
        #expect(pairs == 1)
    }

    @Test("are refused with another key, another type, past their end, of nobody, or after a reset")
    func refused() async throws {
        var terms = Contract.rotate
        terms.accounts.idFormat = .uuid
        let old = try await AcceptScene(terms, [Self.rule])
        for changes in [
            ["type": .string("access")], ["type": .null], ["exp": .int(old.now.seconds)], ["sub": .string("nobody")],
            ["nbf": .int(old.now.seconds + 60)],
        ] as [[String: Value]] {
            #expect(try await refresh(old, try token(old, changes)).refusal?.code == .invalidRefresh, "\(changes)")
        }
        let claims = try #require(old.realm.signer.verify(try token(old), with: "access"))
        let foreign = try old.realm.signer.sign(claims, with: "refresh")
        #expect(try await refresh(old, foreign).refusal?.code == .invalidRefresh)
        let (seen, unseen) = (try token(old), try token(old, ["jti": .string("b")]))
        _ = try granted(await refresh(old, seen))
        _ = try granted(
            await Administration(old.engine).setPassword(
                Secret("another good password"), of: AccountReference(ID(AcceptScene.ann))))
        #expect(try await refresh(old, unseen).refusal?.code == .invalidRefresh)
        #expect(try await refresh(old, seen).refusal?.code == .invalidRefresh)
        #expect(try await old.sessions().isEmpty)
    }

    @Test("do not come back with an account that was deleted and comes back under its id")
    func deleted() async throws {
        var terms = Contract.rotate
        terms.accounts.idFormat = .uuid
        let access = AcceptScene.rule { $0.requires = [Value.Member("type", .string("access"))] }
        let old = try await AcceptScene(terms, [access, Self.rule])
        let (shown, used) = (try token(old, ["type": .string("access")]), try token(old))
        let (unseen, unused) = (
            try token(old, ["type": .string("access"), "jti": .int(1)]), try token(old, ["jti": .int(1)])
        )
        _ = try granted(await old.show(shown))
        _ = try granted(await refresh(old, used))
        _ = try granted(await Administration(old.engine).delete(AccountReference(ID(AcceptScene.ann))))
        #expect(try await old.show(unseen).refusal == Refusal(.invalidToken))
        try await old.add(AcceptScene.ann, "ann")
        #expect(try await old.show(shown).refusal == Refusal(.revokedToken))
        #expect(try await refresh(old, used).refusal == Refusal(.invalidRefresh))
        #expect(try await old.sessions().isEmpty)
        // Nobody had shown these, and nothing but the account's own return speaks against them.
        _ = try granted(await old.show(unseen))
        _ = try granted(await refresh(old, unused))
    }

    @Test("do not pass as access tokens, nor access tokens as them")
    func kinds() async throws {
        var terms = Contract.rotate
        terms.accounts.idFormat = .uuid
        let access = AcceptScene.rule { $0.requires = [Value.Member("type", .string("access"))] }
        let old = try await AcceptScene(terms, [access, Self.rule])
        let (first, second) = (try token(old), try token(old, ["type": .string("access")]))
        #expect(try await old.show(first).refusal == Refusal(.invalidToken))
        #expect(try await refresh(old, second).refusal?.code == .invalidRefresh)
        _ = try granted(await refresh(old, first))
        #expect(try await old.show(first).refusal != nil)
    }
}
