import Synchronization
import WatchwordCore

@testable import WatchwordEngine

/// Counts transactions that write, which is what a commit to disk costs.
final class CountingStore: Store {
    private let base: any Store
    private let counts = Mutex((reads: 0, writes: 0))

    init(_ base: any Store) { self.base = base }

    var reads: Int { counts.withLock(\.reads) }
    var writes: Int { counts.withLock(\.writes) }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreReading) throws -> Result
    ) async throws -> Result {
        counts.withLock { $0.reads += 1 }
        return try await base.read(body)
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws -> Result
    ) async throws -> Result {
        counts.withLock { $0.writes += 1 }
        return try await base.write(body)
    }
}

/// Counts hashes, and does something else meanwhile if told to.
final class WatchedHasher: PasswordHasher {
    private let base: any PasswordHasher
    private let meanwhile: @Sendable () async throws -> Outcome<String>?
    private let count = Mutex(0)

    /// `meanwhile` runs before each hash; what it gives, if anything, is the answer.
    init(_ base: any PasswordHasher, meanwhile: @escaping @Sendable () async throws -> Outcome<String>? = { nil }) {
        self.base = base
        self.meanwhile = meanwhile
    }

    var hashes: Int { count.withLock { $0 } }

    func hash(_ password: Secret) async throws -> Outcome<String> {
        count.withLock { $0 += 1 }
        if let answer = try await meanwhile() { return answer }
        return try await base.hash(password)
    }

    func verify(_ password: Secret, against hash: String?) async throws -> Outcome<PasswordVerdict> {
        try await base.verify(password, against: hash)
    }

    func format(of hash: String) -> PasswordHashFormat? { base.format(of: hash) }

    func check(hash: String) -> PasswordHashProblem? { base.check(hash: hash) }
}

/// Counts the bytes sealed.
final class CountingSealer: Sealer {
    private let base: any Sealer
    private let lengths = Mutex<[Int]>([])

    init(_ base: any Sealer) { self.base = base }

    var sealed: [Int] { lengths.withLock { $0 } }

    func seal(_ bytes: [UInt8], purpose: String) throws -> [UInt8] {
        lengths.withLock { $0.append(bytes.count) }
        return try base.seal(bytes, purpose: purpose)
    }
    func open(_ sealed: [UInt8], purpose: String) -> [UInt8]? { base.open(sealed, purpose: purpose) }
    func derive(_ label: String) -> [UInt8] { base.derive(label) }
}
