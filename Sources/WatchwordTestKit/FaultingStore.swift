import Synchronization
import WatchwordCore
import WatchwordEngine

/// A store that fails at the n-th call made inside its transactions, to prove that nothing half-done stays.
///
/// Count once with `failAt: nil`, then run the operation again for each `n` up to `calls`.
public final class FaultingStore: Store {
    private let base: any Store
    private let plan: FaultPlan

    /// `failAt`: which call throws, counted from 1 over reads and writes together; nothing to only count.
    public init(_ base: any Store, failAt: Int? = nil) {
        self.base = base
        plan = FaultPlan(failAt: failAt)
    }

    /// How many calls have been made.
    public var calls: Int { plan.calls }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreReading) throws -> Result
    ) async throws -> Result {
        let plan = self.plan
        return try await base.read { try body(FaultingReading(base: $0, plan: plan)) }
    }

    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws -> Result
    ) async throws -> Result {
        let plan = self.plan
        return try await base.write { try body(FaultingTransaction(base: $0, plan: plan)) }
    }
}

/// Counts calls and says which of them fails.
final class FaultPlan: Sendable {
    private let count = Mutex(0)
    private let failAt: Int?

    init(failAt: Int?) { self.failAt = failAt }

    var calls: Int { count.withLock { $0 } }

    /// The call itself is made first where it writes, so that a fault behind it is tried as well.
    func pass<Result>(_ call: () throws -> Result) throws -> Result {
        let number = count.withLock { count in
            count += 1
            return count
        }
        let result = try call()
        guard number != failAt else { throw Fault(.storeUnavailable, "planned fault at call \(number)") }
        return result
    }
}
