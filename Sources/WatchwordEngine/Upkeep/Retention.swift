import WatchwordCore

extension Engine {
    /// Removes everything that nothing can need any more, `batch` rows a transaction, so that no writer waits long.
    /// Stops early when its task is cancelled. Gives how many rows went.
    @discardableResult
    public func removeExpired(batch: Int64 = 500) async throws -> Int {
        let now = clock.now()
        var total = 0
        while !Task.isCancelled {
            let removed = try await store.write { try $0.removeExpired(at: now, limit: batch) }
            total += removed
            guard removed >= batch else { break }
        }
        return total
    }
}
