import WatchwordCore

/// What one realm's listeners count.
final class RealmMetrics: Sendable {
    /// What a request was for.
    enum Subject: Hashable, Sendable {
        case operation(WatchwordCore.Operation)
        /// A page.
        case site
        /// It reached no operation.
        case nothing

        /// As the label `operation` has it.
        var label: String {
            switch self {
            case .operation(let operation): operation.rawValue
            case .site: "site"
            case .nothing: "none"
            }
        }
    }

    static let subjects: [Subject] = WatchwordCore.Operation.allCases.map(Subject.operation) + [.site, .nothing]
    private static let subjectIndex = Dictionary(uniqueKeysWithValues: subjects.enumerated().map { ($1, $0) })
    private static let codes = RefusalCode.allCases
    private static let codeIndex = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })

    /// By subject, then by status class from 1xx to 5xx.
    private let requests = subjects.map { _ in (1...5).map { _ in Counter() } }
    private let durations = subjects.map { _ in Histogram() }
    private let refusals = codes.map { _ in Counter() }
    let sockets = SocketMetrics()

    func record(_ subject: Subject, status: Int, refused: RefusalCode?, took duration: Duration) {
        if let index = Self.subjectIndex[subject] {
            requests[index][min(max(status / 100, 1), 5) - 1].add()
            durations[index].observe(duration)
        }
        if let refused, let index = Self.codeIndex[refused] { refusals[index].add() }
    }

    // MARK: Reading, which leaves out what never happened

    func requestCounts() -> [(subject: Subject, statusClass: Int, count: UInt64)] {
        zip(Self.subjects, requests).flatMap { subject, classes in
            classes.enumerated().filter { $1.value > 0 }.map { (subject, $0 + 1, $1.value) }
        }
    }

    func histograms() -> [(subject: Subject, histogram: Histogram)] {
        zip(Self.subjects, durations).filter { ($1.cumulative.last ?? 0) > 0 }.map { ($0, $1) }
    }

    func refusalCounts() -> [(code: RefusalCode, count: UInt64)] {
        zip(Self.codes, refusals).filter { $1.value > 0 }.map { ($0, $1.value) }
    }
}
