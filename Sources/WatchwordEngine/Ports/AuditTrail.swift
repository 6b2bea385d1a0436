import WatchwordCore

/// Takes audit events of refusals without making the caller wait. Events of granted operations
/// are written in the operation's own transaction instead.
public protocol AuditTrail: Sendable {
    /// Queues the event; a service writes the queue within a second. Beyond its bound the oldest are counted and dropped.
    func record(_ event: AuditEvent)
}
