import WatchwordCore
import WatchwordEngine

/// The process's hasher as one realm has it: with the keys that hashes of its old system need.
public struct RealmHasher: PasswordHasher {
    private let base: Argon2Hasher
    private let keys: ForeignKeys

    public init(_ base: Argon2Hasher, _ keys: ForeignKeys) {
        self.base = base
        self.keys = keys
    }

    public func hash(_ password: Secret) async throws -> Outcome<String> { try await base.hash(password) }

    public func verify(_ password: Secret, against hash: String?) async throws -> Outcome<PasswordVerdict> {
        try await base.verify(password, against: hash, keys)
    }

    public func format(of hash: String) -> PasswordHashFormat? { base.format(of: hash) }

    public func check(hash: String) -> PasswordHashProblem? { base.check(hash: hash, keys) }
}
