import WatchwordCore

/// Uses of API keys, counted in memory and written in batches.
///
/// A crash loses the uses since the last batch, a second's at most; another process's uses are seen when
/// its batch is written and the account is read again.
public final class Uses: Sendable {
    /// What one batch writes.
    public struct Batch: Sendable {
        public var counts: [Account.ID: Int64] = [:]
        public var lastUses: [APIKey.ID: Timestamp] = [:]

        public var isEmpty: Bool { counts.isEmpty && lastUses.isEmpty }
    }

    enum Verdict: Sendable {
        case counted
        /// The limit is reached; nothing was counted.
        case spent
        /// The account has to be read first and given to `observe`.
        case unknown
    }

    private struct Tally: Sendable {
        /// What the store said, if it was asked since the last change of the account.
        var written: Int64?
        /// Counted and not yet taken by a batch.
        var pending: Int64 = 0
        /// Taken by a batch that is not settled yet.
        var flying: Int64 = 0
        /// Whether `written` was read while a batch was under way, so that it may hold that batch or not;
        /// it is read again after the account's next batch.
        var isDoubtful = false

        var total: Int64? { written.map { $0 + pending + flying } }
        var isIdle: Bool { pending == 0 && flying == 0 }
    }

    private struct State: Sendable {
        var tallies: [Account.ID: Tally] = [:]
        var lastUses: [APIKey.ID: Timestamp] = [:]
        /// How many batches were settled.
        var settled: UInt64 = 0
    }

    /// A moment between batches, taken before the store is read.
    struct Mark: Sendable { fileprivate let settled: UInt64 }

    /// Accounts remembered at most when nothing of theirs is left to write.
    private static let capacity = 65_536

    private let state = Locked(State())

    init() {}

    /// Counts one use of the account's key, unless its limit is reached.
    func count(_ account: Account, _ key: APIKey.ID, at now: Timestamp) -> Verdict {
        state.with { state in
            guard var tally = state.tallies[account.id], let total = tally.total else { return .unknown }
            if let limit = account.usageLimit, total >= limit { return .spent }
            tally.pending += 1
            state.tallies[account.id] = tally
            state.lastUses[key] = now
            return .counted
        }
    }

    /// Notes a use where uses are not limited: only its time is kept.
    func touch(_ key: APIKey.ID, at now: Timestamp) { state.with { $0.lastUses[key] = now } }

    func mark() -> Mark { state.with { Mark(settled: $0.settled) } }

    /// Takes the store's word for the account's uses, read after `mark`, if none is known yet.
    func observe(_ account: Account, since mark: Mark) {
        state.with { state in
            var tally = state.tallies[account.id] ?? Tally()
            guard tally.written == nil else { return }
            tally.written = account.usageCount
            tally.isDoubtful = tally.flying > 0 || state.settled != mark.settled
            state.tallies[account.id] = tally
        }
    }

    /// The account's uses in all, those not yet written among them.
    public func total(of account: Account) -> Int64 {
        state.with { state in
            guard let tally = state.tallies[account.id] else { return account.usageCount }
            return tally.total ?? account.usageCount + tally.pending
        }
    }

    /// Takes what is to be written. Give it back to `settle` after the commit, or to `restore` if there was none.
    public func take() -> Batch {
        state.with { state in
            var batch = Batch(lastUses: state.lastUses)
            state.lastUses = [:]
            for (account, tally) in state.tallies where tally.pending > 0 {
                batch.counts[account] = tally.pending
                state.tallies[account]?.flying += tally.pending
                state.tallies[account]?.pending = 0
            }
            return batch
        }
    }

    public func settle(_ batch: Batch) {
        state.with { state in
            state.settled += 1
            for (account, count) in batch.counts {
                guard var tally = state.tallies[account] else { continue }
                tally.flying -= count
                tally.written = tally.isDoubtful ? nil : tally.written.map { $0 + count }
                tally.isDoubtful = false
                state.tallies[account] = tally
            }
            if state.tallies.count > Self.capacity { state.tallies = state.tallies.filter { !$0.value.isIdle } }
        }
    }

    public func restore(_ batch: Batch) {
        state.with { state in
            state.lastUses.merge(batch.lastUses) { later, _ in later }
            for (account, count) in batch.counts {
                state.tallies[account]?.flying -= count
                state.tallies[account]?.pending += count
                state.tallies[account]?.isDoubtful = false
            }
        }
    }

    /// The account changed in the store: its number is read again, what is not yet written stays.
    func forget(_ account: Account.ID) {
        state.with { state in
            guard let tally = state.tallies[account] else { return }
            if tally.isIdle { state.tallies[account] = nil } else { state.tallies[account]?.written = nil }
        }
    }
}
