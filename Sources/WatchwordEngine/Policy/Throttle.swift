import WatchwordCore

/// Bounds how often one address, one account from one address, one mailbox or one key may try.
///
/// Each is a leaky bucket kept as one moment: when it will be empty (the generic cell rate algorithm).
/// All of it is memory of this process, sharded and bounded.
public final class Throttle: Sendable {
    public let limits: ThrottleLimits
    private let shards: [Locked<[Subject: Timestamp]>]

    /// What is counted by itself.
    enum Subject: Hashable, Sendable {
        case address(String)
        case attempt(account: String, network: String)
        /// An address from which the account was opened; its moment is when that is forgotten.
        case familiar(account: String, network: String)
        case pressure(account: String)
        case mailbox(String)
        case notice(Mail.Kind, String)
        /// Guesses at a code of few characters, from everywhere.
        case code(account: String)
        case key(APIKey.ID)
        case record(String)
    }

    /// How long an address from which an account was opened counts as its owner's.
    private static let familiarity = Lifetime.days(30)

    public init(limits: ThrottleLimits = ThrottleLimits()) {
        self.limits = limits
        shards = (0..<16).map { _ in Locked([:]) }
    }

    /// Takes one from the bucket; if it has none, whole seconds until it has.
    func take(_ subject: Subject, _ limit: Limit?, burst: Int64? = nil, at now: Timestamp) -> Int64? {
        guard let limit else { return nil }
        let room = (min(burst ?? limit.burst, limit.burst) - 1) * limit.interval
        return shard(subject).with { buckets in
            let empty = max(buckets[subject] ?? now, now)
            let wait = empty.microseconds - now.microseconds - room
            guard wait <= 0 else { return (wait + 999_999) / 1_000_000 }
            makeRoom(in: &buckets, at: now)
            buckets[subject] = Timestamp(microseconds: empty.microseconds + limit.interval)
            return nil
        }
    }

    /// Gives one back.
    func refund(_ subject: Subject, _ limit: Limit?) {
        guard let limit else { return }
        shard(subject).with { buckets in
            guard let empty = buckets[subject] else { return }
            buckets[subject] = Timestamp(microseconds: empty.microseconds - limit.interval)
        }
    }

    /// Whether a bucket holds its burst or more.
    func isFull(_ subject: Subject, _ limit: Limit, at now: Timestamp) -> Bool {
        shard(subject).with { buckets in
            guard let empty = buckets[subject] else { return false }
            return empty.microseconds - now.microseconds >= limit.burst * limit.interval
        }
    }

    /// One attempt to prove who one is, at the account of that key; seconds to wait if it may not be made.
    func attempt(_ account: String, _ network: String, at now: Timestamp) -> Int64? {
        let familiar = isKnown(.familiar(account: account, network: network), at: now)
        let pressed = !familiar && isFull(.pressure(account: account), limits.pressure, at: now)
        return take(
            .attempt(account: account, network: network), limits.attempt, burst: pressed ? limits.tightBurst : nil,
            at: now)
    }

    /// The attempt came to nothing for reasons of ours: it is given back.
    func abandoned(_ account: String, _ network: String) {
        refund(.attempt(account: account, network: network), limits.attempt)
    }

    /// The attempt failed: the account is under that much more pressure.
    func failed(_ account: String, at now: Timestamp) {
        guard limits.attempt != nil else { return }
        let subject = Subject.pressure(account: account)
        if !isFull(subject, limits.pressure, at: now) { _ = take(subject, limits.pressure, at: now) }
    }

    /// The attempt succeeded: it is given back, and the address is one of the owner's.
    func succeeded(_ account: String, _ network: String, at now: Timestamp) {
        guard limits.attempt != nil else { return }
        abandoned(account, network)
        let subject = Subject.familiar(account: account, network: network)
        shard(subject).with { buckets in
            makeRoom(in: &buckets, at: now)
            buckets[subject] = now + Self.familiarity
        }
    }

    /// How many subjects are watched.
    var count: Int { shards.reduce(0) { $0 + $1.with(\.count) } }

    private func isKnown(_ subject: Subject, at now: Timestamp) -> Bool {
        shard(subject).with { $0[subject].map { now < $0 } ?? false }
    }

    /// An empty bucket is as good as none; if too few are empty, those that will be first go.
    private func makeRoom(in buckets: inout [Subject: Timestamp], at now: Timestamp) {
        let capacity = max(8, limits.capacity / shards.count)
        guard buckets.count >= capacity else { return }
        buckets = buckets.filter { now < $0.value }
        guard buckets.count > capacity * 7 / 8 else { return }
        for (subject, _) in buckets.sorted(by: { $0.value < $1.value }).prefix(capacity / 8) {
            buckets[subject] = nil
        }
    }

    private func shard(_ subject: Subject) -> Locked<[Subject: Timestamp]> {
        shards[Int(truncatingIfNeeded: UInt(bitPattern: subject.hashValue) % UInt(shards.count))]
    }
}
