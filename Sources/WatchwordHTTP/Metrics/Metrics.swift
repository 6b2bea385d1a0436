import Synchronization
import WatchwordCore

/// What the process counts and shows, in Prometheus' text format.
///
/// Counting takes no lock. What others know (a queue's depth, a cache's hits) is asked for when somebody looks.
public final class Metrics: Sendable {
    public enum Kind: String, Sendable {
        case counter, gauge
    }

    private struct Observation: Sendable {
        let name: String
        let help: String
        let kind: Kind
        let labels: [(String, String)]
        let value: @Sendable () -> Double?
    }

    private let startedAt: Timestamp
    private let realms = Mutex<[(name: String, metrics: RealmMetrics)]>([])
    private let observations = Mutex<[Observation]>([])

    public init(startedAt: Timestamp) { self.startedAt = startedAt }

    /// Shows a number that somebody else keeps, under a name like `watchword_password_queue_depth`.
    ///
    /// The last to show a name with the same labels is believed. `value` is called at each scrape, from any
    /// thread; nothing leaves the line out.
    public func observe(
        _ name: String, help: String, kind: Kind = .gauge, labels: [(String, String)] = [],
        value: @escaping @Sendable () -> Double?
    ) {
        let observation = Observation(name: name, help: help, kind: kind, labels: labels, value: value)
        observations.withLock { observations in
            observations.removeAll { $0.name == name && $0.labels.elementsEqual(labels, by: ==) }
            observations.append(observation)
        }
    }

    /// The counters of a realm: the same ones for each of its listeners.
    func realm(_ name: String) -> RealmMetrics {
        realms.withLock { realms in
            if let known = realms.first(where: { $0.name == name }) { return known.metrics }
            let metrics = RealmMetrics()
            realms.append((name, metrics))
            return metrics
        }
    }

    /// Everything, as `text/plain; version=0.0.4`.
    public func text() -> String {
        var page = MetricsPage()
        let realms = realms.withLock { $0 }
        page.family("watchword_requests_total", .counter, "Requests answered.")
        for (name, metrics) in realms {
            for (subject, statusClass, count) in metrics.requestCounts() {
                page.sample(
                    "watchword_requests_total",
                    [("realm", name), ("operation", subject.label), ("status", "\(statusClass)xx")], Double(count)
                )
            }
        }
        page.family("watchword_request_seconds", "histogram", "Time from a whole request to its response.")
        for (name, metrics) in realms {
            for (subject, histogram) in metrics.histograms() {
                page.histogram(
                    "watchword_request_seconds", [("realm", name), ("operation", subject.label)], histogram)
            }
        }
        page.family("watchword_refusals_total", .counter, "Requests refused, by the refusal's permanent code.")
        for (name, metrics) in realms {
            for (code, count) in metrics.refusalCounts() {
                page.sample("watchword_refusals_total", [("realm", name), ("code", code.rawValue)], Double(count))
            }
        }
        SocketMetrics.show(realms.map { ($0.name, $0.metrics.sockets) }, in: &page)
        addObservations(to: &page)
        page.family("process_start_time_seconds", .gauge, "Start time of the process since the Unix epoch.")
        page.sample("process_start_time_seconds", [], Double(startedAt.microseconds) / 1e6)
        if let bytes = ProcessFacts.residentBytes() {
            page.family("process_resident_memory_bytes", .gauge, "Resident memory.")
            page.sample("process_resident_memory_bytes", [], Double(bytes))
        }
        return page.text
    }

    private func addObservations(to page: inout MetricsPage) {
        let observations = observations.withLock { $0 }
        var told: Set<String> = []
        for first in observations where told.insert(first.name).inserted {
            page.family(first.name, first.kind, first.help)
            for observation in observations where observation.name == first.name {
                if let value = observation.value() { page.sample(first.name, observation.labels, value) }
            }
        }
    }
}
