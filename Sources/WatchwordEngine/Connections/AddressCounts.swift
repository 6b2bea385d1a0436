/// How many of something each address has, a lock for each part of them.
final class AddressCounts: Sendable {
    private let shards: [Locked<[String: Int]>] = (0..<16).map { _ in Locked([:]) }

    /// Counts one more, unless there are as many as `limit`; says whether it did.
    func rise(_ network: String, limit: Int) -> Bool {
        shard(network).with { counts in
            let count = counts[network] ?? 0
            guard count < limit else { return false }
            counts[network] = count + 1
            return true
        }
    }

    func fall(_ network: String) {
        shard(network).with { counts in
            guard let count = counts[network] else { return }
            counts[network] = count > 1 ? count - 1 : nil
        }
    }

    /// Addresses that have any.
    var count: Int { shards.reduce(0) { $0 + $1.with { $0.count } } }

    private func shard(_ network: String) -> Locked<[String: Int]> {
        shards[Int(UInt(bitPattern: network.hashValue) % UInt(shards.count))]
    }
}
