import WatchwordCore

/// Verified credentials and whose they are, in memory and bounded.
///
/// A look-up takes one lock of one shard. Remembering and forgetting also hold the ledger's lock, which
/// orders them: what was read from the store before a change can never be remembered after it.
///
/// Entries live in two generations. When the young one is full the old one is dropped whole and the young
/// one takes its place, so that a credential in use costs one look at the store per generation.
final class CredentialCache: Sendable {
    /// A moment in the order of changes, taken before the store is read.
    struct Mark: Sendable { fileprivate let sequence: UInt64 }

    private struct Entry: Sendable {
        let principal: Principal
        let expiresAt: Timestamp
    }

    private struct Shard: Sendable {
        var young: [CredentialKey: Entry] = [:]
        var old: [CredentialKey: Entry] = [:]
        var hits: UInt64 = 0
        var misses: UInt64 = 0
    }

    private struct Ledger: Sendable {
        /// How many changes were ever forgotten, and the latest of them.
        var sequence: UInt64 = 0
        var recent: [Change] = []
        var young: [Change: Set<CredentialKey>] = [:]
        var old: [Change: Set<CredentialKey>] = [:]
        var youngCount = 0
    }

    /// Changes kept to compare with; a read that takes longer than this many is not remembered.
    private static let recentChanges = 1_024

    private let shards: [Locked<Shard>]
    private let ledger = Locked(Ledger())
    private let generation: Int

    /// `capacity`: entries at most.
    init(capacity: Int) {
        generation = max(1, capacity / 2)
        shards = (0..<32).map { _ in Locked(Shard()) }
    }

    /// Whose credential this is, if it is remembered and not past its end.
    func find(_ key: CredentialKey, at now: Timestamp) -> Principal? {
        shard(key).with { shard in
            guard let entry = shard.young[key] ?? shard.old[key], now < entry.expiresAt else {
                shard.misses += 1
                return nil
            }
            shard.hits += 1
            return entry.principal
        }
    }

    func mark() -> Mark { ledger.with { Mark(sequence: $0.sequence) } }

    /// Remembers a credential verified by what the store said after `mark`, unless a change since then concerns it.
    func remember(_ key: CredentialKey, _ principal: Principal, until expiresAt: Timestamp, since mark: Mark) {
        let concerns = Self.concerns(principal)
        ledger.with { ledger in
            let missed = ledger.sequence - mark.sequence
            guard missed <= ledger.recent.count else { return }
            guard !ledger.recent.suffix(Int(missed)).contains(where: concerns.contains) else { return }
            if ledger.youngCount >= generation {
                ledger.old = ledger.young
                ledger.young = [:]
                ledger.youngCount = 0
                for shard in shards {
                    shard.with {
                        $0.old = $0.young
                        $0.young = [:]
                    }
                }
            }
            let isNew = shard(key).with {
                $0.young.updateValue(Entry(principal: principal, expiresAt: expiresAt), forKey: key) == nil
            }
            if isNew { ledger.youngCount += 1 }
            for change in concerns { ledger.young[change, default: []].insert(key) }
        }
    }

    /// Forgets every credential that the changes concern.
    func forget(_ changes: [Change]) {
        ledger.with { ledger in
            for change in changes {
                ledger.sequence += 1
                ledger.recent.append(change)
                for key in ledger.young.removeValue(forKey: change) ?? [] {
                    let entry = shard(key).with { $0.young.removeValue(forKey: key) }
                    guard let entry else { continue }
                    ledger.youngCount -= 1
                    for other in Self.concerns(entry.principal) { ledger.young.remove(key, from: other) }
                }
                for key in ledger.old.removeValue(forKey: change) ?? [] {
                    let entry = shard(key).with { $0.old.removeValue(forKey: key) }
                    guard let entry else { continue }
                    for other in Self.concerns(entry.principal) { ledger.old.remove(key, from: other) }
                }
            }
            let surplus = ledger.recent.count - 2 * Self.recentChanges
            if surplus > 0 { ledger.recent.removeFirst(ledger.recent.count - Self.recentChanges) }
        }
    }

    /// How many are remembered.
    var count: Int { shards.reduce(0) { $0 + $1.with { $0.young.count + $0.old.count } } }

    /// Look-ups that found their credential, and that did not.
    var lookups: (hits: UInt64, misses: UInt64) {
        shards.reduce((0, 0)) { sum, shard in
            let counts = shard.with { [$0.hits, $0.misses] }
            return (sum.0 + counts[0], sum.1 + counts[1])
        }
    }

    private func shard(_ key: CredentialKey) -> Locked<Shard> { shards[key.shard(of: shards.count)] }

    /// The changes that end what this principal rests on.
    private static func concerns(_ principal: Principal) -> [Change] {
        switch principal.proof {
        case .session(let session): [.account(principal.account.id), .session(session.id)]
        case .apiKey(let key): [.account(principal.account.id), .apiKey(key.id)]
        case .password: [.account(principal.account.id)]
        }
    }
}

extension Dictionary where Key == Change, Value == Set<CredentialKey> {
    fileprivate mutating func remove(_ key: CredentialKey, from change: Change) {
        self[change]?.remove(key)
        if self[change]?.isEmpty == true { self[change] = nil }
    }
}
