import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Looking at a token of the system before")
struct AcceptedInspectionTests {
    @Test("says whose it is before and after it was shown, and takes nothing over")
    func inspect() async throws {
        let old = try await AcceptScene()
        let token = try old.token()
        let administration = Administration(old.engine)
        let before = try await old.scene.snapshot()
        var found = try await administration.inspect(token)
        #expect(found.kind == .access && found.refusal == nil && found.session == nil)
        #expect(found.account?.id.text == AcceptScene.ann)
        #expect(try await old.scene.snapshot() == before)
        let principal = try granted(await old.show(token))
        found = try await administration.inspect(token)
        #expect(found.session == principal.session && found.refusal == nil)
        #expect(found.expiresAt == old.now + .seconds(3_540))
        _ = try granted(await old.scene.perform(.signOut, as: principal))
        #expect(try await administration.inspect(token).refusal == .revokedToken)
    }

    @Test("says why it opens nothing")
    func refused() async throws {
        let old = try await AcceptScene()
        let administration = Administration(old.engine)
        for (changes, code) in [
            (["exp": .int(old.now.seconds)], .expiredToken), (["sub": .string("nobody")], .invalidToken),
            (["aud": .string("other")], .invalidToken),
        ] as [([String: Value], RefusalCode)] {
            #expect(try await administration.inspect(try old.token(changes)).refusal == code)
        }
        try await old.scene.alter(ID(AcceptScene.ann)) { $0.disabled = true }
        #expect(try await administration.inspect(try old.token()).refusal == .revokedToken)
    }

    @Test("is over with the sunset")
    func sunset() async throws {
        let old = try await AcceptScene()
        let token = try old.token(["exp": .int(AcceptScene.sunset.seconds + 60)])
        _ = try granted(await old.show(token))
        let found = try await Administration(old.engine).inspect(token)
        #expect(found.expiresAt == AcceptScene.sunset)
        old.realm.clock.set(AcceptScene.sunset)
        #expect(try await Administration(old.engine).inspect(token).refusal == .invalidToken)
    }
}
