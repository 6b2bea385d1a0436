import Logging
import ServiceLifecycle

/// Does one thing again and again until shutdown, and once more at its end, so that nothing is left undone.
///
/// A failure is logged when it begins and when it is over, not each time.
struct PeriodicService: Service, CustomStringConvertible {
    let name: String
    let interval: Duration
    let logger: Logger
    let work: @Sendable () async throws -> Void

    var description: String { name }

    func run() async throws {
        var isFailing = false
        while await pause() { isFailing = await attempt(afterFailure: isFailing) }
        _ = await attempt(afterFailure: isFailing)
    }

    /// Waits for the interval; says whether to go on.
    private func pause() async -> Bool {
        await cancelWhenGracefulShutdown {
            do {
                try await Task.sleep(for: interval)
                return true
            } catch {
                return false
            }
        }
    }

    /// Does the work; says whether it failed.
    private func attempt(afterFailure wasFailing: Bool) async -> Bool {
        do {
            try await work()
            if wasFailing { logger.notice("works again", metadata: ["service": "\(name)"]) }
            return false
        } catch {
            // Cancelled: another service has failed, and says so itself.
            guard !Task.isCancelled else { return wasFailing }
            if !wasFailing { logger.error("failed", metadata: ["service": "\(name)", "error": "\(error)"]) }
            return true
        }
    }
}
