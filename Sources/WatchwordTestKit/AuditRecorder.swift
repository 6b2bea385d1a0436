import Synchronization
import WatchwordCore
import WatchwordEngine

/// Keeps audit events of refusals in memory, in order.
public final class AuditRecorder: AuditTrail {
    private let recorded = Mutex<[AuditEvent]>([])

    public init() {}

    public func record(_ event: AuditEvent) { recorded.withLock { $0.append(event) } }
    public var events: [AuditEvent] { recorded.withLock { $0 } }
}
