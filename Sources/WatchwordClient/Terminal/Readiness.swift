import Glibc

/// Lets tasks wait until descriptors can be read or written, by one thread that polls for all of them.
///
/// Waiting is not owning: whoever closes a descriptor calls `wake` for it first. Whoever is woken looks again, since
/// a wait may end without its cause.
final class Readiness: Sendable {
    struct Interest: Sendable {
        var descriptor: Int32
        var events: Int32
    }

    private let poller: Poller

    /// Refused where there is no descriptor or thread to be had.
    init() throws(TerminalRefused) { poller = try Poller.started() }

    deinit { poller.stop() }

    /// Until one of them is ready or has ended, the moment has come, or somebody wakes one of them; if not `anyway`,
    /// also until the task is cancelled.
    ///
    /// - Parameter isStillSo: asked once the wait has begun. What changes before that wakes nobody.
    func wait(
        for interests: [Interest], until deadline: ContinuousClock.Instant? = nil, anyway: Bool = false,
        while isStillSo: () -> Bool = { true }
    ) async {
        let number = poller.number()
        guard !anyway else { return await poller.wait(number, interests, deadline, while: isStillSo) }
        await withTaskCancellationHandler {
            await poller.wait(number, interests, deadline, while: isStillSo)
        } onCancel: {
            poller.cancel(number)
        }
        poller.forget(number)
    }

    /// Ends every wait for this descriptor.
    func wake(_ descriptor: Int32) { poller.wake(descriptor) }
}
