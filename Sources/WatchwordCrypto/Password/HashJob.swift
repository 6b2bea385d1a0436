import Synchronization
import WatchwordCore

/// One hash to compute, and the caller who waits for it.
final class HashJob: Sendable {
    let password: Secret
    let salt: [UInt8]
    let parameters: Argon2Parameters
    /// Bytes wanted.
    let count: Int
    private let continuation: CheckedContinuation<[UInt8], any Error>
    private let abandonment: Abandonment

    init(
        password: Secret, salt: [UInt8], parameters: Argon2Parameters, count: Int, abandonment: Abandonment,
        continuation: CheckedContinuation<[UInt8], any Error>
    ) {
        self.password = password
        self.salt = salt
        self.parameters = parameters
        self.count = count
        self.abandonment = abandonment
        self.continuation = continuation
    }

    /// Whether the caller has been cancelled, so that the work would be for nobody.
    var isAbandoned: Bool { abandonment.happened }

    /// Called once, by the lane that took the job.
    func finish(_ result: Result<[UInt8], any Error>) { continuation.resume(with: result) }
}

/// Says that a caller no longer waits.
final class Abandonment: Sendable {
    private let flag = Atomic(false)

    var happened: Bool { flag.load(ordering: .acquiring) }
    func happen() { flag.store(true, ordering: .releasing) }
}
