import Synchronization

/// Work for a lane, and the caller who waits for it.
final class HashJob: Sendable {
    /// Does the work and resumes the caller. One of this and `drop` is called, once, by the lane that took the job.
    let run: @Sendable () -> Void
    /// Resumes the caller without the work.
    let drop: @Sendable () -> Void
    private let abandonment: Abandonment

    init<Result: Sendable>(
        _ abandonment: Abandonment, _ continuation: CheckedContinuation<Result, any Error>,
        _ work: @escaping @Sendable () throws -> Result
    ) {
        self.abandonment = abandonment
        run = { continuation.resume(with: Swift.Result { try work() }) }
        drop = { continuation.resume(throwing: CancellationError()) }
    }

    /// Whether the caller has been cancelled, so that the work would be for nobody.
    var isAbandoned: Bool { abandonment.happened }
}

/// Says that a caller no longer waits.
final class Abandonment: Sendable {
    private let flag = Atomic(false)

    var happened: Bool { flag.load(ordering: .acquiring) }
    func happen() { flag.store(true, ordering: .releasing) }
}
