import Synchronization
import WatchwordHTTP

/// How often each realm's dialects were read again, and what came of it.
final class ReloadTally: Sendable {
    enum Result: String, Sendable, CaseIterable { case reloaded, unchanged, refused }

    private let counts = Mutex<[String: [Result: Int]]>([:])
    private let metrics = Mutex<Metrics?>(nil)

    func show(in metrics: Metrics) { self.metrics.withLock { $0 = metrics } }

    func count(_ result: Result, realm: String) {
        let isNew = counts.withLock { counts in
            counts[realm, default: [:]][result, default: 0] += 1
            return counts[realm]?[result] == 1
        }
        guard isNew else { return }
        metrics.withLock { $0 }?.observe(
            "watchword_dialect_reloads_total", help: "Times that a realm's dialects were read again.", kind: .counter,
            labels: [("realm", realm), ("result", result.rawValue)]
        ) { [self] in counts.withLock { Double($0[realm]?[result] ?? 0) } }
    }
}
