import NIOCore
import NIOPosix
import Synchronization

/// The times of a check, one after the other on a kept connection at a steady pace.
struct Latency {
    struct Wrong: Error { var status: Int }

    /// Milliseconds, in order of size.
    var times: [Double]

    /// Asks while `work` goes on.
    static func during<Result: Sendable>(
        _ port: Int, token: String, on group: any EventLoopGroup, _ work: @Sendable () async throws -> Result
    ) async throws -> (result: Result, latency: Latency) {
        let ended = Flag()
        async let latency = watch(port, token: token, on: group, until: ended)
        let result: Result
        do {
            result = try await work()
        } catch {
            ended.raise()
            throw error
        }
        ended.raise()
        return try await (result, latency)
    }

    private static func watch(_ port: Int, token: String, on group: any EventLoopGroup, until ended: Flag)
        async throws -> Latency
    {
        try await HTTPConnection.with(port: port, on: group) { connection in
            var times: [Double] = []
            let clock = ContinuousClock()
            var next = clock.now
            while !ended.isRaised {
                let start = clock.now
                let answer = try await connection.request("GET", "/check", token: token)
                guard answer.status == 200 else { throw Wrong(status: answer.status) }
                times.append((clock.now - start).milliseconds)
                next = max(next + .milliseconds(4), clock.now)
                try await clock.sleep(until: next)
            }
            return Latency(times: times.sorted())
        }
    }

    var text: String {
        guard let longest = times.last else { return "none answered" }
        func part(_ share: Double) -> String { times[min(times.count - 1, Int(Double(times.count) * share))].text }
        return "p50 \(part(0.5)) ms, p99 \(part(0.99)) ms, longest \(longest.text) ms (\(times.count) checks)"
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
    var milliseconds: Double { seconds * 1e3 }
}

extension Double {
    /// With two decimals.
    var text: String {
        let hundredths = Int((self * 100).rounded())
        let rest = abs(hundredths % 100)
        return "\(hundredths < 0 ? "-" : "")\(abs(hundredths) / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}

private final class Flag: Sendable {
    private let value = Atomic(false)
    var isRaised: Bool { value.load(ordering: .acquiring) }
    func raise() { value.store(true, ordering: .releasing) }
}
