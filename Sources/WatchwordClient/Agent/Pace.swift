/// How the agent waits, and tells how long something took. Tests bring their own.
protocol Pace: Sendable {
    /// Since some moment in the past; goes on while the machine sleeps.
    var elapsed: Duration { get }
    /// Throws `CancellationError` where its task is cancelled.
    func wait(_ span: Duration) async throws
}

/// By the machine's clock.
struct SystemPace: Pace {
    private let start = ContinuousClock.now

    var elapsed: Duration { start.duration(to: .now) }
    func wait(_ span: Duration) async throws { try await Task.sleep(for: span, clock: .continuous) }
}

/// Something did not come within its time.
struct TooLate: Error {}

extension Pace {
    /// What the work gives; throws `TooLate` where that takes longer, once the work has noticed.
    func within<Result: Sendable>(
        _ span: Duration, _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            // The clock runs beside the work: whichever is first ends the other.
            group.addTask { try await work() }
            group.addTask {
                try await self.wait(span)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let result = first else { throw TooLate() }
            return result
        }
    }
}
