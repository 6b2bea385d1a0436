import WatchwordEngine

/// A store that is down.
struct DeadStore: Store {
    var error: any Error

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreReading) throws -> Result
    ) async throws -> Result { throw error }
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws -> Result
    ) async throws -> Result { throw error }
}
