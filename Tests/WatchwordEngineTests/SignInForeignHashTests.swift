import Testing
import WatchwordCore
import WatchwordEngine
import WatchwordTestKit

@Suite("Signing in with a password from another system")
struct SignInForeignHashTests {
    /// By passlib: bcrypt.using(rounds=4).hash("correct horse battery staple").
    private static let bcrypt = "$2b$04$CHbf01Derw/O86jlxUCUGeTfAuC2tJkSHJ6ATZb/9GYLvckAcXS.6"

    private static func imported(_ scene: Scene, hash: String) async throws {
        try await scene.signUp()
        let account = try #require(
            try await scene.realm.store.read { try $0.accounts(limit: 1, offset: 0) }.first)
        let current = try #require(try await scene.realm.store.read { try $0.passwordCredential(of: account.id) })
        let credential = PasswordCredential(
            accountID: account.id, hash: hash, version: current.version + 1, changedAt: current.changedAt)
        #expect(try await scene.realm.store.write { try $0.setPassword(credential, replacing: current.version) })
    }

    private static func stored(_ scene: Scene) async throws -> PasswordCredential? {
        try await scene.realm.store.read { store in
            try store.accounts(limit: 1, offset: 0).first.flatMap { try store.passwordCredential(of: $0.id) }
        }
    }

    @Test("is good once and for all: the first sign-in puts a hash of ours in its place")
    func upgrade() async throws {
        let scene = try Scene(try #require(Contract.all.first).terms)
        try await Self.imported(scene, hash: Self.bcrypt)
        let wrong = try await scene.perform(.signIn, Scene.login(password: "wrong horse"))
        #expect(wrong.refusal?.code == .invalidCredentials)
        #expect(try await Self.stored(scene)?.hash == Self.bcrypt)

        let login = Scene.login(password: "correct horse battery staple")
        #expect(try await scene.perform(.signIn, login).output != nil)
        let after = try #require(try await Self.stored(scene))
        #expect(after.hash.hasPrefix("$argon2id$v=19$"))
        #expect(try await scene.perform(.signIn, login).output != nil)
        #expect(try await Self.stored(scene) == after)
        let kinds = try await scene.realm.store.read { try $0.auditEvents(of: nil, limit: 99).map(\.kind) }
        #expect(kinds.filter { $0 == .passwordRehash }.count == 1)
    }
}
