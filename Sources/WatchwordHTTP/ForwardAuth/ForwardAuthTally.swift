/// How often a realm's proxies were told to let pass, and how often not.
final class ForwardAuthTally: Sendable {
    static let statuses = [200, 401, 403, 503]

    private let counters = ForwardAuthTally.statuses.map { _ in Counter() }

    func count(_ status: Int) {
        if let index = Self.statuses.firstIndex(of: status) { counters[index].add() }
    }

    /// Shows the counts under `watchword_forward_auth_total`.
    func show(in metrics: Metrics, realm: String) {
        for (status, counter) in zip(Self.statuses, counters) {
            metrics.observe(
                "watchword_forward_auth_total", help: "Questions of reverse proxies, by what they were answered.",
                kind: .counter, labels: [("realm", realm), ("status", String(status))]
            ) { Double(counter.value) }
        }
    }
}
