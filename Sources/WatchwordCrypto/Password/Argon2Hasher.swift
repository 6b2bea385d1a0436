import Glibc
import WatchwordCore
import WatchwordEngine

/// Argon2id (RFC 9106) on threads of its own, behind a bounded queue.
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
        return try await compute(password, salt: salt, parameters: parameters, count: Self.hashCount).map { hash in
            PasswordHashText(parameters: parameters, salt: salt, hash: hash).text
        }
    }

    public func verify(_ password: Secret, against hash: String?) async throws -> Outcome<PasswordVerdict> {
        let read = hash.flatMap { PasswordHashText($0) }
        // A text that is no hash of ours costs and ends like no hash at all.
        let expected = read ?? dummy
        return try await compute(
            password, salt: expected.salt, parameters: expected.parameters, count: expected.hash.count
        ).map { computed in
            guard constantTimeEqual(computed, expected.hash), read != nil else { return .wrong }
            return .right(outdated: expected.parameters != parameters || computed.count != Self.hashCount)
        }
    }

    public func format(of hash: String) -> PasswordHashFormat? { PasswordHashText(hash) == nil ? nil : .argon2 }

    public func check(hash: String) -> PasswordHashProblem? { PasswordHashText(hash) == nil ? .unknownFormat : nil }

    private func compute(
        _ password: Secret, salt: [UInt8], parameters: Argon2Parameters, count: Int
    ) async throws -> Outcome<[UInt8]> {
        let abandonment = Abandonment()
        do {
            return .granted(
                try await withTaskCancellationHandler {
                    try await withCheckedThrowingContinuation { continuation in
                        let job = HashJob(
                            password: password, salt: salt, parameters: parameters, count: count,
                            abandonment: abandonment, continuation: continuation)
                        switch queue.add(job) {
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
