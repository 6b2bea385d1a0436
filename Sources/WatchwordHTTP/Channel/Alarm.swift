import NIOCore

/// Wakes a connection's handler when something is due. On its event loop alone.
///
/// What was set is never taken back: the event loop would search the alarms of all its connections for it, which takes
/// longer than anything else where thousands of sockets end at once. An alarm that rings for nobody holds nobody.
final class Alarm: NIOScheduledCallbackHandler {
    /// Nothing when nobody is to be woken any longer.
    var wake: (() -> Void)?
    private var time = NIODeadline.distantFuture

    /// Rings once at that time, or before if it is set to. Throws if the event loop is shut down.
    func set(at time: NIODeadline, on eventLoop: any EventLoop) throws {
        guard time < self.time else { return }
        self.time = time
        try eventLoop.assumeIsolated().scheduleCallback(at: time, handler: self)
    }

    func handleScheduledCallback(eventLoop: some EventLoop) {
        // One in whose place an earlier one was set has nothing to say.
        guard NIODeadline.now() >= time else { return }
        time = .distantFuture
        wake?()
    }
}
