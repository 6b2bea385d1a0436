import WatchwordCore
import WatchwordEngine

extension SigningKeyKeeper {
    /// Publishes the next key of a ring: to sign after the overlap, or, if `soon`, as soon as every process knows it.
    /// One that is published already is not made again, and `soon` brings it forward.
    ///
    /// `name` may be left out where there is one ring. Tokens signed before stay good to their ends.
    public func rotate(_ name: String?, soon: Bool) async throws -> SigningKeyRotation {
        let named = name.map { name in rings.filter { $0.name == name } } ?? rings
        guard named.count == 1, let ring = named.first else { return .unknown(names: rings.map(\.name)) }
        guard ring.given.isEmpty, !ring.isAwaited else { return .given }
        let now = clock.now()
        let signsFrom = now + max(soon ? .seconds(0) : ring.overlap, Self.lead)
        // Another process may make the same generation: then that one is the next.
        for _ in 0..<2 {
            let records = try await store.read { try $0.signingKeys() }
            if let next = ring.live(records, at: now).last, next.signsFrom > now {
                guard soon, next.signsFrom > signsFrom else {
                    return .published(id: next.id.text, signsFrom: next.signsFrom)
                }
                try await store.write { try ring.bringForward(next, to: signsFrom, in: $0) }
                return .published(id: next.id.text, signsFrom: signsFrom)
            }
            try await makeNext(ring, after: records, signsFrom: signsFrom, at: now, address: "cli")
        }
        let records = try await store.read { try $0.signingKeys() }
        guard let next = ring.live(records, at: now).last else {
            throw Fault(.invariant, "the signing key \(ring.name) was made and is not there")
        }
        return .published(id: next.id.text, signsFrom: next.signsFrom)
    }
}

extension KeyRingTerms {
    /// Lets the next key sign earlier, and those before it end as much earlier.
    fileprivate func bringForward(
        _ next: SigningKeyRecord, to moment: Timestamp, in transaction: any StoreTransaction
    ) throws {
        let before = live(try transaction.signingKeys(), at: moment).filter { $0.generation < next.generation }
        // What was retired for an earlier successor keeps its end.
        try retire(
            before.filter { $0.expiresAt == next.signsFrom + longestToken + SigningKeyKeeper.leeway }, from: moment,
            in: transaction)
        var next = next
        next.signsFrom = moment
        try transaction.update(next)
    }
}
