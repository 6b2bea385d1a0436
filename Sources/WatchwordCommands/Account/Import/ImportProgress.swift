import Glibc
import WatchwordCore
import WatchwordEngine

/// How far an import has come: one line that is written over on a terminal, a line now and then elsewhere.
struct ImportProgress {
    private let length: Int64?
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let start = ContinuousClock.now
    /// Where this run began, which is not the beginning where one is resumed.
    private let startOffset: Int64
    private let startRecords: Int64
    private var shown = ContinuousClock.now
    private static let width = 24

    init(length: Int64?, offset: Int64, records: Int64) {
        self.length = length
        startOffset = offset
        startRecords = records
    }

    mutating func show(_ offset: Int64, _ counts: ImportCounts, isLast: Bool = false) {
        let now = ContinuousClock.now
        guard isLast || now - shown >= (isTerminal ? .milliseconds(200) : .seconds(10)) else { return }
        shown = now
        let seconds = max(
            0.001, Double((now - start).components.seconds) + Double((now - start).components.attoseconds) / 1e18)
        let line = text(offset, counts, after: seconds)
        guard isTerminal else { return isLast ? () : Output.error(line) }
        Output.write("\r\u{1B}[K" + line + (isLast ? "\n" : ""), to: STDERR_FILENO)
    }

    /// What is known after so many seconds: share, records, rate, what is left of the time.
    func text(_ offset: Int64, _ counts: ImportCounts, after seconds: Double) -> String {
        let rate = Double(counts.records - startRecords) / seconds
        var parts = ["\(counts.records) records", "\(counts.refused) refused", "\(Int(rate))/s"]
        if let length, length > 0 {
            let share = min(1, Double(offset) / Double(length))
            let filled = Int(share * Double(Self.width))
            let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: Self.width - filled)
            parts.insert("[\(bar)] \(Int(share * 100)) %", at: 0)
            let pace = Double(offset - startOffset) / seconds
            if pace > 0, offset < length { parts.append("\(Self.clock(Double(length - offset) / pace)) left") }
        }
        return parts.joined(separator: "  ")
    }

    private static func clock(_ seconds: Double) -> String {
        let seconds = Int(min(seconds, 359_999))
        let parts = [seconds / 3_600, seconds / 60 % 60, seconds % 60]
        return (parts[0] > 0 ? parts : Array(parts.dropFirst()))
            .map { ($0 < 10 ? "0" : "") + String($0) }.joined(separator: ":")
    }
}
