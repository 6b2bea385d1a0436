import WatchwordCore
import WatchwordDialect

/// Runs exchange files against two servers and tells where their answers differ.
public struct Comparer: Sendable {
    private let ours: CurlClient
    private let theirs: CurlClient
    private let ourMail: Mailbox?
    private let theirMail: Mailbox?
    private let random: any RandomSource

    public init(
        ours: CurlClient, theirs: CurlClient, ourMail: Mailbox?, theirMail: Mailbox?, random: any RandomSource
    ) {
        self.ours = ours
        self.theirs = theirs
        self.ourMail = ourMail
        self.theirMail = theirMail
        self.random = random
    }

    /// Every file in order, each with accounts of its own. `told` is called after each.
    public func compare(
        _ files: [(name: String, file: ExchangeFile)], tolerating tolerances: [Tolerance],
        told: (ComparisonReport.File) -> Void = { _ in }
    ) async -> ComparisonReport {
        var report = ComparisonReport()
        var used: Set<Int> = []
        for (name, file) in files {
            var result = ComparisonReport.File(name: name, requests: 0)
            for difference in await differences(file, &result) {
                if let tolerance = tolerances.first(where: { $0.covers(name, difference) }) {
                    used.insert(tolerance.line)
                    result.tolerated.append(.init(difference: difference, reason: tolerance.reason))
                } else {
                    result.differences.append(difference)
                }
            }
            told(result)
            report.files.append(result)
        }
        report.unused = tolerances.filter { !used.contains($0.line) }
        return report
    }

    private func differences(_ file: ExchangeFile, _ result: inout ComparisonReport.File) async -> [Difference] {
        let unique = Conversation.freshUnique(random)
        var left = Conversation(client: ours, mailbox: ourMail, unique: unique)
        var right = Conversation(client: theirs, mailbox: theirMail, unique: unique)
        var differences: [Difference] = []
        for (index, exchange) in file.exchanges.enumerated() {
            do {
                let our = try await left.run(exchange)
                let their = try await right.run(exchange)
                var comparison = Comparison(exchange: index + 1)
                comparison.compare(our, their, expected: exchange.expected)
                differences += comparison.differences
                result.requests += 1
            } catch {
                result.failure = "exchange \(index + 1): \(error)"
                break
            }
        }
        return differences
    }
}
