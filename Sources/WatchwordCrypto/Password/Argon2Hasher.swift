import Glibc
import Synchronization
import WatchwordCore
import WatchwordEngine

/// Argon2id (RFC 9106) on threads of its own, behind a bounded queue. Hashes of other systems are verified there too.
///
/// Memory is `lanes` blocks of the parameters' size while there is work, and none a second later.
public final class Argon2Hasher: PasswordHasher {
    public let parameters: Argon2Parameters
    private let lanes: Int
    private let queue: HashQueue
    private let pace = HashPace()
    private let random: any RandomSource
    /// What stands in for the hash of an account that has none.
    private let dummy: PasswordHashText
    /// How many hashes were spent beside a cheap one of another system, so that time tells nothing.
    let spent = SpentHashes()

    private static let saltCount = 16
    private static let hashCount = 32

    /// One lane for each core the process may use.
    public static var coreCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// `lanes`: threads that hash; `bound`: jobs in line before `busy` is answered.
    /// Throws a fault for parameters that are not bearable, or if no thread can be started.
    public init(
        parameters: Argon2Parameters = .standard, lanes: Int = Argon2Hasher.coreCount, bound: Int = 64,
        random: any RandomSource = SystemRandom()
    ) throws {
        guard parameters.isBearable else {
            throw Fault(
                .invariant,
                "Argon2id with m=\(parameters.memory) KiB, t=\(parameters.passes), p=\(parameters.parallelism) is out of bounds: "
                    + "m 8p to 131072, t 1 to 64, p 1 to 16, m times t up to 524288")
        }
        self.parameters = parameters
        self.lanes = max(1, lanes)
        self.random = random
        queue = HashQueue(bound: max(1, bound))
        dummy = PasswordHashText(
            parameters: parameters, salt: [UInt8](repeating: 0, count: Self.saltCount),
            hash: [UInt8](repeating: 0, count: Self.hashCount))
        do {
            for _ in 0..<self.lanes { try HashLane.start(on: queue, pace: pace) }
        } catch {
            queue.close()
            throw error
        }
    }

    deinit { queue.close() }

    /// Hashes that wait for a lane.
    public var waiting: Int { queue.count }

    /// Takes no more work; what is in line is still done.
    public func close() { queue.close() }

    public func hash(_ password: Secret) async throws -> Outcome<String> {
        let salt = random.bytes(Self.saltCount)
        let argon2 = Argon2(parameters: parameters)
        return try await onLane { try argon2.hash(password.bytes, salt: salt, count: Self.hashCount) }.map { hash in
            PasswordHashText(parameters: parameters, salt: salt, hash: hash).text
        }
    }

    public func verify(_ password: Secret, against hash: String?) async throws -> Outcome<PasswordVerdict> {
        try await verify(password, against: hash, ForeignKeys())
    }

    /// As `verify`, for hashes that need a key of the realm beside them.
    func verify(
        _ password: Secret, against hash: String?, _ keys: ForeignKeys
    ) async throws -> Outcome<PasswordVerdict> {
        let read = hash.flatMap { PasswordHashText($0) }
        if read == nil, let foreign = hash.flatMap({ try? ForeignHash($0) }) {
            return try await verify(password, against: foreign, keys)
        }
        // A text that is no hash costs and ends like no hash at all.
        let expected = read ?? dummy
        return try await onLane { try expected.isMade(by: password.bytes) }.map { isMade in
            guard isMade, read != nil else { return .wrong }
            return .right(outdated: expected.parameters != parameters || expected.hash.count != Self.hashCount)
        }
    }

    private func verify(
        _ password: Secret, against foreign: ForeignHash, _ keys: ForeignKeys
    ) async throws -> Outcome<PasswordVerdict> {
        let (dummy, spent) = (dummy, spent)
        return try await onLane {
            let matches = try !password.bytes.isEmpty && foreign.scheme.matches(password.bytes, keys)
            // One round of SHA takes no time, which would tell that the account is there.
            if !matches, foreign.format == .saltedSHA {
                _ = try dummy.isMade(by: password.bytes)
                spent.count.add(1, ordering: .relaxed)
            }
            return matches
        }.map { $0 ? .right(outdated: true) : .wrong }
    }

    public func format(of hash: String) -> PasswordHashFormat? { ForeignHash.format(of: hash) }

    public func check(hash: String) -> PasswordHashProblem? { check(hash: hash, ForeignKeys()) }

    func check(hash: String, _ keys: ForeignKeys) -> PasswordHashProblem? {
        guard PasswordHashText(hash) == nil else { return nil }
        do throws(PasswordHashProblem) {
            let isFirebase = try ForeignHash(hash).format == .firebaseScrypt
            return isFirebase && keys.firebaseSigner == nil ? .keyMissing : nil
        } catch {
            return error
        }
    }

    /// What the work gives, done by a lane when its turn comes.
    private func onLane<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Outcome<Result> {
        let abandonment = Abandonment()
        do {
            return .granted(
                try await withTaskCancellationHandler {
                    try await withCheckedThrowingContinuation { continuation in
                        switch queue.add(HashJob(abandonment, continuation, work)) {
                        case .queued: break
                        case .full(let waiting): continuation.resume(throwing: Full(waiting: waiting))
                        case .closed: continuation.resume(throwing: Fault(.invariant, "password hashing is closed"))
                        }
                    }
                } onCancel: {
                    abandonment.happen()
                })
        } catch let full as Full {
            return .refused(Refusal(.busy, retryAfter: pace.seconds(for: full.waiting, lanes: lanes)))
        }
    }

    private struct Full: Error {
        var waiting: Int
    }
}

extension PasswordHashText {
    /// Whether the password has made this hash. Runs on a lane.
    fileprivate func isMade(by password: [UInt8]) throws -> Bool {
        constantTimeEqual(try Argon2(parameters: parameters).hash(password, salt: salt, count: hash.count), hash)
    }
}
