import WatchwordCore

extension Engine {
    /// Writes the uses of API keys counted since the last time, in one transaction; gives how many accounts and keys
    /// it wrote of. To be called each second and once at the end: a crash loses the uses since the last call.
    /// A fault loses none; they are written the next time.
    @discardableResult
    public func flushUsage() async throws -> Int {
        let batch = memory.uses.take()
        guard !batch.isEmpty else { return 0 }
        do {
            try await store.write { transaction in
                for (account, count) in batch.counts { try transaction.addUsage(count, to: account) }
                for (key, moment) in batch.lastUses { try transaction.touchAPIKey(key, at: moment) }
            }
        } catch {
            memory.uses.restore(batch)
            throw error
        }
        memory.uses.settle(batch)
        return batch.counts.count + batch.lastUses.count
    }
}
