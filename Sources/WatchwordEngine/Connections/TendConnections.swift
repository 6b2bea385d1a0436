import WatchwordCore

extension Engine {
    /// How long a socket stays open that a change may have ended, while the store does not say whether it has.
    private static let doubtAllowed = Lifetime.seconds(5)
    private static let tendingBatch = 1_000

    /// One round of the keeper: ends the sockets of this realm that are past their end, and looks again at those that
    /// changes concern. To be called for each element of `memory.connectionWakes`, and a few times a second besides,
    /// for ends that come by the clock and after faults.
    ///
    /// Throws `Fault` if the store does not answer; it is asked again the next time. What has been in doubt for 5 s by
    /// then is ended for `internal`: an agent comes back, and what is revoked does not stay.
    public func tendConnections() async throws {
        let now = clock.now()
        for entry in memory.connections.due(at: now, in: realm.id) {
            memory.connections.end(entry, entry.record.hardEnd)
        }
        let changes = memory.watch.take()
        guard !changes.isEmpty else { return }
        var entries = memory.connections.entries(of: changes, in: realm.id)[...]
        do {
            while !entries.isEmpty {
                try await tend(Array(entries.prefix(Self.tendingBatch)))
                entries = entries.dropFirst(Self.tendingBatch)
            }
            memory.watch.settle()
        } catch {
            let since = memory.watch.putBack(changes, at: now)
            if now >= since + Self.doubtAllowed {
                for entry in entries { memory.connections.end(entry, .internal) }
            }
            throw error
        }
    }

    /// Looks at these in one snapshot, and again at those that have been given another proof meanwhile.
    private func tend(_ entries: [ConnectionShard.Entry]) async throws {
        let now = clock.now()
        let records = entries.map(\.record)
        let verdicts = try await store.read { reading in
            var verifier = ConnectionVerifier(reading, at: now)
            return try records.map { try verifier.verify($0) }
        }
        var moved: [ConnectionShard.Entry] = []
        for (entry, verdict) in zip(entries, verdicts) {
            guard let current = memory.connections.current(entry.record) else { continue }
            if current.proof != entry.record.proof {
                moved.append(ConnectionShard.Entry(record: current, connection: entry.connection))
                continue
            }
            switch verdict {
            case .ended(let cause): memory.connections.end(entry, cause)
            case .good(let standing):
                memory.connections.note(end: standing.endsAt, of: current.proof, for: current)
            }
        }
        if !moved.isEmpty { try await tend(moved) }
    }
}
