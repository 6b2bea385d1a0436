import Synchronization
import WatchwordCore

/// Audit events waiting in memory to be written in batches. Beyond its bound the oldest are dropped and counted.
///
/// Only refusals and the coming and going of sockets come this way, so what a crash can lose is those since the last
/// flush, a second's at most: whatever else was granted is in the record before it is answered.
public final class BufferedAuditTrail: AuditTrail {
    private struct Ring: Sendable {
        var events: [AuditEvent] = []
        /// Where the oldest is, once the ring is full.
        var start = 0
        var dropped: Int64 = 0

        mutating func add(_ event: AuditEvent, _ capacity: Int) {
            guard events.count == capacity else { return events.append(event) }
            events[start] = event
            start = (start + 1) % capacity
            dropped += 1
        }

        mutating func take() -> [AuditEvent] {
            let all = Array(events[start...] + events[..<start])
            events = []
            start = 0
            return all
        }
    }

    private let ring = Mutex(Ring())
    private let capacity: Int
    private static let batch = 500

    /// `capacity`: events kept at most.
    public init(capacity: Int = 10_000) { self.capacity = max(1, capacity) }

    public func record(_ event: AuditEvent) {
        ring.withLock { $0.add(event, capacity) }
    }

    /// Events dropped since the start.
    public var dropped: Int64 { ring.withLock(\.dropped) }
    /// Events waiting.
    public var count: Int { ring.withLock(\.events.count) }

    /// Writes what is waiting, oldest first; gives how many. What a fault keeps from being written waits on.
    @discardableResult
    public func flush(to store: any Store) async throws -> Int {
        let events = ring.withLock { $0.take() }
        var written = 0
        do {
            while written < events.count {
                let batch = events[written..<min(written + Self.batch, events.count)]
                try await store.write { transaction in
                    for event in batch { try transaction.append(event) }
                }
                written += batch.count
            }
        } catch {
            let left = events[written...]
            ring.withLock { ring in
                let later = ring.take()
                for event in left { ring.add(event, capacity) }
                for event in later { ring.add(event, capacity) }
            }
            throw error
        }
        return written
    }
}
