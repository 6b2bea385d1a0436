import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

/// A realm that takes over from an old issuer: its people are in, as an import leaves them, and its tokens are about.
/// The old issuer signs with the key `access`; ours is `main`.
struct AcceptScene {
    let scene: Scene
    var realm: TestRealm { scene.realm }
    var engine: Engine { scene.engine }
    var now: Timestamp { scene.now }

    static let sunset = Timestamp(seconds: 1_767_225_600) + .days(30)
    static let ann = "0b8e1c52-9c0a-4d2f-8f3e-5a1b2c3d4e5f"
    static let audience = Value.Member("aud", .array([.string("old:auth")]))

    static func rule(_ change: (inout AcceptedToken) -> Void = { _ in }) -> AcceptedToken {
        var rule = AcceptedToken(key: "access", requires: [audience], until: sunset)
        change(&rule)
        return rule
    }

    /// `terms` of the realm before it accepts anything; `rules` by which it does.
    init(_ terms: Terms = Contract.plain, _ rules: [AcceptedToken] = [rule()], limits: ThrottleLimits = .off)
        async throws
    {
        var terms = terms
        terms.accepted.tokens = rules
        scene = try Scene(terms, limits: limits)
        try await add(Self.ann, "ann")
    }

    /// An account as import leaves it: made just now here, its password of a time nobody knows.
    @discardableResult
    func add(_ id: String, _ name: String, passwordChangedAt: Timestamp = Timestamp(seconds: 0)) async throws -> Account
    {
        let now = now
        let account = Account(
            id: ID(id), email: "\(name)@example.org", username: name, createdAt: now, updatedAt: now)
        let hash = try granted(await realm.hasher.hash(Secret(Scene.password)))
        try await realm.store.write { transaction in
            _ = try transaction.insert(account)
            _ = try transaction.setPassword(
                PasswordCredential(accountID: account.id, hash: hash, version: 1, changedAt: passwordChangedAt),
                replacing: nil)
        }
        return account
    }

    /// A token of the old issuer, of an hour, issued a minute ago; a claim given as null is left out.
    func token(_ changes: [String: Value] = [:], key: String = "access") throws -> Secret {
        var claims: [String: Value] = [
            "sub": .string(Self.ann), "aud": Self.audience.value, "iat": .int(now.seconds - 60),
            "exp": .int(now.seconds + 3_540),
        ]
        claims.merge(changes) { _, new in new }
        let members = claims.filter { $0.value != .null }.sorted { $0.key < $1.key }.map {
            Value.Member($0.key, $0.value)
        }
        return try realm.signer.sign(members, with: key)
    }

    func show(_ token: Secret, to engine: Engine? = nil, from address: String = "192.0.2.1") async throws -> Outcome<
        Principal
    > {
        try await (engine ?? self.engine).authenticate(
            [PresentedCredential(kind: .access, text: token)], TestRealm.caller(address))
    }

    /// The same by an engine that remembers nothing: as after a restart, or in another process.
    func showAfterRestart(_ token: Secret) async throws -> Outcome<Principal> {
        try await show(token, to: engine.with(memory: Memory()))
    }

    func sessions(of id: String = ann) async throws -> [Session] {
        let now = now
        return try await realm.store.read { try $0.sessions(of: ID(id), liveAt: now) }
    }

    func count<Noun>(_ read: @escaping @Sendable (any StoreReading) throws -> Noun) async throws -> Noun
    where Noun: Sendable {
        try await realm.store.read(read)
    }
}
